"""How long handling took: hours with two decimals, the mean as a sum beside its number."""

from datetime import timedelta

from satisfaction.metrics import REGISTRY, MetricScope
from satisfaction.metrics.metric import Figure
from tests.cast import NOON
from tests.satisfaction.county import NOVEMBER
from tests.satisfaction.matters import DAY, answered

MEAN, HALF, NINE_TENTHS = (REGISTRY[f"handling_hours_{name}"] for name in ("mean", "p50", "p90"))
BEGUN = NOON - 3 * DAY
LATER = MetricScope(NOVEMBER, NOON)


def test_the_length_of_one_task(cast):
    answered(cast, BEGUN, BEGUN + timedelta(minutes=80))
    assert MEAN.count(LATER) == Figure(1.33, 1, is_rate=True)
    assert HALF.count(LATER) == NINE_TENTHS.count(LATER) == Figure(1.33)


def test_the_mean_adds_and_the_places_are_of_tasks(cast):
    for minutes in (80, 100, 420):
        answered(cast, BEGUN, BEGUN + timedelta(minutes=minutes))
    assert MEAN.count(LATER) == Figure(10.0, 3, is_rate=True)
    assert (HALF.count(LATER).n, NINE_TENTHS.count(LATER).n) == (1.67, 7.0)


def test_nothing_finished_has_no_length(cast):
    assert MEAN.count(LATER) == Figure(0.0, 0, is_rate=True)
    assert HALF.count(LATER) == Figure(None)
