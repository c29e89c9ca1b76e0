"""Every declared figure equals a plain count in Python over cases made by the verbs."""

import json
from datetime import date, datetime, timedelta
from fractions import Fraction

import pytest
from django.core.management import CommandError, call_command

from cases.clocks import calendar
from cases.models import Assignment, Case, Contact
from satisfaction.callbacks import record_attempt
from satisfaction.metrics import REGISTRY, Scope, figure
from satisfaction.models import Evaluation
from satisfaction.periods import Period, day_of, last_months, month_named, month_of
from satisfaction.reviews import decide_dissatisfied
from tests.cast import NOON, SHANGHAI, moment
from tests.satisfaction.matters import (
    DAY,
    accepted,
    answered,
    dispatched,
    reply,
    sign_and_contact,
)

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))
START = moment("2026-11-02 09:00")


@pytest.fixture
def county(cast):
    """Two weeks of a county: everything that a figure must tell apart."""
    answered(cast, START, START + DAY)  # answered in time, still to be called back
    done = answered(cast, START, START + DAY)
    record_attempt(
        done, result="reached", satisfaction=5, solved=True, contacted=True, by=cast.agent, at=NOON
    )
    unreached = answered(cast, START, START + 2 * DAY)
    for day in range(3):
        record_attempt(unreached, result="no_answer", by=cast.agent, at=START + (4 + day) * DAY)
    again = answered(cast, START, START + 20 * DAY)  # late, then reworked
    record_attempt(
        again,
        result="reached",
        satisfaction=1,
        reason="not_solved",
        solved=False,
        by=cast.agent,
        at=NOON,
    )
    decide_dissatisfied(again, decision="rework", reason="没修好", by=cast.reviewer, at=NOON)
    reply(cast, again, NOON + timedelta(hours=2))
    again.approve_reply(by=cast.reviewer, at=NOON + timedelta(hours=2))
    record_attempt(again, result="reached", satisfaction=3, by=cast.agent, at=NOON + DAY)
    dispatched(cast, START)  # overdue and open
    helped = dispatched(cast, START, assisting=[cast.water])
    assistant = helped.assignments.get(role="assist")
    assistant.sign(by=cast.other_clerk, at=START + DAY)
    assistant.contribute(text="供水管线无关。", by=cast.other_clerk, at=START + DAY)
    longer = dispatched(cast, START, channel="phone", by=cast.operator)
    sign_and_contact(cast, longer, START + DAY)
    longer.lead().ask_extension(
        reason=cast.needs_works, text="需停电施工，已告知。", days=3, by=cast.clerk, at=START + DAY
    )
    request = longer.lead().requests.get()
    request.grant_extension(note="同意", by=cast.dispatcher, at=START + DAY)
    back = dispatched(cast, START, lead=cast.water)
    back.lead().ask_return(
        reason=cast.wrong_unit,
        basis="三定方案",
        by=cast.other_leader,
        at=START + timedelta(hours=1),
    )
    Assignment.objects.get(
        state="dispatched", unit=cast.water, role="lead"
    ).requests.get().grant_return(note="退回", by=cast.dispatcher, at=START + timedelta(hours=2))
    back.__dict__.update(Case.objects.get(pk=back.pk).__dict__)
    back.dispatch(lead=cast.housing, by=cast.dispatcher, at=START + timedelta(hours=3))
    direct = accepted(cast, START, channel="phone", by=cast.operator)
    direct.answer(text="请到政务大厅二楼办理。", by=cast.operator, at=START)
    refused = accepted(cast, START)
    refused.reject(reason=cast.not_ours, by=cast.dispatcher, at=START + DAY)
    answered(cast, START, START + DAY, is_test=True)
    dispatched(cast, NOON, channel="mayor")  # not yet due
    dispatched(cast, moment("2026-10-09 09:00"))  # due in another month
    return cast


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


