"""Near-duplicates against the judged pairs; hard negatives are most of them."""

import csv

import pytest

from search.asking.reference import FILE
from search.asking.synonyms import read_words
from search.likeness.resemblance import Matter, canonical, likeness
from search.likeness.similar import is_one_matter
from tests.search.likeness.judged_pairs import OTHER, SAME


@pytest.fixture(scope="module")
def known():
    """The shipped synonyms, without a database."""
    with FILE.open(encoding="utf-8") as rows:
        sets = [read_words(row["words"]) for row in csv.DictReader(rows)]
    return {word: words for words in sets for word in words}


def compared(pair, known):
    one, here, other, there = (canonical(text, known) for text in pair)
    return likeness(Matter(one, here), Matter(other, there))


def test_a_matter_told_twice_is_recognised_with_precision(known):
    right = [pair for pair in SAME if is_one_matter(compared(pair, known))]
    wrong = [pair for pair in OTHER if is_one_matter(compared(pair, known))]
    precision, recall = len(right) / (len(right) + len(wrong)), len(right) / len(SAME)
    assert wrong == []
    assert precision >= 0.95
    assert recall >= 0.9, [pair for pair in SAME if pair not in right]


def test_the_judged_set_is_large_and_mostly_hard():
    assert len(SAME) + len(OTHER) >= 40
    assert len(OTHER) > len(SAME)
    assert len({*SAME, *OTHER}) == len(SAME) + len(OTHER)


def test_likeness_is_the_same_both_ways(known):
    for pair in (*SAME, *OTHER):
        swapped = (pair[2], pair[3], pair[0], pair[1])
        assert is_one_matter(compared(pair, known)) == is_one_matter(compared(swapped, known)), pair


def test_towns_apart_are_two_places_whatever_the_street():
    one = Matter("路灯整排不亮", "解放路", "430329101")
    for region, apart in (
        ("430329102", True),
        ("430329101", False),
        ("430329", False),
        ("", False),
    ):
        other = Matter("路灯整排不亮", "解放路", region)
        assert likeness(one, other).is_elsewhere == apart
        assert is_one_matter(likeness(one, other)) != apart


@pytest.mark.parametrize(
    "text", ["", " ", "？？", "a" * 10_000, "路" * 10_000, "\x00", "希望有关部门"]
)
def test_texts_that_say_nothing_are_like_nothing(text, known):
    found = likeness(Matter(canonical(text, known)), Matter("路灯整排不亮"))
    assert found.wording == 0
    assert not is_one_matter(found)
