"""A case that came back: what the last return names is proposed, who gave it back is not."""

import pytest

from cases.models import Case, Unit
from routing.advice.returned import returns_of
from routing.advice.suggest import suggest
from tests.cast import NOON, accuse, person
from tests.routing.folk import MINUTE, accepted, entry, returned


def came_back(cast, suggested=None):
    """Housing gave it back, naming ``suggested``, and the office agreed."""
    request = returned(cast, accepted(cast), suggested=suggested)
    request.grant_return(note="同意", by=cast.dispatcher, at=NOON + 5 * MINUTE)
    return Case.objects.get()


def test_a_case_that_never_came_back_costs_no_query(cast, django_assert_num_queries):
    case = accepted(cast)
    with django_assert_num_queries(0):
        found = returns_of(case)
    assert (found.unit_ids, found.suggestion(case)) == (frozenset(), None)


def test_the_unit_that_was_named_is_proposed_with_the_basis(cast):
    case = came_back(cast, cast.water)
    found = returns_of(case)
    assert found.unit_ids == {cast.housing.pk}
    proposal = found.suggestion(case)
    assert (proposal.unit, proposal.source) == (cast.water, "return")
    assert proposal.sentence == "县住建局退单时建议改派；依据：三定方案第三条"
    assert (proposal.percent, proposal.is_sure) == (None, False)


def test_all_that_is_said_of_returns_costs_one_query(cast, django_assert_num_queries):
    case = came_back(cast, cast.water)
    assert case.accused_ids == frozenset()
    with django_assert_num_queries(1):
        found = returns_of(case)
        assert found.suggestion(case).unit == cast.water
        assert [one.reason for one in found.requests] == [cast.wrong_unit]


def test_neither_another_case_nor_an_extension_counts(cast):
    case = came_back(cast, cast.water)
    other = accepted(cast, 2)
    other.dispatch(lead=cast.town, by=cast.dispatcher, at=NOON + 2 * MINUTE)
    mayor = person("mayor", "石镇", cast.town, "leader")
    other.lead().ask_return(
        reason=cast.wrong_unit, basis="不在本镇", by=mayor, at=NOON + 3 * MINUTE
    )
    other.lead().requests.get().grant_return(by=cast.dispatcher, at=NOON + 4 * MINUTE)
    case.dispatch(lead=cast.water, by=cast.dispatcher, at=NOON + 6 * MINUTE)
    task = case.lead().sign(by=cast.other_clerk, at=NOON + 7 * MINUTE)
    task.ask_extension(
        reason=cast.needs_works, text="等配件", days=1, by=cast.other_leader, at=NOON + 8 * MINUTE
    )
    task.requests.get().grant_extension(by=cast.dispatcher, at=NOON + 9 * MINUTE)
    assert returns_of(Case.objects.get(pk=case.pk)).unit_ids == {cast.housing.pk}
    assert returns_of(Case.objects.get(pk=other.pk)).unit_ids == {cast.town.pk}


def test_the_last_word_is_that_of_the_return_that_was_granted_last(cast):
    case = accepted(cast)
    case.dispatch(
        lead=cast.housing, assisting=[cast.water], by=cast.dispatcher, at=NOON + 2 * MINUTE
    )
    of_lead = returned(cast, case, suggested=cast.town)
    helper = case.assignments.get(role="assist")
    helper.ask_return(
        reason=cast.wrong_unit, basis="与水管无关", by=cast.other_leader, at=NOON + 5 * MINUTE
    )
    helper.requests.get().grant_return(by=cast.dispatcher, at=NOON + 6 * MINUTE)
    of_lead = type(of_lead).objects.get(pk=of_lead.pk)
    of_lead.grant_return(by=cast.dispatcher, at=NOON + 7 * MINUTE)
    case = Case.objects.get()
    found = returns_of(case)
    assert [one.assignment.unit for one in found.requests] == [cast.water, cast.housing]
    assert found.suggestion(case).unit == cast.town


def test_who_gave_it_back_is_not_suggested_again(cast):
    entry(cast)
    case = came_back(cast, cast.water)
    assert [one.unit for one in suggest(case, at=NOON)] == [cast.housing]
    assert suggest(case, at=NOON, without=returns_of(case).unit_ids) == []


def test_a_return_that_names_nobody_proposes_nobody(cast):
    case = came_back(cast)
    assert returns_of(case).suggestion(case) is None


def test_a_unit_that_gave_it_back_itself_is_not_proposed(cast):
    case = came_back(cast, cast.water)
    case.dispatch(lead=cast.water, by=cast.dispatcher, at=NOON + 6 * MINUTE)
    case.lead().ask_return(
        reason=cast.wrong_unit, basis="不是我们", suggested_unit=cast.housing,
        by=cast.other_clerk, at=NOON + 7 * MINUTE,
    )  # fmt: skip
    request = case.lead().requests.get()
    request.sign(by=cast.other_leader, at=NOON + 8 * MINUTE)
    assert returns_of(case).unit_ids == {cast.housing.pk}  # not while nobody agreed
    request.grant_return(note="同意", by=cast.dispatcher, at=NOON + 9 * MINUTE)
    found = returns_of(Case.objects.get())
    assert found.unit_ids == {cast.housing.pk, cast.water.pk}
    assert [one.assignment.unit for one in found.requests] == [cast.housing, cast.water]
    assert found.suggestion(case) is None


def test_a_unit_that_is_closed_or_complained_about_is_not_proposed(cast):
    case = came_back(cast, cast.water)
    Unit.objects.filter(pk=cast.water.pk).update(is_active=False)
    assert returns_of(case).suggestion(case) is None
    Unit.objects.filter(pk=cast.water.pk).update(is_active=True)
    assert returns_of(case).suggestion(case) is not None
    accuse([case], cast.water)
    case = Case.objects.get()
    assert returns_of(case).suggestion(case) is None


@pytest.mark.parametrize("decided", [False, True])
def test_a_return_that_was_refused_is_none(cast, decided):
    request = returned(cast, accepted(cast), suggested=cast.water)
    if decided:
        request.refuse_return(note="属你单位职责", by=cast.dispatcher, at=NOON + 5 * MINUTE)
    case = Case.objects.get()
    assert returns_of(case).requests == ()
