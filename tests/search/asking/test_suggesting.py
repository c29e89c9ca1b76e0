"""No hits: what is offered instead, always with a true count, never beyond what a person may see."""

import pytest

from search.asking.suggesting import MOST, suggestions
from search.asking.synonyms import keep_set
from search.engines.port import Filters
from search.words.misspelling import corrections, one_apart
from tests.cast import NOON


@pytest.fixture
def offered(cast):
    def ask(text, user=None, **more):
        found = suggestions(text, user or cast.dispatcher, at=NOON, **more)
        assert all(one.total > 0 for one in found)
        assert len(found) <= MOST
        return {(one.query, one.reason, one.total, one.dropped) for one in found}

    return ask


@pytest.mark.parametrize(
    ("typed", "known", "better"),
    [
        ("井改", ["井盖", "路灯"], ["井盖"]),
        ("小区井改坏了", ["井盖"], ["小区井盖坏了"]),
        ("只来水公司", ["自来水公司"], ["自来水公司"]),
        ("自水公司", ["自来水公司"], ["自来水公司"]),
        ("自来公水司", ["自来水公司"], ["自来水公司"]),
        ("路灯", ["路灯", "井盖"], []),
        ("路", ["路灯"], []),
        ("", ["路灯"], []),
    ],
)
def test_corrections(typed, known, better):
    assert corrections(typed, known) == better


@pytest.mark.parametrize(
    ("one", "other", "is_near"),
    [
        ("abc", "abd", True),
        ("abc", "abcd", True),
        ("abcd", "acd", True),
        ("abcd", "bacd", True),
        ("abc", "abc", False),
        ("abc", "ade", False),
        ("abcd", "ab", False),
        ("abcd", "badc", False),
        ("", "a", True),
    ],
)
def test_one_apart(one, other, is_near):
    assert one_apart(one, other) is is_near
    assert one_apart(other, one) is is_near


def test_homophones_of_the_offices_own_words(say, offered, cast):
    keep_set(None, text="井盖\n窨井", note="", by=cast.sysadmin, at=NOON)
    say("路口井盖破了")
    assert ("井盖", "meant", 1, "") in offered("井改")
    assert ("路口井盖", "meant", 1, "") in offered("路口井改")
    assert offered("火星移民") == set()


def test_words_written_together_and_phrases_are_loosened(say, offered):
    say("幸福家园二期连续停水")
    found = offered("家园停水")
    assert ("家园 停水", "apart", 1, "") in found
    assert ("家园 停水", "loose", 1, "") in offered('"家园 停水"')


def test_one_word_or_one_filter_less(say, offered):
    say("幸福家园停水")
    found = offered("停水 电梯")
    assert ("停水", "less", 1, "") in found
    assert not any(query == "电梯" for query, *_ in found)
    narrow = Filters(channel=("phone",), urgency=("normal",))
    assert offered("停水", filters=narrow) == {("停水", "filter", 1, "channel")}


def test_four_digits_may_be_the_end_of_a_telephone_for_the_office(say, offered, cast):
    case = say("路灯不亮", phone="13807316217")
    case.accept(category=cast.street_lights, by=cast.dispatcher, at=NOON)
    case.dispatch(lead=cast.housing, basis="目录", by=cast.dispatcher, at=NOON)
    assert ("电话:6217", "phone", 1, "") in offered("6217")
    assert offered("6217", cast.clerk) == set()


def test_nothing_is_offered_of_what_one_may_not_see(say, offered, cast):
    keep_set(None, text="金丝雀\n黄雀", note="", by=cast.sysadmin, at=NOON)
    say("举报金丝雀", demand_type="report", respondents=(cast.housing,))
    assert offered("金司雀")  # who sees it is offered it
    assert offered("火星 金丝雀")
    for who in (cast.operator, cast.clerk, cast.leader, cast.sysadmin, cast.auditor):
        for typed in ("金司雀", "火星 金丝雀", '"火星 金丝雀"', "火星金丝雀"):
            assert offered(typed, who) == set(), typed


def test_the_work_is_bounded(say, offered, monkeypatch):
    from search.asking import suggesting

    asked = []
    find = suggesting.find

    def counting(*args, **more):
        asked.append(args)
        return find(*args, **more)

    monkeypatch.setattr(suggesting, "find", counting)
    offered("火 星 移 民 计 划 说 明 书 和 附 件 第 三 版")
    assert len(asked) <= suggesting.MOST_ASKED


def test_strange_input_is_no_error(say, offered):
    for typed in ("", "，", '"', "-停水", "单位:", "a|b", "-", "\x00", "停" * 200):
        offered(typed)
