"""Synonyms and spellings beside the typed word; what is in quotation marks stays as it is."""

import pytest

from search.words.expansion import MOST, expanded
from search.words.query_language import SearchTerm
from search.words.spellings import fragments, is_day, spellings

GROUPS = {
    word: words
    for words in (("停水", "断水", "没水"), ("公交", "巴士", "公共汽车"), ("led", "灯带"))
    for word in words
}


@pytest.mark.parametrize(
    ("typed", "also"),
    [
        ("停水", ("断水", "没水")),
        ("小区停水", ("小区断水", "小区没水")),
        ("停电", ()),
        ("公交车", ("公交", "巴士车", "公共汽车车")),
        ("led屏", ("灯带屏",)),
        ("ledger", ()),
        ("水", ()),
        ("公交停水", ("公交断水", "公交没水", "巴士停水", "巴士断水", "巴士没水", "公共汽车停水")),
    ],
)
def test_synonyms_are_replaced_where_they_stand(typed, also):
    groups = GROUPS | {"公交车": ("公交车", "公交")} if typed == "公交车" else GROUPS
    found = expanded(SearchTerm(typed), groups).also
    if typed == "公交车":
        assert found == ("公交",)
    else:
        assert found[: len(also)] == also
        assert bool(found) == bool(also)


def test_alternatives_are_widened_too_and_phrases_never():
    assert expanded(SearchTerm("停水", also=("公交",)), GROUPS).also == (
        "公交",
        "断水",
        "没水",
        "巴士",
        "公共汽车",
    )
    exact = SearchTerm("停水", also=("公交",), is_exact=True)
    assert expanded(exact, GROUPS) == exact


def test_the_field_stays_and_the_number_of_ways_is_bounded():
    many = {word: tuple(f"词{n}" for n in range(40)) for word in ("词1", "词2")}
    found = expanded(SearchTerm("词1", "title"), many)
    assert (found.field, len(found.also)) == ("title", MOST)


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("2026-11-05", "2026年11月5日"),
        ("2026年11月5日", "2026-11-05"),
        ("2026/1/5", "2026年01月05日"),
        ("11月5日", "11月5号"),
        ("二期", "2期"),
        ("3号楼", "三号楼"),
        ("12栋2单元", "十二栋二单元"),
        ("二十三组", "23组"),
        ("第十组", "第10组"),
        ("20路", "二十路"),
        ("261122", "26112 61122"),
    ],
)
def test_spellings(typed, other):
    assert other in spellings(typed)


@pytest.mark.parametrize(
    "typed", ["停水", "三五栋", "110号", "2026", "26112", "2026-13-05", "十十组", "1" * 20]
)
def test_no_other_spelling(typed):
    assert spellings(typed) == ()


def test_days():
    assert is_day("2026-11-05")
    assert is_day("11月5日")
    assert not is_day("11-5")
    assert not is_day("2026-11")


def test_fragments_hold_every_five_digits_and_the_end():
    assert fragments("4303292611220100") == [
        *("43032", "30329", "03292", "32926", "29261", "92611"),
        *("26112", "61122", "11220", "12201", "22010", "20100"),
        "0100",
    ]
