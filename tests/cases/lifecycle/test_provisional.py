"""A time that runs into a year without a calendar is provisional, and counted for good when it comes."""

from datetime import date, datetime, timedelta

import pytest

from cases.clocks import in_force
from cases.clocks.counting import SHANGHAI
from cases.errors import NotPermitted
from cases.events.outbox import drain
from cases.lifecycle import provisional
from cases.models import Alarm, CalendarDay, CalendarYear, Case, Event, Notice
from cases.people.person import SYSTEM
from tests.acts import acts
from tests.cases.lifecycle.stages import MINUTE, fresh
from tests.cast import wang_says

LAST_WEEK = datetime(2026, 12, 29, 10, tzinfo=SHANGHAI)  # a Tuesday; 1 January is a Friday
NEW_YEAR = datetime(2027, 1, 1, tzinfo=SHANGHAI)
pytestmark = pytest.mark.usefixtures("english")


def publish(*off):
    """The State Council announces 2027: the days off besides the weekends."""
    CalendarYear.objects.create(year=2027, is_published=True)
    for day in off:
        CalendarDay.objects.create(date=day, is_working=False, name="元旦", source="国办发")
    in_force.forget()


def received(cast, key="form-1", **said):
    case = wang_says(cast, at=LAST_WEEK, key=key, **said)
    case.accept(category=cast.street_lights, by=cast.dispatcher, at=LAST_WEEK + MINUTE)
    return case


def sent(cast, **said):
    case = received(cast, **said)
    case.dispatch(
        lead=cast.housing, assisting=[cast.water], by=cast.dispatcher, at=LAST_WEEK + 2 * MINUTE
    )
    case.lead().sign(by=cast.clerk, at=LAST_WEEK + 3 * MINUTE)
    return fresh(case)


def day_of(moment):
    return moment.astimezone(SHANGHAI).date()


def extended(cast, task, days, hour):
    at = LAST_WEEK + timedelta(hours=hour)
    task.ask_extension(
        reason=cast.needs_works, text="需备料，已告知。", days=days, by=cast.clerk, at=at
    )
    asked = task.requests.get(state="signed")
    asked.grant_extension(by=cast.supervisor, at=at + MINUTE)


def test_times_are_counted_for_good_with_a_trace_each(cast):
    case = sent(cast)
    lead = case.lead()
    assert (lead.due_provisional, case.promise_provisional) == (True, True)
    was, promised = lead.due_at, case.promise_due_at
    assert provisional.recount(LAST_WEEK) == 0  # nothing is known yet
    publish(date(2027, 1, 1))
    before = acts(case).count()
    assert provisional.recount(LAST_WEEK + timedelta(hours=1)) == 3  # two tasks and the promise
    lead, case = fresh(lead), fresh(case)
    assert day_of(lead.due_at) > day_of(was)
    assert lead.due_at == lead.original_due_at
    assert day_of(case.promise_due_at) > day_of(promised)
    assert (lead.due_provisional, case.promise_provisional) == (False, False)
    told = list(acts(case).order_by("seq"))[before:]
    assert [one.kind for one in told] == ["time_recounted", "time_recounted", "promise_recounted"]
    first = told[0].payload
    assert first["unit"] == lead.unit_name
    assert datetime.fromisoformat(first["was_due"]) == was
    assert datetime.fromisoformat(first["until"]) == lead.due_at
    assert datetime.fromisoformat(told[2].payload["until"]) == case.promise_due_at
    assert {one.actor_name for one in told} == {"系统"}
    assert provisional.recount(LAST_WEEK + timedelta(hours=2)) == 0  # once


def test_alarms_follow_the_new_time_only_if_it_moved(cast):
    moved = sent(cast).lead()
    publish(date(2027, 1, 1))
    provisional.recount(LAST_WEEK + timedelta(hours=1))
    alarms = Alarm.objects.filter(assignment=moved, clock="unit", fired_at=None)
    over = alarms.get(stage="overdue").at - fresh(moved).due_at
    assert timedelta(0) < over <= MINUTE  # the first moment that is late


def test_nothing_is_announced_twice_when_the_time_stays(cast):
    lead = sent(cast).lead()
    Alarm.objects.filter(assignment=lead, stage="warn").update(fired_at=LAST_WEEK)
    before = set(Alarm.objects.values_list("pk", flat=True))
    publish()
    assert provisional.recount(LAST_WEEK + timedelta(hours=1)) == 3
    assert set(Alarm.objects.values_list("pk", flat=True)) == before
    assert not fresh(lead).due_provisional


def test_an_extension_keeps_the_days_it_was_given(cast):
    case = sent(cast)
    lead = case.lead()
    extended(cast, lead, 3, 4)
    lead, case = fresh(lead), fresh(case)
    assert lead.due_provisional
    assert case.promise_provisional
    was = lead.due_at
    publish(date(2027, 1, 1), date(2027, 1, 4))
    provisional.recount(LAST_WEEK + timedelta(hours=5))
    lead, case = fresh(lead), fresh(case)
    plain = in_force.calendar().smallest_term(day_of(lead.original_due_at), day_of(lead.due_at))
    assert plain == 3
    assert (day_of(lead.due_at) - day_of(was)).days >= 2
    assert case.promise_due_at >= lead.due_at


