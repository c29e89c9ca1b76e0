"""One function sends and keeps why; first-dispatch accuracy counts from it."""

from datetime import timedelta

import pytest

from cases.errors import Refused
from cases.models import Case
from routing.dispatching.accuracy import Accuracy, first_dispatch_accuracy
from routing.dispatching.dispatch import dispatch_case
from routing.models import Decision
from tests.cast import NOON, wang_says
from tests.routing.folk import MINUTE, accepted, entry, returned, rule


def test_a_taken_suggestion_is_kept_with_its_reason(cast):
    row = entry(cast)
    case = accepted(cast)
    decision = dispatch_case(case, cast.housing, by=cast.dispatcher, at=NOON + 2 * MINUTE)
    assert (decision.kind, decision.entry, decision.turn) == ("catalogue", row, 1)
    assert decision.suggested_unit == decision.chosen_unit == cast.housing
    task = case.lead()
    assert task.basis == decision.sentence
    event = case.events.get(kind="dispatched")
    assert event.payload["basis"] == decision.sentence


def test_another_unit_than_suggested_is_by_hand(cast):
    rule(words="路灯")
    decision = dispatch_case(accepted(cast), cast.town, by=cast.dispatcher, at=NOON + 2 * MINUTE)
    assert (decision.kind, decision.rule, decision.sentence) == ("manual", None, "")
    assert (decision.suggested_unit, decision.chosen_unit) == (cast.water, cast.town)


def test_named_by_hand_is_by_hand_even_where_it_was_suggested(cast):
    entry(cast)
    case = accepted(cast)
    decision = dispatch_case(
        case, cast.housing, source="manual", by=cast.dispatcher, at=NOON + 2 * MINUTE
    )
    assert (decision.kind, decision.suggested_unit) == ("manual", cast.housing)


def test_a_refused_dispatch_leaves_nothing_not_even_the_acceptance(cast):
    case = wang_says(cast, respondents=(cast.housing,))
    with pytest.raises(Refused):
        dispatch_case(
            case,
            cast.housing,
            facts={"category": cast.street_lights},
            by=cast.dispatcher,
            at=NOON + MINUTE,
        )
    fresh = Case.objects.get(pk=case.pk)
    assert (fresh.state, fresh.category) == ("submitted", None)
    assert list(fresh.events.values_list("kind", flat=True)) == ["registered"]
    assert not Decision.objects.exists()


def test_first_dispatch_accuracy_counts_first_dispatches_that_stood(cast):
    stood, back = accepted(cast, 1), accepted(cast, 2)
    for case in (stood, back):
        dispatch_case(case, cast.housing, by=cast.dispatcher, at=NOON + 2 * MINUTE)
    test_case = accepted(cast, 3, is_test=True)
    dispatch_case(test_case, cast.housing, by=cast.dispatcher, at=NOON + 2 * MINUTE)
    request = returned(cast, back)
    request.grant_return(by=cast.dispatcher, at=NOON + 5 * MINUTE)
    back = Case.objects.get(pk=back.pk)
    second = dispatch_case(back, cast.water, by=cast.dispatcher, at=NOON + 6 * MINUTE)
    assert second.turn == 2
    day = timedelta(days=1)
    assert first_dispatch_accuracy(NOON, NOON + day) == Accuracy(right=1, dispatched=2)
    assert first_dispatch_accuracy(NOON + day, NOON + 2 * day) == Accuracy(0, 0)


def test_the_desks_numbers_tell_an_operator_nothing_of_secret_cases(cast):
    for number, secrecy in enumerate(("normal", "secret")):
        case = accepted(cast, number, secrecy=secrecy)
        dispatch_case(case, cast.housing, by=cast.dispatcher, at=NOON + 2 * MINUTE)
    day = NOON, NOON + timedelta(days=1)
    assert first_dispatch_accuracy(*day, cast.operator) == Accuracy(right=1, dispatched=1)
    assert first_dispatch_accuracy(*day, cast.dispatcher) == Accuracy(right=2, dispatched=2)
