"""Pure matching: every branch of rules and catalogue scores."""

from datetime import time

import pytest

from routing.rules.matching import (
    Hours,
    MatterFacts,
    RoutingEntry,
    RoutingRule,
    best_entries,
    fits,
    matches,
    score,
)

FACTS = MatterFacts(
    text="夜里工地一直施工，噪声很大",
    category="030601",
    region="430329101002",
    channel="phone",
    urgency="normal",
    demand_type="complaint",
    clock=time(22, 30),
)


def rule(**conditions):
    return RoutingRule(key=1, order=10, name="测试", lead="chengguan", **conditions)


@pytest.mark.parametrize(
    "conditions",
    [
        {},
        {"category": "0306"},
        {"region": "430329101"},
        {"words": ("塌方", "工地")},
        {"channel": "phone"},
        {"urgency": "normal"},
        {"demand_type": "complaint"},
        {"hours": Hours(time(20), time(6))},
        {"hours": Hours(time(22), time(23))},
    ],
)
def test_a_condition_that_holds_fires(conditions):
    assert fits(rule(**conditions), FACTS) is not None


@pytest.mark.parametrize(
    "conditions",
    [
        {"category": "0301"},
        {"region": "430329102"},
        {"words": ("塌方",)},
        {"channel": "web"},
        {"urgency": "critical"},
        {"demand_type": "report"},
        {"hours": Hours(time(8), time(18))},
        {"hours": Hours(time(23), time(6))},
    ],
)
def test_a_condition_that_does_not_hold_stops_the_rule(conditions):
    assert fits(rule(**conditions), FACTS) is None


def test_the_first_rule_by_order_wins_whatever_the_order_given():
    late = RoutingRule(key=1, order=20, name="后", lead="b")
    early = RoutingRule(key=2, order=10, name="先", lead="a", words=("噪声",))
    match = next(matches([late, early], FACTS))
    assert (match.rule, match.word) == (early, "噪声")
    assert list(matches([], FACTS)) == []


def test_a_rule_that_does_not_hold_is_passed_over():
    elsewhere = RoutingRule(key=1, order=1, name="别处", lead="a", region="430329102")
    here = RoutingRule(key=2, order=2, name="此处", lead="b", region="430329101")
    also_here = RoutingRule(key=3, order=2, name="也在此处", lead="c")
    assert [found.rule for found in matches([also_here, here, elsewhere], FACTS)] == [
        here,
        also_here,
    ]
    assert list(matches([elsewhere], FACTS)) == []


def test_a_span_begins_with_its_first_minute_and_ends_before_its_last():
    day, night = Hours(time(8), time(18)), Hours(time(20), time(6))
    assert [day.hold(time(hour)) for hour in (7, 8, 17, 18)] == [False, True, True, False]
    assert [night.hold(time(hour)) for hour in (19, 20, 5, 6)] == [False, True, True, False]


def test_a_match_names_its_rule_also_without_words():
    plain = rule(category="0306")
    assert (fits(plain, FACTS).rule, fits(plain, FACTS).word) == (plain, "")


def test_an_unknown_hour_holds_for_no_span():
    assert not Hours(time(20), time(6)).hold(None)
    assert Hours(time(20), time(6)).hold(time(5, 59))
    assert not Hours(time(20), time(6)).hold(time(6))


@pytest.mark.parametrize(
    "text",
    ["", "20:00", "25:00-06:00", "20:00-", "06:00-06:00", "20:00-06:00-07:00", "夜里"],
)
def test_hours_that_cannot_be_read_are_an_error(text):
    with pytest.raises(ValueError) as refused:  # noqa: PT011 - what was written is named below
        Hours.parse(text)
    if text in {"", "20:00", "06:00-06:00", "夜里"}:  # else the words of Python's own reading
        assert refused.value.args == (text,)


def test_hours_are_read_as_written():
    assert Hours.parse("20:00-06:00") == Hours(time(20), time(6))


def entry(number="0301", **facts):
    return RoutingEntry(key=1, number=number, matter="夜间施工", lead="chengguan", **facts)


def test_category_counts_most_and_words_add():
    exact = score(entry(category="030601", words=("工地", "噪声")), FACTS)
    branch = score(entry(category="0306"), FACTS)
    words = score(entry(category="0101", words=("工地", "噪声")), FACTS)
    assert (exact.by, exact.score, exact.words) == ("exact", 0.84, ("工地", "噪声"))
    assert (branch.by, branch.score) == ("branch", 0.4)
    assert (words.by, words.score) == ("words", 0.34)


def test_one_word_alone_or_nothing_is_not_enough():
    assert score(entry(words=("工地",)), FACTS) is None
    assert score(entry(), MatterFacts()) is None
    assert score(entry(category="03"), MatterFacts(category="0306")) is None


def test_no_score_is_above_nine_tenths():
    many = entry(category="030601", words=("工地", "噪声", "施工", "夜里"))
    assert score(many, FACTS).score == 0.9


def test_an_entry_for_the_town_needs_the_town():
    of_town = RoutingEntry(key=1, number="1", matter="垃圾", lead="@town", category="030601")
    assert score(of_town, FACTS) is not None
    assert score(of_town, MatterFacts(category="030601", region="430329101")) is not None
    assert score(of_town, MatterFacts(category="030601", region="430329")) is None


def test_best_entries_come_best_first_and_equal_ones_by_number():
    a, b = entry("2", category="030601"), entry("1", category="030601")
    c, d = entry("3", category="0306"), entry("4", category="0101")
    assert [hit.entry.number for hit in best_entries([a, b, c, d], FACTS)] == ["1", "2", "3"]
    assert [hit.entry.number for hit in best_entries([a, b, c], FACTS, limit=1)] == ["1"]
    more = [entry(str(number), category="0306") for number in range(4, 8)]
    assert [hit.entry.number for hit in best_entries(more, FACTS)] == ["4", "5", "6"]
