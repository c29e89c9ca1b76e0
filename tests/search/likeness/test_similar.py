"""Similar cases: reasons in words, permission inside, never slower for more."""

import pytest
from django.db import DatabaseError

from cases.events.outbox import drain
from cases.models import Case
from search.engines.embedded import EmbeddedEngine
from search.likeness.similar import LikenessAsked, similar_cases
from tests.cast import NOON

LIGHTS = "人民路东段路灯整排不亮，晚上看不见路"
CANARY = "金丝雀工厂夜里偷排"


def asked(text=LIGHTS, phone="", **known):
    return LikenessAsked.by_phone(text, phone, **({"address": "人民路东段"} | known))


def told(found):
    return [(one.case.number, one.why, one.is_duplicate) for one in found]


@pytest.fixture
def lights(say):
    return say("人民路东段的路灯坏了，整排都不亮")


def test_the_same_matter_says_why(lights, cast):
    found = similar_cases(asked(phone="13807316217"), cast.operator)
    assert told(found) == [(lights.number, "同一来电人 · 同一地点 · 内容相近 36 %", True)]
    assert 0 < found[0].score <= 1


def test_another_matter_of_the_place_or_another_place_is_no_duplicate(say, cast):
    say("人民路东段下水道堵了，污水外溢")
    elsewhere = say("建设路西段路灯整排不亮", address="建设路西段")
    found = similar_cases(asked(), cast.operator)
    assert [(one.case, one.is_duplicate) for one in found] == [(elsewhere, False)]
    assert "同一地点" not in found[0].why


def test_synonyms_count_as_the_same_word(say, cast):
    from search.asking.synonyms import keep_set

    keep_set(None, text="停水\n断水", note="", by=cast.sysadmin, at=NOON)
    case = say("幸福家园断水", title="幸福家园断水", address="幸福家园")
    found = similar_cases(asked("幸福家园停水了", address="幸福家园"), cast.operator)
    assert [(one.case, one.is_duplicate) for one in found] == [(case, True)]


def test_only_the_states_that_are_asked_for_and_never_itself(lights, cast):
    assert similar_cases(asked(), cast.operator, states=("closed",)) == []
    assert similar_cases(asked(without=lights.pk), cast.operator) == []
    Case.objects.filter(pk=lights.pk).update(is_test=True)
    assert similar_cases(asked(), cast.operator) == []


@pytest.fixture
def planted(say, cast):
    """A secret report by Wang's number about the housing bureau, dispatched to the waterworks."""
    case = say(CANARY, title=CANARY, demand_type="report", respondents=(cast.housing,))
    case.accept(category=cast.leaks, by=cast.dispatcher, at=NOON)
    case.dispatch(lead=cast.water, basis="目录", by=cast.dispatcher, at=NOON)
    drain(at=NOON)
    return case


@pytest.mark.parametrize("who", ["dispatcher", "supervisor", "other_clerk"])
def test_those_who_may_see_it_are_told(planted, cast, who):
    found = similar_cases(asked(CANARY), getattr(cast, who))
    assert [one.case for one in found] == [planted]


@pytest.mark.parametrize("who", ["operator", "clerk", "leader", "sysadmin", "auditor"])
def test_those_who_may_not_are_told_nothing(planted, cast, who):
    for phone in ("", "13807316217"):
        assert similar_cases(asked(CANARY, phone), getattr(cast, who)) == []


def test_a_hidden_case_changes_no_score(lights, say, cast):
    before = (
        told(similar_cases(asked(phone="13807316217"), cast.clerk)),
        told(similar_cases(asked(phone="13807316217"), cast.operator)),
    )
    scores = [one.score for one in similar_cases(asked(), cast.operator)]
    for n in range(3):
        say(f"{LIGHTS}{n}", demand_type="report", respondents=(cast.housing,), secrecy="secret")
    assert [one.score for one in similar_cases(asked(), cast.operator)] == scores
    after = (
        told(similar_cases(asked(phone="13807316217"), cast.clerk)),
        told(similar_cases(asked(phone="13807316217"), cast.operator)),
    )
    assert after == before


def test_a_unit_never_learns_who_called(lights, cast):
    lights.accept(category=cast.street_lights, by=cast.dispatcher, at=NOON)
    lights.dispatch(lead=cast.housing, basis="目录", by=cast.dispatcher, at=NOON)
    drain(at=NOON)
    found = similar_cases(asked(phone="13807316217"), cast.clerk)
    assert [one.case for one in found] == [lights]
    assert "来电人" not in found[0].why
    assert found[0].score == similar_cases(asked(), cast.clerk)[0].score


@pytest.mark.embedded_only
def test_without_the_index_the_callers_own_cases_are_found(lights, cast, monkeypatch):
    def broken(*_args, **_more):
        raise DatabaseError("no such index")

    monkeypatch.setattr(EmbeddedEngine, "similar", broken)
    assert similar_cases(asked(), cast.operator) == []
    found = similar_cases(asked(phone="13807316217"), cast.operator)
    assert [one.case for one in found] == [lights]


@pytest.mark.parametrize("rows", [1, 3])
def test_asks_the_same_however_many(say, cast, rows, django_assert_max_num_queries):
    for n in range(rows):
        say(f"人民路东段的路灯坏了{n}，整排都不亮")
    similar_cases(asked(), cast.operator)
    with django_assert_max_num_queries(10):
        found = similar_cases(asked(phone="13807316217"), cast.operator)
    assert len(found) == rows


@pytest.mark.parametrize("text", ["", "x", "\x00", "'; --", "路" * 20_000, "？？？"])
def test_hostile_text_is_text(lights, cast, text):
    assert similar_cases(LikenessAsked.by_phone(text, "1" * 500), cast.operator) == []
