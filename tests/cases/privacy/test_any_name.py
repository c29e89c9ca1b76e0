"""Whatever somebody types into the field for the name, it is found as typed and breaks nothing."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cases.privacy.identity.finding import Known, applied, find

NAMES = st.text(
    st.sampled_from("王芳东方0189aQ１①·.*+?()[]{}\\|^$-。、，'\" \u200b\n"), max_size=12
)


@given(NAMES, NAMES, NAMES)
@example("访客0001", "0731", "王.*")
@example("(?P<a>", "[", "\\1")
@example("测试10", "a\\", "？1？")
def test_no_name_is_a_pattern(one, other, text):
    for stays_unknown in (False, True):
        known = Known(names=(one, other), numbers=(other,), stays_unknown=stays_unknown)
        marks = find(text + one + other, known)
        assert all(mark.start < mark.end for mark in marks)


@pytest.mark.parametrize("stays_unknown", [False, True])
@pytest.mark.parametrize("name", ["访客0001", "测试10号", "王（小）明", "Ann*Lee", "覃.棠+1"])
def test_a_name_with_digits_and_signs_is_found(name, stays_unknown):
    text = f"来电人说{name}，路灯不亮"
    known = Known(names=(name,), stays_unknown=stays_unknown)
    assert applied(text, find(text, known)) == "来电人说〔姓名〕，路灯不亮"


def test_a_name_of_one_word_in_latin_letters_is_no_part_of_another_word():
    known = Known(names=("wangfang",))
    text = "wangfang来信，Ｗang Fang来信，wangfangjie来信，xwangfang来信"
    left = "〔姓名〕来信，〔姓名〕来信，wangfangjie来信，xwangfang来信"
    assert applied(text, find(text, known)) == left


def test_three_letters_of_a_known_name_with_stops_between():
    assert applied("莫｡雨｡桐", find("莫｡雨｡桐", Known(names=("莫雨桐",)))) == "〔姓名〕"
