"""A queue's one declaration: who waits, in which order, and what is late."""

from datetime import timedelta

from cases.models import Case
from cases.pages.queue import Clock, Queue
from cases.words import CaseState
from tests.cast import NOON, wang_says

HOUR = timedelta(hours=1)
QUEUE = Queue(
    {
        CaseState.SUBMITTED: Clock("intake_due_at", since="registered_at"),
        CaseState.ACCEPTED: Clock("dispatch_due_at"),
    }
)


def set_due(case, **times):
    Case.objects.filter(pk=case.pk).update(**times)
    return case


def submitted(cast, key, due):
    return set_due(wang_says(cast, key=key), intake_due_at=due)


def accepted(cast, key, due):
    case = wang_says(cast, key=key)
    case.accept(category=cast.street_lights, by=cast.dispatcher, at=NOON)
    return set_due(case, intake_due_at=NOON - 9 * HOUR, dispatch_due_at=due)


def test_each_state_is_ordered_by_its_own_clock(cast):
    third = accepted(cast, "3", NOON + 3 * HOUR)
    first = submitted(cast, "1", NOON + 1 * HOUR)
    never = submitted(cast, "4", None)
    second = accepted(cast, "2", NOON + 2 * HOUR)
    found = list(QUEUE.ordered(Case.objects.all()))
    assert found == [first, second, third, never]
    assert [one.waits_since for one in found] == [first.registered_at, None, None, NOON]
    assert found[1].waits_until == NOON + 2 * HOUR


def test_late_is_whose_own_clock_is_over(cast):
    late = submitted(cast, "1", NOON - HOUR)
    accepted(cast, "2", NOON + HOUR)  # its earlier clock is over, and no longer runs
    assert list(Case.objects.filter(QUEUE.late(NOON))) == [late]


def test_what_is_in_no_state_of_the_queue_does_not_wait(cast):
    case = accepted(cast, "1", NOON)
    case.answer(text="已答复。", by=cast.dispatcher, at=NOON)
    assert not QUEUE.waiting(Case.objects.all()).exists()
    assert not QUEUE.ordered(Case.objects.all()).exists()