def test_what_is_asked_for_moves_along(cast):
    lead = sent(cast).lead()
    lead.ask_extension(
        reason=cast.needs_works,
        text="需备料，已告知。",
        days=2,
        by=cast.clerk,
        at=LAST_WEEK + 9 * MINUTE,
    )
    asked = lead.requests.get()
    publish(date(2027, 1, 1))
    provisional.recount(LAST_WEEK + timedelta(hours=1))
    counted = in_force.calendar().smallest_term
    lead = fresh(lead)
    asked = lead.requests.get(pk=asked.pk)
    assert counted(day_of(lead.due_at), day_of(asked.new_due_at)) == 2


def test_an_extension_into_the_next_year_is_provisional(cast):
    """The task itself ends this year: only its longer time does not."""
    early = datetime(2026, 12, 21, 10, tzinfo=SHANGHAI)
    case = wang_says(cast, at=early)
    case.accept(category=cast.street_lights, by=cast.dispatcher, at=early)
    case.dispatch(lead=cast.housing, by=cast.dispatcher, at=early)
    lead = case.lead()
    lead.sign(by=cast.clerk, at=early + MINUTE)
    assert not fresh(lead).due_provisional
    lead.ask_extension(
        reason=cast.needs_works,
        text="需备料，已告知。",
        days=5,
        by=cast.clerk,
        at=early + 2 * MINUTE,
    )
    lead.requests.get().grant_extension(by=cast.supervisor, at=early + 3 * MINUTE)
    lead, case = fresh(lead), fresh(case)
    assert lead.due_at > NEW_YEAR
    assert lead.due_provisional
    assert case.promise_provisional


def test_a_case_that_waits_for_dispatch_has_its_promise_counted(cast):
    case = received(cast)
    assert case.promise_provisional
    case.reclassify(urgency="urgent", by=cast.dispatcher, at=LAST_WEEK + 2 * MINUTE)
    assert not fresh(case).promise_provisional  # a day: this year
    case.reclassify(urgency="normal", by=cast.dispatcher, at=LAST_WEEK + 3 * MINUTE)
    assert fresh(case).promise_provisional
    publish()
    assert provisional.recount(LAST_WEEK + timedelta(hours=1)) == 1
    assert not fresh(case).promise_provisional


def test_what_is_over_stays_as_it_was(cast):
    case = sent(cast)
    publish(date(2027, 1, 1))
    lead = case.lead()
    Case.objects.filter(pk=case.pk).update(state="closed")
    type(lead).objects.filter(case=case).update(state="done")
    assert provisional.recount(LAST_WEEK + timedelta(hours=1)) == 0


def test_a_case_that_ends_meanwhile_is_passed_over(cast, monkeypatch):
    case = sent(cast)
    publish(date(2027, 1, 1))
    found = provisional._found
    waiting = list(found(LAST_WEEK, 500))
    monkeypatch.setattr(provisional, "_found", lambda *_: iter(waiting))
    type(case.lead()).objects.filter(case=case).update(state="done")
    assert provisional.recount(LAST_WEEK + timedelta(hours=1)) == 1  # the promise


def test_a_faulty_one_stops_no_other_and_is_tried_again(cast, caplog):
    first, second = sent(cast), sent(cast, key="form-2")
    extended(cast, first.lead(), 1, 4)
    asking = Event.objects.filter(case=first, kind="extension_asked")
    whole = asking.get().payload
    asking.update(payload={})
    publish(date(2027, 1, 1))
    assert provisional.recount(LAST_WEEK + timedelta(hours=5)) == 5
    assert fresh(first).lead().due_provisional
    assert not fresh(second).lead().due_provisional
    asking.update(payload=whole)
    assert provisional.recount(LAST_WEEK + timedelta(hours=6)) == 1


def test_an_outage_ends_the_sweep(cast, monkeypatch):
    sent(cast)
    publish()

    def fail(**_words):
        raise ConnectionError

    monkeypatch.setattr(provisional, "outage_of", lambda error: isinstance(error, ConnectionError))
    monkeypatch.setattr(provisional, "_found", lambda *_: iter([("1", fail)]))
    with pytest.raises(ConnectionError):
        provisional.recount(LAST_WEEK)


def test_nobody_counts_by_hand(cast):
    case = sent(cast)
    for person in (cast.supervisor, cast.sysadmin, cast.clerk):
        with pytest.raises(NotPermitted):
            case.lead().recount(by=person, at=LAST_WEEK + timedelta(hours=1))
        with pytest.raises(NotPermitted):
            case.recount_promise(by=person, at=LAST_WEEK + timedelta(hours=1))


def test_the_unit_is_told(cast):
    case = sent(cast)
    drain(at=LAST_WEEK + 5 * MINUTE)
    before = set(Notice.objects.values_list("pk", flat=True))
    publish(date(2027, 1, 1))
    provisional.recount(LAST_WEEK + timedelta(hours=1))
    drain(at=LAST_WEEK + timedelta(hours=1))
    told = Notice.objects.exclude(pk__in=before)
    assert {one.event.kind for one in told} == {"time_recounted"}
    assert {one.unit_id for one in told} == {cast.housing.pk, cast.water.pk}
    assert {one.event.case_id for one in told} == {case.pk}


def test_nothing_is_promised_before_the_acceptance(cast):
    case = wang_says(cast, at=LAST_WEEK)
    case.recount_promise(by=SYSTEM, at=LAST_WEEK + MINUTE)
    assert fresh(case).promise_due_at is None
