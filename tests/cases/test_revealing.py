"""Looks at personal data are recorded, rationed by the day, and an unusual run is told at once."""

from datetime import timedelta

import pytest

from cases import revealing
from cases.errors import Refused
from cases.models import Notice, ViewLog
from tests.cast import NOON, person, wang_says

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast):
    return wang_says(cast)


@pytest.fixture
def guard(cast):
    return person("guard", "罗琴", None, "security_admin")


def look(case, by, minutes, **said):
    at = NOON + timedelta(minutes=minutes)
    return revealing.reveal(case, "name,phone", "核实", by=by, at=at, **said)


def test_a_look_leaves_a_trace(cast, case):
    look(case, cast.clerk, 0)
    log = ViewLog.objects.get()
    assert (log.user, log.case, log.fields, log.reason) == (cast.clerk, case, "name,phone", "核实")


def test_a_day_has_an_end(cast, case, settings):
    settings.REVEALS_A_DAY = 3
    for n in range(3):
        look(case, cast.clerk, n * 60)
    with pytest.raises(Refused, match="3"):
        look(case, cast.clerk, 200)
    assert ViewLog.objects.count() == 3
    look(case, cast.leader, 200)  # everybody has their own day
    look(case, cast.clerk, 200, is_duty=True)  # and what a queue asks for is not rationed
    look(case, cast.clerk, 12 * 60)  # midnight, office's time
    assert ViewLog.objects.count() == 6


def test_an_unusual_run_is_told_at_once_and_once(cast, case, guard):
    for n in range(9):
        look(case, cast.clerk, n * 0.5)
    assert not Notice.objects.exists()
    for n in range(3):
        look(case, cast.clerk, 5 + n * 0.5)
    told = Notice.objects.get()
    assert (told.user, told.kind) == (guard, "looks_unusual")
    assert (told.payload["person"], told.payload["n"]) == ("周明", 10)


def test_looks_over_a_day_are_no_run(cast, case, guard):
    for n in range(25):
        look(case, cast.clerk, n * 15)
    assert not Notice.objects.exists()


def test_who_reaches_the_end_of_the_day_is_told_of(cast, case, guard, settings):
    settings.REVEALS_A_DAY = 2
    look(case, cast.clerk, 0)
    look(case, cast.clerk, 60)
    with pytest.raises(Refused):
        look(case, cast.clerk, 120)
    assert Notice.objects.get().user == guard


def test_a_call_back_agent_works_undisturbed(cast, case, guard):
    for n in range(40):
        look(case, cast.agent, n * 3, is_duty=True)
    assert not Notice.objects.exists()
