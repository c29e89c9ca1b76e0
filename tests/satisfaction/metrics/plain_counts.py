"""Every declared figure counted the slow way: plain Python over all rows."""

from datetime import date, timedelta

import pytest

from cases.clocks.due import calendar
from cases.models import Assignment, Case, Contact
from satisfaction.models import Evaluation
from tests.cast import SHANGHAI
from tests.satisfaction.matters import DAY


def cases():
    return [c for c in Case.objects.all() if not (c.is_test or c.is_void or c.merged_into_id)]


def tasks(role=None):
    counted = {case.pk for case in cases()}
    rows = Assignment.objects.select_related("case")
    return [
        t
        for t in rows
        if t.case_id in counted
        and t.state not in {"returned", "recalled"}
        and role in {None, t.role}
    ]


def within(moment_):
    if moment_ is None:
        return False
    return date(2026, 11, 1) <= moment_.astimezone(SHANGHAI).date() <= date(2026, 11, 30)


def due(now, role=None):
    return [t for t in tasks(role) if within(t.due_at) and (t.due_at <= now or t.replied_at)]


def pair(rows, hit):
    rows = list(rows)
    return sum(1 for row in rows if hit(row)), len(rows)


def in_time(task):
    return task.replied_at is not None and task.replied_at <= task.due_at


def rated():
    counted = {case.pk for case in cases()}
    return [
        e for e in Evaluation.objects.filter(is_valid=True) if e.case_id in counted and within(e.at)
    ]


def rounds():
    found = []
    for task in tasks("lead"):
        mine = Evaluation.objects.filter(case=task.case, round=task.round, is_valid=True).exists()
        ended = task.round < task.case.round or task.case.state != "callback"
        if ended and within(task.reviewed_at) and (task.state == "done" or mine):
            found.append((task, mine))
    return found


def limit_over(case, days, now):
    day, left = case.contact_at.astimezone(SHANGHAI).date(), days
    while left:
        day += DAY
        left -= calendar().is_working(day)
    return day < now.astimezone(SHANGHAI).date()


def answerable(days, now):
    return [
        c
        for c in cases()
        if within(c.contact_at)
        and c.reject_reason_id is None
        and (c.answered_at or limit_over(c, days, now))
    ]


def ended_tasks():
    rows = [t for t in tasks("lead") if t.state in {"done", "reworked"} and t.replied_at]
    return sorted(
        (t.closed_at - t.dispatched_at) / timedelta(hours=1) for t in rows if within(t.closed_at)
    )


def volume():
    registered = [c for c in cases() if within(c.registered_at)]
    return {
        "calls": lambda: (
            sum(
                c.channel == "phone" and within(c.at) and not c.case.is_test
                for c in Contact.objects.all()
            ),
            None,
        ),
        "handled": lambda: (len(registered), None),
        "direct_answered": lambda: (sum(c.state == "answered" for c in registered), None),
        "dispatched": lambda: (sum(c.dispatched_at is not None for c in registered), None),
        "direct_answer_rate": lambda: pair(registered, lambda c: c.state == "answered"),
        "first_dispatch_right": lambda: pair(
            [c for c in cases() if within(c.dispatched_at)], lambda c: c.return_count == 0
        ),
    }


def timeliness(now):
    replied = [t for t in tasks("lead") if within(t.replied_at)]
    return held_in_time(now) | {
        "overdue_open": lambda: (
            sum(t.is_open and t.due_at < now and within(t.due_at) for t in tasks("lead")),
            None,
        ),
        "extension_rate": lambda: pair(due(now), lambda t: t.due_at != t.original_due_at),
        "return_rate": lambda: pair(handed(), lambda t: t.state == "returned"),
        "rework_rate": lambda: pair(replied, lambda t: t.state == "reworked"),
        "closed_on_time": lambda: pair(
            promised(now), lambda c: c.answered_at is not None and c.answered_at <= c.promise_due_at
        ),
    }


def handed():
    rows = Assignment.objects.exclude(state="recalled").filter(case__is_test=False)
    return [t for t in rows if within(t.dispatched_at)]


def promised(now):
    return [
        c
        for c in cases()
        if within(c.promise_due_at)
        and c.reject_reason_id is None
        and (c.promise_due_at <= now or c.answered_at)
    ]


def held_in_time(now):
    return {
        "replied_on_time": lambda: pair(due(now, "lead"), in_time),
        "tasks_on_time": lambda: pair(due(now), in_time),
        "signed_on_time": lambda: pair(
            [t for t in tasks() if within(t.sign_due_at) and (t.sign_due_at <= now or t.signed_at)],
            lambda t: t.signed_at is not None and t.signed_at <= t.sign_due_at,
        ),
        "first_contact": lambda: pair(
            [
                t
                for t in tasks()
                if t.contact_required
                and within(t.contact_due_at)
                and (t.contact_due_at <= now or t.first_contact_at)
            ],
            lambda t: t.first_contact_at is not None and t.first_contact_at <= t.contact_due_at,
        ),
        "replied_rate": lambda: pair(
            [t for t in tasks("lead") if within(t.due_at)], lambda t: t.replied_at is not None
        ),
    }


def opinion():
    return {
        "satisfied": lambda: pair(rated(), lambda e: e.score >= 3),
        "satisfied_top_two": lambda: pair(rated(), lambda e: e.score >= 4),
        "participation": lambda: pair(rounds(), lambda pair_: pair_[1]),
        "solved_rate": lambda: pair(
            [e for e in rated() if e.solved is not None], lambda e: e.solved
        ),
        "contacted_rate": lambda: pair(
            [e for e in rated() if e.contacted is not None], lambda e: e.contacted
        ),
    }


def duration():
    hours = ended_tasks()
    return {
        "handling_hours_mean": lambda: (pytest.approx(sum(hours), abs=0.01), len(hours)),
        "handling_hours_p50": lambda: (
            pytest.approx(hours[(len(hours) + 1) // 2 - 1], abs=0.01),
            None,
        ),
        "handling_hours_p90": lambda: (
            pytest.approx(hours[-(-len(hours) * 9 // 10) - 1], abs=0.01),
            None,
        ),
    }


def statutory(now):
    return {
        f"answered_within_{days}_workdays": lambda days=days: pair(
            answerable(days, now),
            lambda c: c.answered_in_workdays is not None and c.answered_in_workdays <= days,
        )
        for days in (5, 10, 15)
    }


def brute_force(slug, now):
    """N and N of a metric."""
    slow = volume() | timeliness(now) | opinion() | duration() | statutory(now)
    return slow[slug]()
