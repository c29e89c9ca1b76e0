"""How long reading a file takes, what its process needs, what a full file costs the index.

``.venv/bin/python -m tests.benchmarks.files`` (no server; a database of its own in memory).
"""

import io
import os
import resource
import statistics
import sys
import time
from datetime import date

from tests.papers import DOCX, PDF, XLSX, docx, pdf, xlsx

N = 40
PAGE = (
    "关于城区老旧小区供水管网改造工程施工期间临时停水安排的通知，请各住户提前做好储水准备。\n" * 12
)
KINDS = {
    "Word, 6,000 characters": (docx(*[PAGE] * 12), DOCX),
    "Excel, 500 rows": (xlsx(*[[n, "阀门更换", "石桥镇", 12.5] for n in range(500)]), XLSX),
    "PDF, 10 pages": (pdf(*[PAGE] * 10), PDF),
    "PDF, 200 pages (cut)": (pdf(*[PAGE] * 200), PDF),
}


def told(name, seconds):
    took = sorted(1000 * one for one in seconds)
    p95 = took[int(len(took) * 0.95)]
    sys.stdout.write(
        f"{name}: n={len(took)} median {statistics.median(took):.0f} ms, p95 {p95:.0f} ms\n"
    )


def timed(act):
    before = time.perf_counter()
    act()
    return time.perf_counter() - before


def reading():
    from cases.files.text.apart import read_apart
    from cases.files.text.confinement import Limits

    for name, (content, media_type) in KINDS.items():
        took = []
        for _ in range(N):
            before = time.perf_counter()
            read_apart(io.BytesIO(content), media_type, Limits())
            took.append(time.perf_counter() - before)
        told(name, took)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        sys.stdout.write(f"  largest process so far: {peak:.0f} MiB resident\n")


def indexing():
    from django.test.utils import setup_databases, teardown_databases

    made = setup_databases(0, interactive=False)
    try:
        _index()
    finally:
        teardown_databases(made, 0)


def _index():
    from django.utils import timezone

    from cases.models import Attachment, AttachmentText
    from cases.reference.calendar_loading import load_calendar
    from cases.reference.policy_loading import load_policies
    from search.engines.chosen import EMBEDDED
    from search.engines.documents import documents
    from tests.cast import NOON, make_cast, wang_says

    load_calendar()
    load_policies(on=date(2026, 1, 1))
    cast = make_cast()
    text = "".join(chr(0x4E00 + (n * n * 7 + n) % 9000) for n in range(16_000))
    cases = [wang_says(cast, key=f"f{n}", content="小区停水", title="停水") for n in range(2 * N)]
    for case in cases[:N]:
        file = Attachment.objects.create(
            case=case,
            kind="citizen",
            name="合同.docx",
            media_type=DOCX,
            size=1,
            sha256="",
            at=NOON,
            text_state="read",
        )
        AttachmentText.objects.create(
            attachment=file, name="合同.docx", text=text, read_at=timezone.now()
        )
    for name, some in (("without a file", cases[N:]), ("with 16,000 characters", cases[:N])):
        told(
            f"index a case {name}",
            [timed(lambda c=c: EMBEDDED.index(documents([c.pk]))) for c in some],
        )
    told(
        "the same again", [timed(lambda c=c: EMBEDDED.index(documents([c.pk]))) for c in cases[:N]]
    )


if __name__ == "__main__":
    reading()  # first: a process starts out as large as the one that made it
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    import django

    django.setup()
    indexing()
