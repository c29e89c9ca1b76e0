"""One desk that takes letters in, each with a file, until it is told to stop: a process of its own.

``python -m tests.backup.intake NAME FOLDER`` appends the number of each letter after its commit to
``FOLDER/NAME.acknowledged``, and ends when ``FOLDER/stop`` is there.
"""

import hashlib
import os
import sys
import time
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.core.files.base import ContentFile  # noqa: E402
from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from cases.lifecycle.registering import IntakeData, register  # noqa: E402
from cases.models import Attachment, Region  # noqa: E402
from cases.people.person import CITIZEN  # noqa: E402
from tests.papers import docx  # noqa: E402

PACE = 0.03  # seconds between two letters: the backup beside them must get on too


def take(name, number):
    """Register one letter with a file, as the website does; return its number."""
    at = timezone.now()
    content = docx(f"第{number}封")
    data = IntakeData(
        channel="web",
        title="路灯不亮",
        content=f"{name} 第{number}封：路灯不亮，夜里看不见路。",
        region=Region.objects.first(),
        name="王桂芬",
        phone="13807316217",
        contact_at=at,
    )
    case = register(data, key=f"{name}-{number}", by=CITIZEN, at=at)
    with transaction.atomic():
        kept = Attachment(case=case, kind="citizen", name="说明.docx", size=len(content), at=at)
        kept.media_type, kept.sha256 = (
            "application/x",
            hashlib.sha256(content).hexdigest(),
        )
        kept.file.save(f"{name}-{number}.docx", ContentFile(content))
    return case.number


def main(name, folder):
    number = 0
    with (folder / f"{name}.acknowledged").open("a", buffering=1) as told:
        while not (folder / "stop").exists():
            number += 1
            told.write(take(name, number) + "\n")
            time.sleep(PACE)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
