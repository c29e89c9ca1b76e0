"""Tokens: pairs of neighbours, last single, words, separators; phrases fit them."""

import pytest

from search.words.tokens import Phrase, content_pairs, index_tokens, phrase, words


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("诉求人", ["诉求", "求人", "人"]),
        ("水", ["水"]),
        ("停水，断电", ["停水", "水", "ǁ", "断电", "电"]),
        ("幸福家园3栋", ["幸福", "福家", "家园", "园", "3", "栋"]),
        ("KTV 噪音", ["ktv", "ǁ", "噪音", "音"]),
        ("……停", ["停"]),
        ("snake_case", ["snake", "ǁ", "case"]),
        ("𠮷野家", ["𠮷野", "野家", "家"]),
        ("", []),
    ],
)
def test_index_tokens(text, tokens):
    assert index_tokens(text) == tokens


@pytest.mark.parametrize(
    ("text", "tokens", "is_prefix"),
    [
        ("停水", ("停水",), False),
        ("诉求人", ("诉求", "求人"), False),
        ("水", ("水",), True),
        ("水3", ("水", "3"), False),
        ("3栋", ("3", "栋"), True),
        ("停水，断电", ("停水", "水", "ǁ", "断电"), False),
        ("，停水！", ("停水",), False),
        ("！？", (), False),
    ],
)
def test_phrase(text, tokens, is_prefix):
    assert phrase(text) == Phrase(tokens, is_prefix)


def holds(text: str, wanted: str) -> bool:
    """Whether the phrase of ``wanted`` stands in ``text``, as an engine would check."""
    tokens, (parts, is_prefix) = index_tokens(text), phrase(wanted)
    for at in range(len(tokens) - len(parts) + 1):
        here = tokens[at : at + len(parts)]
        if here[:-1] == list(parts[:-1]) and (
            here[-1].startswith(parts[-1]) if is_prefix else here[-1] == parts[-1]
        ):
            return True
    return False


TEXT = "2026年11月，石桥镇幸福家园2期3栋A座连续停水3天，盼尽快恢复供水。"


def test_every_substring_without_a_cut_word_is_found():
    checked = 0
    for size in (1, 2, 3, 4, 7):
        for at in range(len(TEXT) - size + 1):
            piece = TEXT[at : at + size]
            cuts_a_word = any(
                edge > 0 and edge < len(TEXT) and TEXT[edge - 1].isdigit() and TEXT[edge].isdigit()
                for edge in (at, at + size)
            )
            if cuts_a_word or not phrase(piece).tokens:
                continue
            assert holds(TEXT, piece), piece
            checked += 1
    assert checked > 100


@pytest.mark.parametrize("absent", ["天盼", "月石", "水停", "复水", "家园3"])
def test_what_does_not_stand_there_is_not_found(absent):
    assert not holds(TEXT, absent)


def test_words_split_only_at_gaps():
    assert words("停水3天，KTV 噪音") == ["停水3天", "ktv", "噪音"]


def test_content_pairs_count_without_separators_and_singles():
    assert content_pairs("停水，停水了") == {"停水": 2, "水了": 1}


def test_an_endless_word_is_cut_alike_on_both_sides():
    assert index_tokens("a" * 5000) == list(phrase("a" * 5000).tokens)


def test_the_separator_itself_is_a_gap_when_typed():
    assert words("ǁ停水ǁ") == ["停水"]
    assert phrase("ǁ").tokens == ()
