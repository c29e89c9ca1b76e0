"""Every declared figure equals a plain count in Python over cases made by the verbs."""

import json
from datetime import date, datetime, timedelta
from fractions import Fraction

import pytest
from django.core.management import CommandError, call_command

from satisfaction.metrics import REGISTRY, Figure, MetricScope, figure
from satisfaction.metrics.together import months_together
from satisfaction.periods import Period, day_of, last_months, month_named, month_of
from tests.cast import NOON, moment
from tests.satisfaction.county import NOVEMBER, two_weeks
from tests.satisfaction.matters import DAY, accepted
from tests.satisfaction.metrics.plain_counts import brute_force


@pytest.fixture
def county(cast):
    return two_weeks(cast)


@pytest.mark.parametrize(
    ("figure", "number", "total"),
    [
        (Figure(7), 7, 0),
        (Figure(None), 0, 0),
        (Figure(3, 4, is_rate=True), 3, 4),
        (Figure(0, 0, is_rate=True), 0, 0),
    ],
)
def test_what_is_missing_of_a_figure_counts_as_nothing(figure, number, total):
    assert (figure.number, figure.total) == (number, total)


@pytest.mark.parametrize("now", [NOON + 2 * DAY, moment("2026-11-09 10:00")])
def test_every_figure_equals_the_plain_count(county, now):
    for slug, metric in REGISTRY.items():
        figure = metric.count(MetricScope(NOVEMBER, now))
        n, total = brute_force(slug, now)
        assert (figure.n, figure.N) == (n, total), slug


def test_the_county_tells_the_cases_apart(county):
    """The figures themselves, worked out by hand: what the plain count must not get wrong together."""
    scope = MetricScope(NOVEMBER, NOON + 2 * DAY)
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
    figure = REGISTRY["replied_on_time"].count(MetricScope(NOVEMBER, NOON))
    assert (figure.n, figure.N, figure.value, figure.percent) == (0, 0, None, None)


def test_a_rate_is_a_fraction(county):
    figure = REGISTRY["satisfied"].count(MetricScope(NOVEMBER, NOON + 2 * DAY))
    assert figure.value == Fraction(2, 3)


def test_channel_and_unit_narrow_every_figure(county):
    now = NOON + 2 * DAY
    phone = REGISTRY["handled"].count(MetricScope(NOVEMBER, now, "phone"))
    water = REGISTRY["tasks_on_time"].count(
        MetricScope(NOVEMBER, now, "", frozenset([county.water.pk]))
    )
    assert (phone.n, water.n, water.N) == (2, 1, 1)
    for metric in REGISTRY.values():
        if metric.slug.startswith("handling_hours_p"):
            continue
        whole = metric.count(MetricScope(NOVEMBER, now))
        parts = metric.by(MetricScope(NOVEMBER, now), "channel").values()
        assert sum(part.n for part in parts) == pytest.approx(whole.n, abs=0.01), metric.slug
        if metric.is_rate:
            assert sum(part.N for part in parts) == whole.N, metric.slug


def test_months_add_up_to_the_year(county):
    now, year = NOON + 2 * DAY, Period(date(2026, 1, 1), date(2026, 12, 31))
    for slug in ("handled", "replied_on_time", "satisfied", "participation"):
        metric = REGISTRY[slug]
        months = months_together([metric], MetricScope(year, now), list(year.months()))[metric]
        whole = metric.count(MetricScope(year, now))
        assert len(months) == 12
        assert sum(month.n for month in months) == whole.n, slug
        assert months[10] == metric.count(MetricScope(NOVEMBER, now)), slug


def test_the_rows_behind_are_exactly_n_and_n_missed(county):
    scope = MetricScope(NOVEMBER, NOON + 2 * DAY)
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
        scope = MetricScope(NOVEMBER, now, user=county.other_clerk)
        shown = metric.behind(scope)
        if metric.of == "task":
            assert {task.unit_id for task in shown} <= {county.water.pk}, metric.slug
        assert shown.count() <= metric.behind(MetricScope(NOVEMBER, now)).count()
    assert (
        REGISTRY["tasks_on_time"].count(MetricScope(NOVEMBER, now, user=county.other_clerk)).N == 1
    )


def test_both_ends_of_a_period_are_days_of_the_office(cast):
    accepted(
        cast, datetime(2026, 10, 31, 16, 0, tzinfo=moment("2026-11-01").tzinfo) + timedelta(hours=8)
    )
    accepted(cast, moment("2026-11-30 23:59"))
    accepted(cast, moment("2026-12-01 00:00"))
    assert REGISTRY["handled"].count(MetricScope(NOVEMBER, NOON)).n == 2


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
