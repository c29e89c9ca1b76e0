"""Make an office as one version of the product leaves it, small enough to be kept beside the tests.

In a checkout of that version, with this folder copied into it and an empty DATA_DIR:

    export DATA_DIR=$(mktemp -d) DEMO=0
    python manage.py run --prepare-only
    python -m tests.backup.earlier.make 0.1.0-e2da5c4

writes ``0.1.0-e2da5c4.tar.xz`` beside this file: database, secrets (made for it alone) and files, with the
permissions that version gave them.
"""

import hashlib
import os
import sqlite3
import sys
import tarfile
from datetime import timedelta
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.files.base import ContentFile  # noqa: E402
from django.utils import timezone  # noqa: E402

from cases.accounts.keeping import keep_account  # noqa: E402
from cases.events import outbox  # noqa: E402
from cases.lifecycle.registering import IntakeData, register  # noqa: E402
from cases.models import Attachment, Category, Region, Unit, User  # noqa: E402
from cases.people.person import CITIZEN, SYSTEM  # noqa: E402
from cases.words import UnitKind  # noqa: E402
from tests.papers import DOCX, docx  # noqa: E402

PEOPLE = [("王桂芬", "13807316217"), ("李建国", "13907310044"), ("张小梅", "0731-55551234")]


def account(username, name, role, unit=None):
    return keep_account(
        User(username=username, name=name, unit=unit),
        roles=[role],
        password="qingxi-12345",
        by=SYSTEM,
        at=timezone.now(),
    )


def letter(number, **more):
    name, phone = PEOPLE[number]
    now = timezone.now()
    data = IntakeData(
        channel="web",
        title=["人民路路灯不亮", "幸福家园连续停水", "河边烧烤油烟扰民"][number],
        content=f"第{number + 1}封来信：请尽快派人来看一看，谢谢。",
        demand_type="help",
        region=Region.objects.order_by("code").first(),
        address="人民路东段",
        name=name,
        phone=phone,
        contact_at=now,
    )
    return register(data, key=f"form-{number}", by=CITIZEN, at=now, **more)


def fill():
    """Three letters: waiting, at a unit with a file, and answered."""
    office = Unit.objects.filter(kind=UnitKind.OFFICE).first()
    housing = Unit.objects.filter(kind=UnitKind.COUNTY).order_by("code").first()
    dispatcher = account("dispatcher", "张蕾", "dispatcher", office)
    clerk = account("clerk", "周明", "clerk", housing)
    leader = account("leader", "吴刚", "leader", housing)
    account("admin", "何平", "system_admin")
    cases = [letter(number) for number in range(3)]
    at = timezone.now()
    for case in cases[1:]:
        case.accept(category=Category.objects.filter(level=3).first(), by=dispatcher, at=at)
        case.dispatch(lead=housing, assisting=[], basis="目录", note="", by=dispatcher, at=at)
    attach(cases[1], at)
    task = cases[2].lead()
    task.sign(by=clerk, at=at)
    task.record_first_contact(method="phone", note="已联系。", by=clerk, at=at)
    task.submit_reply(
        public_reply="经核实，烧烤摊已加装油烟净化器，并约定晚上十点收摊。",
        internal_note="已约谈。",
        solved="solved",
        fact_true="true",
        by=clerk,
        at=at,
    )
    task.sign_off(by=leader, at=at)
    while outbox.drain(at=timezone.now() + timedelta(seconds=1)):
        pass


def attach(case, at):
    content = docx("二号楼水表照片说明：水压为零。")
    kept = Attachment(case=case, kind="citizen", name="说明.docx", size=len(content), at=at)
    kept.media_type, kept.sha256 = DOCX, hashlib.sha256(content).hexdigest()
    kept.file.save("explained.docx", ContentFile(content))


def written(name):
    """Pack everything of DATA_DIR that counts, with its permissions."""
    whole = settings.DATA_DIR / "hotline.sqlite3"
    sqlite3.connect(whole).execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with tarfile.open(Path(__file__).parent / f"{name}.tar.xz", "w:xz", preset=9) as packed:
        for part in ("hotline.sqlite3", "secrets.json", "started.json", "media"):
            packed.add(settings.DATA_DIR / part, part)


if __name__ == "__main__":
    fill()
    written(sys.argv[1])
