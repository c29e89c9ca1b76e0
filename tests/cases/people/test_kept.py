"""Names are kept for a few seconds, no longer, and read at once when something new is asked for."""

import pytest

from cases.models import Unit
from cases.people import kept
from cases.words import UnitKind


@pytest.fixture
def office(cast):
    return Unit.objects.filter(kind=UnitKind.OFFICE)


def test_the_duty_phone_is_read_again_after_a_while(office, monkeypatch, django_assert_num_queries):
    now = 1000.0
    monkeypatch.setattr(kept.time, "monotonic", lambda: now)
    office.update(phone="0731-12345")
    with django_assert_num_queries(1):
        assert kept.duty_phone() == kept.duty_phone() == "0731-12345"
    office.update(phone="0731-12346")
    now += kept.KEPT_SECONDS
    assert kept.duty_phone() == "0731-12345"
    now += 1
    assert kept.duty_phone() == "0731-12346"


def test_what_is_new_is_read_at_once(office):
    assert kept.duty_phone() == ""
    office.update(phone="0731-12345")
    assert kept.duty_phone() == ""
    assert kept.duty_phone.anew() == "0731-12345"
    office.update(phone="")
    kept.forget()
    assert kept.duty_phone() == ""
