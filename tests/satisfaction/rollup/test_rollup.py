"""Rolled-up months: equal to counting live after every change, for those who see everything only."""

import pytest

from cases.models import Assignment, Case, Reason
from hotline.intake import log_call
from satisfaction.calling.recording import record_attempt
from satisfaction.dissatisfied.deciding import decide_dissatisfied
from satisfaction.metrics import REGISTRY, MetricScope
from satisfaction.metrics.metric import Metric
from satisfaction.models import RolledMonth
from satisfaction.periods import Period, month_named, month_of
from satisfaction.rollup import writing
from satisfaction.rollup.reading import MonthsReading, ScopeReading
from satisfaction.rollup.upkeep import note_since, past_months, recount, stale_months
from tests.cast import NOON, moment
from tests.satisfaction.county import START, two_weeks
from tests.satisfaction.matters import (
    DAY,
    accepted,
    answered,
    dispatched,
    reply,
    sign_and_contact,
)
from tests.satisfaction.rolling import drain

LATER = moment("2027-02-20 09:00")
MONTHS = [month_named(name) for name in ("2026-10", "2026-11", "2026-12", "2027-01")]
SEASON = Period(MONTHS[0].first, MONTHS[-1].last)
COLUMNS = [REGISTRY[slug] for slug in ("handled", "replied_on_time", "satisfied")]


def roll(at=LATER):
    """As the worker does: serve the outbox, then count what is stale; returns the months counted."""
    drain()
    return [month.first.isoformat()[:7] for month in stale_months(at) if recount(month, at)]


def stale(at=LATER):
    drain()
    return {month.first.isoformat()[:7] for month in stale_months(at)}


def assert_equal_to_live(at=LATER, **narrowed):
    for period in (*MONTHS, SEASON):
        scope = MetricScope(period, at, **narrowed)
        reading = ScopeReading(REGISTRY.values(), scope, COLUMNS)
        assert len(reading.used) == len(list(period.months()))
        for metric, figure in reading.totals().items():
            live = metric.count(scope)
            assert (figure.n, figure.N) == (pytest.approx(live.n, abs=0.01), live.N), metric.slug
        for metric in COLUMNS:
            for column in ("unit", "channel"):
                assert reading.counted.by(metric, column) == metric.by(scope, column)
    found = MonthsReading(COLUMNS, MetricScope(SEASON, at, **narrowed), MONTHS)
    assert found.is_live is False
    for metric in COLUMNS:
        assert found.figures[metric] == [
            metric.count(MetricScope(month, at, **narrowed)) for month in MONTHS
        ]


def extend_into_december(cast):
    """Due in the last days of November, extended into December."""
    case = dispatched(cast, moment("2026-11-20 09:00"))
    task = sign_and_contact(cast, case, moment("2026-11-20 10:00"))
    assert task.due_at.month == 11
    yield case
    task.ask_extension(
        reason=cast.needs_works, text="需停电施工。", days=5, by=cast.clerk,
        at=moment("2026-11-20 11:00"),
    )  # fmt: skip
    task.requests.get().grant_extension(
        note="同意", by=cast.dispatcher, at=moment("2026-11-20 12:00")
    )
    assert Assignment.objects.get(pk=task.pk).due_at.month == 12


def test_many_changes_end_as_counted_live(cast):
    two_weeks(cast)
    roll()
    assert_equal_to_live()
    extension = extend_into_december(cast)
    case = next(extension)
    roll()
    before = ScopeReading(COLUMNS, MetricScope(MONTHS[1], LATER), []).totals()[COLUMNS[1]].N
    next(extension, None)
    assert {"2026-11", "2026-12"} <= stale()
    roll()
    after = ScopeReading(COLUMNS, MetricScope(MONTHS[1], LATER), []).totals()[COLUMNS[1]].N
    assert (before, after) == (before, before - 1)
    reply(cast, dispatched(cast, moment("2026-12-30 15:00")), moment("2027-01-04 10:00"))
    unhappy = answered(cast, START + 28 * DAY, START + 30 * DAY)
    record_attempt(
        unhappy, result="reached", satisfaction=1, reason="slow", by=cast.agent, at=START + 31 * DAY
    )
    decide_dissatisfied(
        unhappy, decision="rework", reason="没修好", by=cast.reviewer, at=START + 32 * DAY
    )
    refused = accepted(cast, START + 27 * DAY, channel="phone", by=cast.operator)
    nuisance = Reason.objects.create(kind="reject", code="spam", name="恶意骚扰", makes_void=True)
    refused.reject(reason=nuisance, legal_route="不予受理", by=cast.dispatcher, at=START + 28 * DAY)
    assert Case.objects.get(pk=refused.pk).is_void
    roll()
    assert_equal_to_live()
    for narrowed in ({"channel": "phone"}, {"unit_ids": frozenset([cast.water.pk])}):
        assert_equal_to_live(**narrowed)
    for mark in ({"is_test": True}, {"merged_into": unhappy}, {"is_void": True}):
        Case.objects.filter(pk=case.pk).update(**mark)  # the verbs for it are still to come
        case.lead().record_first_contact(
            method="phone", by=cast.clerk, at=moment("2026-11-24 11:00")
        )
        roll()
        assert_equal_to_live()


