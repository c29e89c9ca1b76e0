"""Citizens seen are rationed by the day, every look is recorded, unusual runs are told at once."""

from datetime import timedelta

import pytest

from cases.errors import NotPermitted, Refused
from cases.looks import revealing
from cases.models import Notice, ViewLog
from tests.cast import NOON, person, wang_says

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast):
    return wang_says(cast)


@pytest.fixture
def others(cast):
    """``others(3)``: cases of as many citizens, none of them Wang."""

    def said(n):
        return [wang_says(cast, key=f"o{i}", phone=f"13900000{i:03}") for i in range(n)]

    return said


@pytest.fixture
def guard(cast):
    return person("guard", "罗琴", None, "security_admin")


def look(case, by, minutes, **said):
    at = NOON + timedelta(minutes=minutes)
    return revealing.reveal(case, "name,phone", "核实", by=by, at=at, **said)


def test_a_look_leaves_a_trace(cast, case):
    look(case, cast.operator, 0)
    log = ViewLog.objects.get()
    assert (log.user, log.case, log.fields, log.reason) == (
        cast.operator,
        case,
        "name,phone",
        "核实",
    )


def test_a_day_has_an_end(cast, case, others, settings):
    settings.REVEALS_A_DAY = 3
    for n, other in enumerate(others(3)):
        look(other, cast.operator, n * 60)
    with pytest.raises(Refused, match="3"):
        look(case, cast.operator, 200)
    assert ViewLog.objects.count() == 3
    look(case, cast.dispatcher, 200)  # everybody has their own day
    look(case, cast.operator, 200, is_duty=True)  # and what a queue asks for is not rationed
    look(case, cast.operator, 12 * 60)  # midnight, office's time
    assert ViewLog.objects.count() == 6


def test_who_was_seen_today_may_be_seen_again_in_any_of_their_cases(cast, case, others, settings):
    settings.REVEALS_A_DAY = 2
    again, (other, third) = wang_says(cast, key="again"), others(2)
    for n, one in enumerate((case, case, again, other, case, again)):
        look(one, cast.operator, n * 20)
    assert ViewLog.objects.count() == 6  # recorded, not rationed
    with pytest.raises(Refused, match="2"):
        look(third, cast.operator, 200)
    look(other, cast.operator, 201)


def test_citizens_without_a_number_are_different_people(cast, settings):
    settings.REVEALS_A_DAY = 1
    one, other = (wang_says(cast, key=key, phone="") for key in ("a", "b"))
    look(one, cast.operator, 0)
    look(one, cast.operator, 1)
    with pytest.raises(Refused):
        look(other, cast.operator, 2)


def test_an_unusual_run_is_told_at_once_and_once(cast, others, guard):
    cases = others(12)
    for n, case in enumerate(cases[:9]):
        look(case, cast.operator, n * 0.5)
        look(case, cast.operator, n * 0.5)
    assert not Notice.objects.exists()
    for n, case in enumerate(cases[9:]):
        look(case, cast.operator, 5 + n * 0.5)
    told = Notice.objects.get()
    assert (told.user, told.kind) == (guard, "looks_unusual")
    assert (told.payload["person"], told.payload["n"]) == (cast.operator.name, 10)


def test_looks_over_a_day_are_no_run(cast, others, guard):
    for n, case in enumerate(others(25)):
        look(case, cast.operator, n * 15)
    assert not Notice.objects.exists()


def test_who_reaches_the_end_of_the_day_is_told_of(cast, case, others, guard, settings):
    settings.REVEALS_A_DAY = 2
    for n, other in enumerate(others(2)):
        look(other, cast.operator, n * 60)
    with pytest.raises(Refused):
        look(case, cast.operator, 120)
    assert Notice.objects.get().user == guard


def test_a_call_back_agent_works_undisturbed(cast, others, guard):
    for n, case in enumerate(others(40)):
        look(case, cast.agent, n * 3, is_duty=True)
    assert not Notice.objects.exists()


def test_who_may_not_read_it_is_refused_whichever_desk_asks(cast, case):
    """The desks ask the rule, they have none of their own: a unit without the case, a reviewer."""
    for somebody in (cast.clerk, cast.reviewer, cast.auditor):
        for is_duty in (False, True):
            with pytest.raises(NotPermitted):
                look(case, somebody, 0, is_duty=is_duty)
    assert not ViewLog.objects.exists()
