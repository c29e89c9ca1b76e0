"""Known cases as bits: exact for any set of ids, and small."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from search.asking.known import pack, unknown

IDS = st.sets(st.integers(1, 5_000))


@given(IDS, IDS, IDS)
def test_what_was_added_is_known_and_nothing_else(first, second, asked):
    known = pack(second, pack(first))
    assert set(unknown(asked, known)) == asked - first - second


def test_nothing_is_known_at_first():
    assert unknown([1, 9], None) == [1, 9]
    assert unknown([1, 9], pack([])) == [1, 9]


def test_a_million_cases_stay_small():
    every = pack(range(1, 1_000_001))
    assert unknown([1, 1_000_000, 1_000_001], every) == [1_000_001]
    assert len(every) < 2_000
    scattered = pack(Random(1).sample(range(1, 1_000_001), 100_000))  # noqa: S311 - no secret
    assert len(scattered) < 126_000
