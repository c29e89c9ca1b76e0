"""Counted together, in groups or month by month, every figure is what it is alone."""

import pytest

from satisfaction.metrics import REGISTRY, MetricScope
from satisfaction.metrics.duration import Percentile, percentiles
from satisfaction.metrics.metric import Figure
from satisfaction.metrics.timeliness import overdue
from satisfaction.metrics.together import MetricsCounted, counted_together, months_together, totals
from satisfaction.periods import month_named
from tests.cast import NOON, moment
from tests.satisfaction.county import NOVEMBER, two_weeks
from tests.satisfaction.matters import DAY, accepted, dispatched

LATER = MetricScope(NOVEMBER, moment("2026-12-20 10:00"))
METRICS = tuple(REGISTRY.values())
PLAIN = tuple(metric for metric in METRICS if not isinstance(metric, Percentile))


@pytest.fixture
def county(cast):
    return two_weeks(cast)


def test_the_totals_of_all_are_those_of_each(county):
    counted = counted_together(METRICS, LATER, (), ())
    found = totals(METRICS, LATER, counted)
    assert found == {metric: metric.count(LATER) for metric in METRICS}
    assert list(totals(PLAIN, LATER, counted)) == list(PLAIN)


def test_groups_add_up_to_the_whole_and_are_what_each_channel_has_alone(county):
    columns = ("channel", "unit")
    tasks = [metric for metric in PLAIN if metric.rows is REGISTRY["replied_on_time"].rows]
    counted = counted_together(PLAIN, LATER, columns, tasks)
    assert counted.columns == columns
    assert counted.total(tasks[0]) == tasks[0].count(LATER)
    alone = {
        channel: tasks[0].count(MetricScope(NOVEMBER, LATER.at, channel))
        for channel in counted.by(tasks[0], "channel")
    }
    assert len(alone) > 1
    assert counted.by(tasks[0], "channel") == alone
    both = REGISTRY["tasks_on_time"]
    units = counted.by(both, "unit")
    assert set(units) == {county.housing.pk, county.water.pk}
    assert units == {
        pk: both.count(MetricScope(NOVEMBER, LATER.at, "", frozenset([pk]))) for pk in units
    }
    whole = REGISTRY["handled"]  # of a table without a metric that is wanted in groups
    assert counted.groups[whole] == [((), {"N": whole.count(LATER).n})]


def test_parts_of_a_period_add_up(county):
    rate = REGISTRY["replied_on_time"]
    counted, again = (counted_together([rate], LATER, (), ()) for _ in range(2))
    counted.add(again.groups)
    once = rate.count(LATER)
    assert counted.total(rate) == Figure(2 * once.n, 2 * once.N, is_rate=True)


def test_what_was_not_counted_before_may_be_added(county):
    rate = REGISTRY["replied_on_time"]
    whole = MetricsCounted()
    whole.add(counted_together([rate], LATER, (), ()).groups)
    assert whole.total(rate) == rate.count(LATER)


def test_a_figure_is_read_as_numbers_also_where_there_is_nothing():
    assert [(one.number, one.total) for one in (Figure(3, 4, is_rate=True), Figure(None))] == [
        (3, 4),
        (0, 0),
    ]
    assert MetricsCounted().total(REGISTRY["replied_on_time"]) == Figure(0, 0, is_rate=True)


def test_places_are_read_with_the_count_that_is_known(county, django_assert_num_queries):
    half, mean = REGISTRY["handling_hours_p50"], REGISTRY["handling_hours_mean"]
    counted = counted_together([mean], LATER, (), ())
    alone = half.count(LATER)
    with django_assert_num_queries(1):
        assert totals([half], LATER, counted) == {half: alone}


def test_behind_a_figure_stand_all_its_rows_unless_told(county):
    rate = REGISTRY["replied_on_time"]
    every, right = set(rate.behind(LATER)), set(rate.behind(LATER, "counted"))
    assert every == set(rate.behind(LATER, "all"))
    assert right < every


def test_nothing_counted_is_nothing(cast):
    counted = counted_together(METRICS, LATER, ("unit",), METRICS)
    for metric in PLAIN:
        assert counted.total(metric) == metric.count(LATER)
        assert counted.by(metric, "unit") == {}


def test_months_are_what_each_is_alone(county):
    months = [month_named("2026-10"), month_named("2026-11")]
    rates = [REGISTRY["replied_on_time"], REGISTRY["handled"]]
    found = months_together(rates, LATER, months)
    assert found == {
        metric: [metric.count(MetricScope(month, LATER.at)) for month in months] for metric in rates
    }
    assert found[rates[1]][1].n > 0


def test_a_percentile_whose_rows_went_away_meanwhile_is_unknown(county):
    half = REGISTRY["handling_hours_p50"]
    assert percentiles([half], LATER, total=1000) == {half.slug: Figure(None)}


def test_overdue_tasks_are_open_lead_tasks_past_their_time(cast):
    accepted(cast)
    task = dispatched(cast).lead()
    assert not overdue(task.due_at).exists()
    assert overdue(task.due_at + DAY).get() == task


def test_no_period_is_settled_before_its_end(reference):
    for metric in METRICS:
        assert not metric.is_settled(NOVEMBER, NOON)
        assert metric.is_settled(NOVEMBER, NOVEMBER.end) is (metric.settled is None), metric.slug


def test_a_figure_that_waits_for_a_term_is_settled_once_it_is_over(reference):
    waiting = [metric for metric in METRICS if metric.settled]
    assert waiting
    for metric in waiting:
        assert metric.is_settled(NOVEMBER, moment("2027-03-01 10:00"))
