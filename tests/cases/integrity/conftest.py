"""An office with everything that is sealed, on keys of its own."""

from datetime import timedelta

import pytest

from cases.integrity import rotation
from hotline.models import Draft, Filing
from tests.cases.integrity.rotated import PEOPLE
from tests.cast import NOON, wang_says


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(rotation, "SETTLE", timedelta())


@pytest.fixture
def office(key_file, cast):
    """An office with everything that is sealed; gives what a person would read."""
    for number, (name, phone) in enumerate(PEOPLE):
        case = wang_says(cast, name=name, phone=phone, key=f"form-{number}")
        case.log_contact("urge", "", by=cast.operator, at=NOON)
    Draft.keep(cast.operator, "t1", {"name": "王桂芬"}, NOON)
    Filing(token="t2", channel="web", created_at=NOON).save()
    Filing.objects.get().keep({"phone": "13807316217"})
    return key_file
