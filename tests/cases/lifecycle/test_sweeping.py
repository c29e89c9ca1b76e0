"""Due alarms fire once; one that fails is set aside, an outage ends the sweep."""

from datetime import datetime

import pytest

from cases.lifecycle import sweeping
from cases.lifecycle.sweeping import fire, sweep
from cases.models import Alarm
from tests.cases.lifecycle.stages import MINUTE, dispatched
from tests.cast import NOON
from tests.config.outages import write_to_a_full_disk


@pytest.fixture
def alarms(cast):
    """Housing was to sign a minute ago, water now; everything else is later."""
    case = dispatched(cast)
    Alarm.objects.filter(fired_at=None).delete()
    housing, water = case.lead(), case.assignments.get(role="assist")
    make = Alarm.objects.create
    return [
        make(assignment=housing, clock="sign", stage="overdue", at=NOON - MINUTE),
        make(assignment=water, clock="unit", stage="warn", at=NOON),
        make(assignment=housing, clock="unit", stage="red", at=NOON + MINUTE),
    ]


def told(alarms):
    case = alarms[0].assignment.case
    return [one.kind for one in case.events.order_by("seq") if one.payload.get("clock")]


def test_what_is_due_fires_once_in_order(alarms):
    assert (sweep(NOON), sweep(NOON)) == (2, 0)
    assert told(alarms) == ["sign_became_overdue", "unit_due_soon"]
    assert [alarm.fired_at for alarm in Alarm.objects.order_by("at")] == [NOON, NOON, None]
    happened = alarms[0].assignment.case.events.get(kind="sign_became_overdue")
    assert (happened.actor_kind, happened.assignment_id) == ("system", alarms[0].assignment_id)
    assert datetime.fromisoformat(happened.payload["was_due"]) == alarms[0].at


def test_no_more_than_the_limit_at_a_time(alarms):
    assert [sweep(NOON + MINUTE, limit=2), sweep(NOON + MINUTE, limit=2)] == [2, 1]
    assert told(alarms)[-1] == "unit_due_very_soon"


def test_a_stage_without_a_name_escalates(alarms):
    Alarm.objects.filter(pk=alarms[0].pk).update(stage="second")
    alarms[0].refresh_from_db()
    assert fire(alarms[0], NOON) == 1
    assert told(alarms) == ["sign_escalated"]


def test_another_worker_was_first(alarms):
    Alarm.objects.filter(pk=alarms[0].pk).update(fired_at=NOON)
    assert fire(alarms[0], NOON) == 0
    assert told(alarms) == []


def test_a_task_that_ended_is_not_told_of(alarms):
    task = alarms[0].assignment
    type(task).objects.filter(pk=task.pk).update(state="replied")
    assert fire(alarms[0], NOON) == 0
    assert told(alarms) == []
    assert Alarm.objects.get(pk=alarms[0].pk).fired_at == NOON


def test_one_that_fails_stops_no_other(alarms, monkeypatch):
    record = sweeping.record

    def failing(case, kind, **facts):
        if kind == "sign_became_overdue":
            raise RuntimeError("纸张用尽" * 1000)
        return record(case, kind, **facts)

    monkeypatch.setattr(sweeping, "record", failing)
    assert sweep(NOON) == 1
    assert told(alarms) == ["unit_due_soon"]
    failed = Alarm.objects.get(pk=alarms[0].pk)
    assert (failed.fired_at, len(failed.error)) == (NOON, 2000)


def test_an_outage_is_no_fault_of_an_alarm(alarms, monkeypatch):
    monkeypatch.setattr(sweeping, "record", lambda *_args, **_facts: write_to_a_full_disk())
    with pytest.raises(OSError, match="No space left"):
        sweep(NOON)
    assert Alarm.objects.filter(fired_at=None, error="").count() == 3
