"""What of a case somebody sees beside that it exists, and what of its history they read."""

from datetime import timedelta

import pytest

from cases.people.person import CITIZEN
from cases.people.sight import What, hears_facts, hears_of, hears_why, is_named, sees
from tests.cast import NOON, person, wang_says

LATER = NOON + timedelta(minutes=1)


@pytest.fixture
def at_housing(cast):
    """A case of a level of secrecy that housing's clerk has to answer."""

    def make(secrecy="normal"):
        case = wang_says(cast)
        case.accept(category=cast.street_lights, by=cast.dispatcher, at=LATER)
        case.dispatch(lead=cast.housing, by=cast.dispatcher, at=LATER)
        if secrecy != "normal":
            case.raise_secrecy(level=secrecy, note="怕被报复", by=cast.dispatcher, at=LATER)
        return case

    return make


def seen(who, case):
    return {what for what in What if sees(who, case, what)}


def test_on_an_ordinary_case_everybody_who_acts_sees_all(cast, at_housing):
    case = at_housing()
    for who in (cast.dispatcher, cast.operator, cast.clerk, cast.leader):
        assert seen(who, case) == set(What)
    assert seen(cast.reviewer, case) == {What.MASK, What.FILES}  # no right to read names
    assert seen(cast.other_clerk, case) == {What.MASK, What.FILES}  # not their task


def test_on_a_confidential_case_a_unit_sees_nothing_until_one_of_it_is_named(cast, at_housing):
    case = at_housing("confidential")
    assert seen(cast.dispatcher, case) == set(What)
    assert seen(cast.reviewer, case) == {What.MASK}
    assert seen(cast.clerk, case) == set()
    case.name_contact(user=cast.clerk, reason="须上门核实", by=cast.dispatcher, at=LATER)
    assert seen(cast.clerk, case) == set(What)
    assert seen(cast.leader, case) == set()


def test_who_is_named_is_a_person_with_an_account_whose_unit_works_on_it(cast, at_housing):
    case = at_housing("confidential")
    case.name_contact(user=cast.clerk, reason="须上门核实", by=cast.dispatcher, at=LATER)
    assert is_named(cast.clerk, case)
    assert not is_named(cast.leader, case)
    assert not is_named(CITIZEN, case)
    case.assignments.update(state="returned")
    assert not is_named(cast.clerk, case)


@pytest.mark.parametrize(
    ("hears", "kept_back"),
    [
        (hears_of, "respondent_named"),
        (hears_of, "reclassified"),
        (hears_facts, "accepted"),
        (hears_why, "secrecy_raised"),
    ],
)
def test_what_the_office_weighs_is_read_by_the_office(cast, hears, kept_back):
    auditor = person("nobody", "审计员", None)
    assert hears(cast.dispatcher, kept_back)
    assert not hears(cast.clerk, kept_back)
    assert not hears(auditor, kept_back)
    assert hears(cast.clerk, "dispatched")


def test_what_a_step_took_along_is_no_line_by_itself(cast):
    assert not hears_of(cast.supervisor, "task_recalled")
