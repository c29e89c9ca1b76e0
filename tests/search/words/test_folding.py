"""Folding keeps offsets true and joins what is the same word."""

import sys

import pytest

from search.words.folding import fold


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("訴求", "诉求"),
        ("電動車充電樁", "电动车充电桩"),
        ("ＡＢＣ１２３", "abc123"),
        ("KTV噪音", "ktv噪音"),
        ("　：，", " :,"),
        ("诉求", "诉求"),
        ("ｶﾗｵｹ", "カラオケ"),
        ("", ""),
    ],
)
def test_folds(written, folded):
    assert fold(written) == folded


def test_every_character_folds_to_exactly_one_and_folding_is_stable():
    whole = "".join(chr(code) for code in range(sys.maxunicode + 1))
    once = fold(whole)
    assert len(once) == len(whole)
    assert [(a, b) for a, b in zip(once, fold(once), strict=True) if a != b] == []
