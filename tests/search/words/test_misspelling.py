"""What may have been meant: words that sound the same, or are one character apart."""

import pytest

from search.words.misspelling import corrections, one_apart


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("幸福家园", "幸福佳园", True),  # one changed
        ("幸福家园", "幸福家园里", True),  # one added at the end
        ("幸福家园", "福家园", True),  # one left out at the beginning
        ("福家园", "幸福家园", True),
        ("幸福家园", "幸家福园", True),  # two neighbours swapped
        ("ab", "ba", True),
        ("幸福家园", "幸福家园", False),  # the same
        ("幸福家园", "家福幸园", False),
        ("幸福家园", "幸运之园", False),
        ("幸福家园", "幸园", False),  # two left out
        ("福家园", "幸运家园", False),
        ("", "甲", True),
    ],
)
def test_one_apart(one, other, apart):
    assert one_apart(one, other) is apart
    assert one_apart(other, one) is apart


@pytest.mark.parametrize(
    ("typed", "vocabulary", "meant"),
    [
        ("井改坏了", ["井盖"], ["井盖坏了"]),
        ("坏了的井改", ["井盖"], ["坏了的井盖"]),
        ("井改和井改", ["井盖"], ["井盖和井改", "井改和井盖"]),
        ("井盖坏了", ["井盖"], []),  # the word is there
        ("幸福加园", ["幸福家园"], ["幸福家园"]),  # both alike and near: once
        ("幸福公园", ["幸福家园", "幸福工园"], ["幸福工园", "幸福家园"]),  # the same sound first
        ("水改", ["水费"], []),  # too short to be compared by its characters
        ("井", ["井盖"], []),  # the word is longer than what was typed
        ("停水", [], []),
    ],
)
def test_corrections(typed, vocabulary, meant):
    assert corrections(typed, vocabulary) == meant