def test_only_months_from_the_first_contact_on_are_counted_again(cast):
    dispatched(cast, moment("2026-09-10 09:00"))
    dispatched(cast, moment("2026-11-03 09:00"))
    roll()
    assert stale() == set()
    accepted(cast, moment("2026-12-02 09:00"))
    assert stale() == {"2026-12", "2027-01"}


def test_no_date_of_a_case_lies_before_the_month_of_its_first_contact(cast):
    two_weeks(cast)
    dated = [(metric.rows().select_related(), metric.dated) for metric in REGISTRY.values()]
    for rows, name in dated:
        for row in rows:
            case, when = getattr(row, "case", row), getattr(row, name)
            began = min(case.contact_at, case.registered_at)
            assert when is None or month_of(when.date()).first >= month_of(began.date()).first


def test_what_changes_while_a_month_is_counted_makes_it_stale(cast, monkeypatch):
    case = dispatched(cast, moment("2026-11-03 09:00"))
    drain()
    month, write = month_named("2026-11"), writing.written

    def meanwhile(scope):
        counted = write(scope)
        reply(cast, case, moment("2026-11-05 09:00"))
        drain()
        return counted

    recount(month, LATER)
    monkeypatch.setattr("satisfaction.rollup.upkeep.written", meanwhile)
    assert recount(month, LATER) is False
    assert "2026-11" in stale()
    monkeypatch.undo()
    assert "2026-11" in roll()
    figure = ScopeReading(COLUMNS, MetricScope(month, LATER), []).totals()[COLUMNS[1]]
    assert (figure.n, figure.N) == (1, 1)


def test_a_call_about_no_case_counts_too(cast):
    dispatched(cast, moment("2026-11-03 09:00"))
    roll()
    log_call("13800000001", "王", "拨错号码", None, by=cast.operator, at=moment("2026-12-03 09:00"))
    assert stale() == {"2026-12", "2027-01"}
    roll()
    calls = ScopeReading([REGISTRY["calls"]], MetricScope(MONTHS[2], LATER), []).totals()
    assert calls[REGISTRY["calls"]].n == 1


def test_another_version_of_a_metric_makes_all_stale(cast, monkeypatch):
    dispatched(cast, moment("2026-11-03 09:00"))
    roll()
    metric = REGISTRY["satisfied"]
    newer = Metric(**{**vars(metric), "version": metric.version + 1})
    monkeypatch.setitem(REGISTRY, "satisfied", newer)
    writing.declared.cache_clear()
    assert stale() == {month.first.isoformat()[:7] for month in past_months(LATER)}
    monkeypatch.undo()
    writing.declared.cache_clear()
    assert stale() == set()


def test_a_month_whose_limits_still_run_is_counted_again_each_day(cast):
    accepted(cast, moment("2026-11-27 09:00"))
    soon, month = moment("2026-12-03 09:00"), month_named("2026-11")
    within = [REGISTRY[f"answered_within_{days}_workdays"] for days in (5, 10, 15)]
    roll(soon)
    assert RolledMonth.objects.get(first=month.first).good_until == moment("2026-12-04 00:00")
    assert [figure.N for figure in ScopeReading(within, MetricScope(month, soon), []).totals().values()] == [
        0, 0, 0,
    ]  # fmt: skip
    assert "2026-11" in stale(soon + DAY)
    for at in (soon + 3 * DAY, soon + 12 * DAY, soon + 20 * DAY):
        reading = ScopeReading(within, MetricScope(month, at), [])  # stale: counted live
        assert reading.used == {}
        roll(at)
        rolled = ScopeReading(within, MetricScope(month, at), [])
        assert rolled.used
        assert rolled.totals() == reading.totals()
    assert RolledMonth.objects.get(first=month.first).good_until is None


def test_no_metric_changes_with_time_alone_once_it_is_settled(cast):
    two_weeks(cast)
    for month in MONTHS[:2]:
        for metric in REGISTRY.values():
            at = month.end
            while not metric.is_settled(month, at):
                at += DAY
            now, later = (metric.count(MetricScope(month, when)) for when in (at, at + 365 * DAY))
            assert now == later, metric.slug


def test_the_running_month_is_never_rolled_up(cast):
    dispatched(cast, moment("2026-11-03 09:00"))
    with pytest.raises(ValueError, match="over"):
        recount(month_named("2026-11"), NOON)
    assert "2026-11" not in roll(NOON)


def test_counting_again_twice_changes_nothing(cast):
    two_weeks(cast)
    drain()
    assert recount(MONTHS[1], LATER) is True
    kept = RolledMonth.objects.values("whole", "groups", "changes", "counted").get()
    assert recount(MONTHS[1], LATER) is True
    assert RolledMonth.objects.values("whole", "groups", "changes", "counted").get() == kept


def test_noting_a_change_touches_only_rolled_up_months(cast):
    assert note_since(NOON) == 0
