"""The measures themselves, on answers worked out by hand."""

import pytest

from tests.search.asking.relevance.measures import dcg, ndcg, precision, recall

JUDGED = {"a": 3, "b": 2, "c": 1}


def test_gain():
    assert dcg([3]) == 7
    assert dcg([0, 3]) == pytest.approx(7 / 1.58496, abs=1e-4)
    assert dcg([]) == 0


def test_best_worst_and_between():
    assert ndcg(["a", "b", "c"], JUDGED) == 1
    assert ndcg([], JUDGED) == 0
    assert ndcg(["x", "y"], JUDGED) == 0
    assert 0 < ndcg(["c", "b", "a"], JUDGED) < ndcg(["a", "c", "b"], JUDGED) < 1
    assert ndcg(["x"] * 10 + ["a"], JUDGED) == 0  # beyond the tenth place nobody looks


def test_shares():
    assert recall(["a", "x"], JUDGED) == pytest.approx(1 / 3)
    assert precision(["a", "x"], JUDGED) == 0.5
    assert precision([], JUDGED) == 0
