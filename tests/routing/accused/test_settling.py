"""Whoever passes over a unit that the citizen named says why; what units had of it is told."""

from datetime import timedelta

import pytest

from cases.errors import Refused
from cases.models import Case
from routing.accused.settling import said_of_taken, settle
from tests.acts import acts
from tests.cast import NOON, wang_says

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(minutes=10)


def complaint(cast, **said):
    told = {"demand_type": "complaint", "content": "县自来水公司乱收费，县住建局不作为"}
    made = wang_says(cast, **(told | said))
    made.accept(category=cast.leaks, by=cast.dispatcher, at=NOON)
    return Case.objects.get(pk=made.pk)


def settled(cast, case, *units, note="", is_outside=False):
    said = {"is_outside": is_outside, "note": note, "by": cast.dispatcher, "at": LATER}
    return settle(case, units=units, **said)


def about(case):
    return dict(case.respondents.values_list("unit__code", "is_accused"))


@pytest.mark.parametrize("note", ["", " 不 "])
def test_a_unit_that_is_named_is_not_passed_over_in_silence(cast, note):
    case = complaint(cast)
    with pytest.raises(Refused, match="县住建局") as refused:
        settled(cast, case, cast.water, note=note)
    assert str(refused.value) == "文中写到县住建局。是它就勾选，不是请写明原因。"
    with pytest.raises(Refused, match="文中写到县自来水公司、县住建局。"):
        settled(cast, case, is_outside=True, note=note)
    assert about(case) == {}


def test_a_reason_answers_for_what_only_the_text_names(cast):
    case = complaint(cast)
    assert settled(cast, case, cast.water, note=" 主管 ") == []
    assert case.events.get(kind="respondent_named").payload["note"] == "主管"
    assert about(case) == {"water": True, "housing": False}
    kinds = [event.kind for event in case.events.all()][-2:]
    assert kinds == ["respondent_named", "respondent_denied"]
    settled(cast, case, cast.town)  # nobody is asked twice
    assert about(case) == {"water": True, "housing": False, "town": True}


def test_with_all_named_ones_ticked_no_reason_is_needed(cast):
    case = complaint(cast)
    settled(cast, case, cast.water, cast.housing)
    assert about(case) == {"water": True, "housing": True}
    assert acts(case).last().kind == "respondent_named"


def test_what_the_citizen_answered_is_asked_about_once_more(cast):
    case = complaint(cast, content="三天没有水", respondent_text="县自来水公司")
    settled(cast, case, is_outside=True, note="是外县的公司")
    assert (case.respondent_state, about(case)) == ("outside", {})


def test_whom_the_citizen_only_spoke_to_is_not_passed_over(cast):
    case = complaint(cast, content="向县自来水公司反映过两次")
    settled(cast, case, is_outside=True)
    assert (case.respondent_state, about(case)) == ("outside", {})


def test_units_that_lose_the_case_are_told_of(cast):
    case = complaint(cast)
    case.deny_respondent(units=[cast.water, cast.housing], by=cast.dispatcher, at=NOON)
    case.dispatch(lead=cast.water, by=cast.dispatcher, at=NOON)
    taken = settled(cast, Case.objects.get(pk=case.pk), cast.water)
    assert taken == ["县自来水公司"]
    case = Case.objects.get(pk=case.pk)
    assert case.state == "accepted"
    assert said_of_taken(case, taken) == "已从县自来水公司收回，等待重新派单。"
    two = said_of_taken(case, ["县自来水公司", "县住建局"])
    assert two == "已从县自来水公司、县住建局收回，等待重新派单。"
    assert said_of_taken(case, []) == ""


def test_a_unit_that_only_assisted_leaves_the_case_with_its_lead(cast):
    case = complaint(cast)
    case.deny_respondent(units=[cast.water, cast.housing], by=cast.dispatcher, at=NOON)
    case.dispatch(lead=cast.housing, assisting=[cast.water], by=cast.dispatcher, at=NOON)
    taken = settled(cast, case, cast.water)
    assert (taken, case.state) == (["县自来水公司"], "dispatched")
    assert said_of_taken(case, taken) == "已从县自来水公司收回，县住建局继续办理。"
