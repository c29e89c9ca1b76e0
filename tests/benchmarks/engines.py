"""``make bench-search``: both search engines side by side, in one process, by turns.

Asks through ``search.asking.finding`` and ``similar`` as pages do (permission, exact total, all facets, rows
and marks of one page), on the database of BENCH_DATABASE_URL, else DATABASE_URL, filled up to CASES
(100,000).
"""

import os
import sys
import time
from collections.abc import Callable
from statistics import median

os.environ["DATABASE_URL"] = os.environ.get("BENCH_DATABASE_URL") or os.environ["DATABASE_URL"]
os.environ.setdefault("ELASTICSEARCH_URL", os.environ.get("TEST_ELASTICSEARCH_URL", ""))
os.environ.setdefault("ELASTICSEARCH_INDEX", "bench")
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.benchmarks.settings"

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from cases.models import Case, Unit, User  # noqa: E402
from search.engines.chosen import EMBEDDED, elastic  # noqa: E402
from search.engines.documents import documents  # noqa: E402
from search.engines.port import Engine, Query, Sort  # noqa: E402
from search.words.query_language import parse  # noqa: E402

ROUNDS = int(os.environ.get("ROUNDS", "40"))
WORDS = {
    "rare word": "铱星",
    "common word": "路灯",
    "two words": "路灯 不亮",
    "phrase": '"路灯不亮"',
}
BATCH = 500


def person(username: str, unit: Unit | None, *roles: str) -> User:
    """A member of staff of the benchmark."""
    user, _ = User.objects.get_or_create(
        username=username, defaults={"name": username, "unit": unit, "password": "!"}
    )
    user.give(*roles)
    return user


def taken(act: Callable[[], object]) -> float:
    """Milliseconds an act takes."""
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1_000


def asked(engine: Engine, text: str, user: User, sort: Sort) -> Callable[[], object]:
    """One page of a search."""
    query = Query(timezone.now(), parse(text).terms, sort=sort, viewer=user)
    return lambda: engine.search(query, Case.objects.visible_to(user))


def alike(engine: Engine, text: str, user: User) -> Callable[[], object]:
    """Similar cases of a text."""
    return lambda: engine.similar(text, Case.objects.visible_to(user), 5, viewer=user)


def rebuilt(engine: Engine) -> str:
    """Index everything anew; cases a second."""
    work = engine.rebuild(anew=True)
    ids, done, started = (
        Case.objects.order_by("pk").values_list("pk", flat=True),
        0,
        time.monotonic(),
    )
    while some := list(ids.filter(pk__gt=work.after)[:BATCH]):
        work.add(documents(some), some[-1])
        done += len(some)
    work.finish()
    return f"{done / (time.monotonic() - started):,.0f} cases/s"


def pairs() -> dict[str, list[Callable[[], object]]]:
    """Each act on both engines, for somebody who sees everything and for a unit's clerk."""
    both = (EMBEDDED, elastic())
    unit = Unit.objects.exclude(kind="office").order_by("pk").first()
    office = Unit.objects.filter(kind="office").first()
    people = {
        "dispatcher": person("bench-dispatcher", office, "dispatcher"),
        "clerk": person("bench-clerk", unit, "clerk"),
    }
    text = Case.objects.order_by("pk")[1_000].content
    found = {
        f"{name}, {sort}, {who}": [asked(one, word, user, sort) for one in both]
        for who, user in people.items()
        for name, word in WORDS.items()
        for sort in (Sort.NEWEST, Sort.RELEVANCE)
    }
    return found | {
        f"similar, {who}": [alike(one, text, user) for one in both] for who, user in people.items()
    }


def by_turns(pair: list[Callable[[], object]]) -> list[str]:
    """Median and p95 of each, so that noise of the machine strikes both."""
    for act in pair:
        act()  # warm
    times = [[taken(act) for act in pair] for _ in range(ROUNDS)]
    told = []
    for one in zip(*times, strict=True):
        ordered = sorted(one)
        told.append(f"{median(ordered):.1f} / {ordered[int(len(ordered) * 0.95) - 1]:.1f}")
    return told


def main() -> None:
    """Print one table."""
    server = elastic()
    if server is None:
        raise SystemExit("ELASTICSEARCH_URL or TEST_ELASTICSEARCH_URL is missing.")
    if "--fill" in sys.argv:
        from tests.benchmarks.measure import prepare  # it sets up a run of its own

        prepare()
    if "--rebuild" in sys.argv:
        print(f"rebuild, elasticsearch: {rebuilt(server)}")  # noqa: T201
    elif not server.exists():
        call_command("rebuild_index", engine=server.name)
    print(f"{Case.objects.count():,} cases, n = {ROUNDS} by turns; milliseconds, median / p95")  # noqa: T201
    print("| act | embedded | elasticsearch |\n|---|---|---|")  # noqa: T201
    for name, pair in pairs().items():
        print(f"| {name} | {' | '.join(by_turns(pair))} |")  # noqa: T201


if __name__ == "__main__":
    main()