def brute_force(slug, now):
    """N and N of a metric, counted the slow way."""
    registered = [c for c in cases() if within(c.registered_at)]
    replied = [t for t in tasks("lead") if within(t.replied_at)]
    handed = [
        t
        for t in Assignment.objects.exclude(state="recalled").filter(case__is_test=False)
        if within(t.dispatched_at)
    ]
    hours = ended_tasks()
    promised = [
        c
        for c in cases()
        if within(c.promise_due_at)
        and c.reject_reason_id is None
        and (c.promise_due_at <= now or c.answered_at)
    ]
    slow = {
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
        "overdue_open": lambda: (
            sum(t.is_open and t.due_at < now and within(t.due_at) for t in tasks("lead")),
            None,
        ),
        "extension_rate": lambda: pair(due(now), lambda t: t.due_at != t.original_due_at),
        "return_rate": lambda: pair(handed, lambda t: t.state == "returned"),
        "rework_rate": lambda: pair(replied, lambda t: t.state == "reworked"),
        "closed_on_time": lambda: pair(
            promised, lambda c: c.answered_at is not None and c.answered_at <= c.promise_due_at
        ),
        "satisfied": lambda: pair(rated(), lambda e: e.score >= 3),
        "satisfied_top_two": lambda: pair(rated(), lambda e: e.score >= 4),
        "participation": lambda: pair(rounds(), lambda pair_: pair_[1]),
        "solved_rate": lambda: pair(
            [e for e in rated() if e.solved is not None], lambda e: e.solved
        ),
        "contacted_rate": lambda: pair(
            [e for e in rated() if e.contacted is not None], lambda e: e.contacted
        ),
        "handling_hours_mean": lambda: (pytest.approx(sum(hours), abs=0.01), len(hours)),
        "handling_hours_p50": lambda: (
            pytest.approx(hours[(len(hours) + 1) // 2 - 1], abs=0.01),
            None,
        ),
        "handling_hours_p90": lambda: (
            pytest.approx(hours[-(-len(hours) * 9 // 10) - 1], abs=0.01),
            None,
        ),
    } | {
        f"answered_within_{days}_workdays": lambda days=days: pair(
            answerable(days, now),
            lambda c: c.answered_in_workdays is not None and c.answered_in_workdays <= days,
        )
        for days in (5, 10, 15)
    }
    return slow[slug]()


@pytest.mark.parametrize("now", [NOON + 2 * DAY, moment("2026-11-09 10:00")])
def test_every_figure_equals_the_plain_count(county, now):
    for slug, metric in REGISTRY.items():
        figure = metric.count(Scope(NOVEMBER, now))
        n, total = brute_force(slug, now)
        assert (figure.n, figure.N) == (n, total), slug


def test_the_county_tells_the_cases_apart(county):
    """The figures themselves, worked out by hand: what the plain count must not get wrong together."""
    scope = Scope(NOVEMBER, NOON + 2 * DAY)
    figures = {slug: REGISTRY[slug].count(scope) for slug in REGISTRY}
    assert (figures["calls"].n, figures["direct_answered"].n) == (2, 1)
    assert (figures["satisfied"].n, figures["satisfied"].N) == (2, 3)
    assert (figures["satisfied_top_two"].n, figures["satisfied_top_two"].N) == (1, 3)
    assert (figures["participation"].n, figures["participation"].N) == (3, 4)
    assert (figures["return_rate"].n, figures["overdue_open"].n) == (1, 4)
    # three first rounds in time, one late, one rework in time, four open and overdue
    assert (figures["replied_on_time"].n, figures["replied_on_time"].N) == (4, 9)
    assert (figures["tasks_on_time"].n, figures["tasks_on_time"].N) == (5, 10)


def test_nothing_eligible_is_no_rate(cast):
    figure = REGISTRY["replied_on_time"].count(Scope(NOVEMBER, NOON))
    assert (figure.n, figure.N, figure.value, figure.percent) == (0, 0, None, None)


def test_a_rate_is_a_fraction(county):
    figure = REGISTRY["satisfied"].count(Scope(NOVEMBER, NOON + 2 * DAY))
    assert figure.value == Fraction(2, 3)


def test_channel_and_unit_narrow_every_figure(county):
    now = NOON + 2 * DAY
    phone = REGISTRY["handled"].count(Scope(NOVEMBER, now, "phone"))
    water = REGISTRY["tasks_on_time"].count(Scope(NOVEMBER, now, "", frozenset([county.water.pk])))
    assert (phone.n, water.n, water.N) == (2, 1, 1)
    for metric in REGISTRY.values():
        if metric.slug.startswith("handling_hours_p"):
            continue
        whole = metric.count(Scope(NOVEMBER, now))
        parts = metric.by(Scope(NOVEMBER, now), "channel").values()
        assert sum(part.n for part in parts) == pytest.approx(whole.n, abs=0.01), metric.slug
        if metric.is_rate:
            assert sum(part.N for part in parts) == whole.N, metric.slug


def test_months_add_up_to_the_year(county):
    now, year = NOON + 2 * DAY, Period(date(2026, 1, 1), date(2026, 12, 31))
    for slug in ("handled", "replied_on_time", "satisfied", "participation"):
        metric = REGISTRY[slug]
        months = metric.by_periods(Scope(year, now), year.months())
        whole = metric.count(Scope(year, now))
        assert len(months) == 12
        assert sum(month.n for month in months) == whole.n, slug
        assert months[10] == metric.count(Scope(NOVEMBER, now)), slug


def test_the_rows_behind_are_exactly_n_and_n_missed(county):
    scope = Scope(NOVEMBER, NOON + 2 * DAY)
    for metric in REGISTRY.values():
        if metric.is_hours:
            continue
        figure = metric.count(scope)
        rows = {
            which: metric.behind(scope, which).count() for which in ("all", "counted", "missed")
        }
        if metric.is_rate:
            assert rows == {"all": figure.N, "counted": figure.n, "missed": figure.N - figure.n}
        else:
            assert rows["all"] == figure.n, metric.slug


def test_a_unit_sees_only_its_own(county):
    now = NOON + 2 * DAY
    for metric in REGISTRY.values():
        if metric.is_office_only or metric.of == "call":
            continue
        scope = Scope(NOVEMBER, now, user=county.other_clerk)
        shown = metric.behind(scope)
        if metric.of == "task":
            assert {task.unit_id for task in shown} <= {county.water.pk}, metric.slug
        assert shown.count() <= metric.behind(Scope(NOVEMBER, now)).count()
    assert REGISTRY["tasks_on_time"].count(Scope(NOVEMBER, now, user=county.other_clerk)).N == 1


def test_both_ends_of_a_period_are_days_of_the_office(cast):
    accepted(
        cast, datetime(2026, 10, 31, 16, 0, tzinfo=moment("2026-11-01").tzinfo) + timedelta(hours=8)
    )
    accepted(cast, moment("2026-11-30 23:59"))
    accepted(cast, moment("2026-12-01 00:00"))
    assert REGISTRY["handled"].count(Scope(NOVEMBER, NOON)).n == 2


def test_periods():
    assert month_named("2018-02").last == date(2018, 2, 28)
    assert month_of(date(2018, 3, 31)).earlier() == month_named("2018-02")
    assert [p.first.month for p in last_months(date(2018, 2, 10), 3)] == [12, 1, 2]
    assert day_of(moment("2018-02-10 00:00")).first == date(2018, 2, 10)
    assert Period(date(2018, 1, 11), date(2018, 1, 20)).earlier() == Period(
        date(2018, 1, 1), date(2018, 1, 10)
    )
    with pytest.raises(ValueError, match="before"):
        Period(date(2018, 1, 2), date(2018, 1, 1))


def test_the_command_prints_every_metric(county, capsys, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON + 2 * DAY)
    call_command("metrics", "--from", "2026-11-01", "--to", "2026-11-30", "--json")
    printed = json.loads(capsys.readouterr().out)
    assert [one["metric"] for one in printed] == list(REGISTRY)
    by_slug = {one["metric"]: one for one in printed}
    assert by_slug["satisfied"] == {"metric": "satisfied", "n": 2, "N": 3, "value": 2 / 3}
    assert by_slug["calls"] == {"metric": "calls", "n": 2, "N": None, "value": 2}
    call_command(
        "metrics", "--from", "2017-01-01", "--to", "2017-01-31", "--json", "--unit", "water"
    )
    empty = {one["metric"]: one for one in json.loads(capsys.readouterr().out)}
    assert empty["satisfied"] == {"metric": "satisfied", "n": 0, "N": 0, "value": None}
    call_command("metrics", "--from", "2026-11-01", "--to", "2026-11-30", "--channel", "web")
    assert "satisfied" in capsys.readouterr().out


@pytest.mark.parametrize(
    "options",
    [
        ["--from", "2018-13-01", "--to", "2018-12-31"],
        ["--from", "2018-12-31", "--to", "2018-01-01"],
        ["--from", "2018-01-01", "--to", "2018-12-31", "--channel", "pigeon"],
        ["--from", "2018-01-01", "--to", "2018-12-31", "--unit", "nowhere"],
    ],
)
def test_the_command_refuses_bad_input_in_one_sentence(cast, options):
    with pytest.raises(CommandError) as refused:
        call_command("metrics", *options)
    assert str(refused.value).count(".") == 1 or ";" in str(refused.value)


def test_one_figure_by_name(county):
    found = figure("satisfied", NOVEMBER, at=NOON + 2 * DAY, channel="web")
    assert (found.n, found.N) == (2, 3)
