"""Cases at each stage of the loop, made by the verbs, and a refusal that must leave nothing behind."""

from contextlib import contextmanager
from datetime import timedelta

import pytest

from cases.errors import Refused
from cases.models import Case, Event
from tests.cast import NOON, wang_says

MINUTE = timedelta(minutes=1)


def fresh(row):
    """The row as it is stored now."""
    return type(row).objects.get(pk=row.pk)


def accepted(cast, **said):
    """Waits for dispatch."""
    case = wang_says(cast, **said)
    case.accept(category=cast.street_lights, by=cast.dispatcher, at=NOON + MINUTE)
    return case


def dispatched(cast, **said):
    """At housing, which leads, and water, which assists."""
    case = accepted(cast, **said)
    case.dispatch(
        lead=cast.housing, assisting=[cast.water], by=cast.dispatcher, at=NOON + 2 * MINUTE
    )
    return case


def signed(cast, **said):
    """Housing's task, signed."""
    task = dispatched(cast, **said).lead()
    task.sign(by=cast.clerk, at=NOON + 3 * MINUTE)
    return task


def contacted(cast, **said):
    """Housing's task, the citizen reached."""
    task = signed(cast, **said)
    task.record_first_contact(method="phone", by=cast.clerk, at=NOON + 4 * MINUTE)
    return task


def written(task, cast, **facts):
    """Hand in a reply that nothing is wrong with but what ``facts`` say."""
    whole = {"public_reply": "已修复。", "solved": "solved", "fact_true": "true"}
    task.submit_reply(**(whole | facts), by=cast.clerk, at=NOON + 5 * MINUTE)


def under_review(cast, **said):
    """The case, its reply signed off by housing's leader."""
    task = contacted(cast, **said)
    written(task, cast)
    task.sign_off(by=cast.leader, at=NOON + 6 * MINUTE)
    return Case.objects.get(pk=task.case_id)


def answered(cast, **said):
    """The case, its citizen to be called back."""
    case = under_review(cast, **said)
    case.approve_reply(by=cast.reviewer, at=NOON + 7 * MINUTE)
    return case


@contextmanager
def refused(row, why):
    """Refused with these words (English), and neither the row nor the history changes."""
    before, events = fresh(row).state, Event.objects.count()
    with pytest.raises(Refused, match=why):
        yield
    assert (fresh(row).state, Event.objects.count()) == (before, events)
