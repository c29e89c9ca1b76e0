"""What each metric takes in and counts, at its edges: calls, extensions, rounds, terms of working days."""

from datetime import date, timedelta

import pytest
from django.db.models import Q

from cases.models import Assignment, Case, Contact
from satisfaction.calling.recording import record_attempt
from satisfaction.dissatisfied.deciding import decide_dissatisfied
from satisfaction.metrics.opinion import ended
from satisfaction.metrics.statutory import answerable, last_day_over, over, within
from satisfaction.metrics.timeliness import extended
from satisfaction.metrics.volume import always, calls, counted_cases, counted_tasks
from satisfaction.periods import Period
from tests.cast import NOON, moment
from tests.satisfaction.matters import DAY, accepted, answered, dispatched, reply

HOUR = timedelta(hours=1)


def rounds(condition):
    """The rounds of the tasks that a condition takes in."""
    return list(counted_tasks().filter(condition).order_by("pk").values_list("round", flat=True))


def test_calls_are_those_by_phone_whatever_about_and_not_of_tests(cast):
    by_phone = accepted(cast, channel="phone", by=cast.operator)
    accepted(cast)
    accepted(cast, channel="phone", by=cast.operator, is_test=True)
    only_asked = Contact.objects.create(channel="phone", at=NOON, note="问几点下班")
    Contact.objects.create(channel="walk_in", at=NOON, note="问路")
    found = set(calls())
    assert {one.case for one in found} == {None, by_phone}
    assert only_asked in found


def test_a_condition_that_knows_no_moment_is_always_the_same():
    assert always(Q(state="done"))(NOON) == Q(state="done")


def asked_for(cast, days=2):
    """A task whose unit asked for an extension."""
    task = dispatched(cast).lead()
    task.sign(by=cast.clerk, at=NOON - 2 * DAY)
    task.ask_extension(
        reason=cast.needs_works, text="等配件", days=days, by=cast.leader, at=NOON - 2 * DAY
    )
    return task, task.requests.get()


def test_extended_is_only_what_was_granted(cast):
    dispatched(cast)
    asked_for(cast)
    _task, refused = asked_for(cast)
    refused.refuse_extension(note="可按期办结", by=cast.dispatcher, at=NOON - DAY)
    task, granted = asked_for(cast)
    granted.grant_extension(note="同意", by=cast.dispatcher, at=NOON - DAY)
    assert list(counted_tasks().filter(extended(NOON))) == [task]


def test_a_return_that_was_granted_extends_nothing(cast):
    task = dispatched(cast).lead()
    task.ask_return(reason=cast.wrong_unit, basis="三定方案", by=cast.leader, at=NOON - 2 * DAY)
    task.requests.get().grant_return(note="退回", by=cast.dispatcher, at=NOON - 2 * DAY)
    assert not counted_tasks().filter(extended(NOON)).exists()


def test_a_round_ends_with_its_call_and_waits_for_no_later_one(cast):
    case = answered(cast)
    assert rounds(ended(NOON)) == []  # its call-back is to come
    said = {"satisfaction": 1, "reason": "not_solved", "solved": False}
    record_attempt(case, result="reached", **said, by=cast.agent, at=NOON)
    decide_dissatisfied(case, decision="rework", reason="没修好", by=cast.reviewer, at=NOON)
    assert rounds(ended(NOON)) == [1]
    reply(cast, case, NOON + HOUR)
    case.approve_reply(by=cast.reviewer, at=NOON + HOUR)
    assert rounds(ended(NOON)) == [1]  # the second round waits for its own call
    record_attempt(case, result="reached", satisfaction=5, by=cast.agent, at=NOON + DAY)
    assert rounds(ended(NOON)) == [1, 2]


def test_a_round_that_the_office_sent_to_rework_before_any_call_is_none(cast):
    case = answered(cast)
    case.record_dissatisfied(note="来电说没修好", by=cast.agent, at=NOON)
    case.order_rework(note="重新核查", by=cast.supervisor, at=NOON)
    assert Assignment.objects.get(round=1).state == "reworked"
    assert rounds(ended(NOON)) == []


@pytest.mark.parametrize(
    ("days", "now", "received"),
    [
        (5, date(2026, 11, 20), date(2026, 11, 12)),  # a Thursday's fifth day is the next Thursday
        (5, date(2026, 11, 21), date(2026, 11, 15)),  # the weekend before is as good as its Friday
        (5, date(2026, 11, 23), date(2026, 11, 15)),
        (5, date(2026, 11, 24), date(2026, 11, 16)),
        (10, date(2026, 11, 24), date(2026, 11, 9)),
        (15, date(2026, 11, 24), date(2026, 11, 2)),
        (
            5,
            date(2026, 10, 11),
            date(2026, 9, 28),
        ),  # 8 to 10 October: behind a holiday, a worked Saturday
    ],
)
def test_the_last_day_whose_limit_is_over(reference, days, now, received):
    assert last_day_over(days, now) == received


def test_a_case_counts_once_it_is_answered_or_its_limit_has_passed(cast):
    over_now = accepted(cast, moment("2026-11-16 23:59"))
    accepted(cast, moment("2026-11-17 00:00"))
    done = accepted(cast, moment("2026-11-23 09:00"))
    done.answer(text="请到政务大厅办理。", by=cast.dispatcher, at=moment("2026-11-23 10:00"))
    refused = accepted(cast, moment("2026-11-16 09:00"))
    refused.reject(reason=cast.not_ours, by=cast.dispatcher, at=moment("2026-11-17 10:00"))
    for at, found in (
        ("2026-11-24 00:00", {over_now, done}),
        ("2026-11-23 23:59", {done}),
    ):
        assert set(counted_cases().filter(answerable(5)(moment(at)))) == {*found}, at


def test_a_period_is_settled_once_the_limit_of_its_last_day_is_over(reference):
    is_over, at = over(5), moment("2026-11-24 08:00")
    assert is_over(Period(date(2026, 11, 10), date(2026, 11, 16)), at)
    assert not is_over(Period(date(2026, 11, 10), date(2026, 11, 17)), at)
    assert not is_over(Period(date(2026, 11, 10), date(2026, 11, 16)), at - DAY)


def test_answered_within_counts_the_last_day_too(cast):
    for number, day in enumerate(("2026-11-23 23:00", "2026-11-24 08:00")):
        case = accepted(cast, moment("2026-11-16 09:00"))
        case.answer(text=f"答复{number}。", by=cast.dispatcher, at=moment(day))
    found = counted_cases().filter(within(5)(NOON))
    assert list(found.values_list("answered_in_workdays", flat=True)) == [5]
    assert Case.objects.filter(within(10)(NOON)).count() == 2
