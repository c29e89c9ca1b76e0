"""A text as units read it: what the rule found, what a person added or took out, made again and again."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.privacy.handling import Identity, Knowledge, cut, made, restored
from cases.privacy.identity.finding import Known, Voice

WANG = Knowledge(
    Known(names=("王桂芬",), numbers=("13807316217",), public_numbers=("0731-55556666",))
)
LETTER = "我叫王桂芬，电话138 0731 6217，路灯不亮，王女士在家，请打0731-55556666。"
PIECES = (
    *("我叫", "王桂芬", "王女士", "13807316217", "１３８０", "〔姓名〕", "〔号码〕"),
    *("，", "路灯", "〔", "家住", "电话"),
)


def knowing(**said):
    return Knowledge(WANG.known, Identity(**said))


def test_names_and_numbers_of_the_case_go_and_the_units_number_stays():
    assert (
        made(LETTER, WANG)
        == "我叫〔姓名〕，电话〔号码〕，路灯不亮，〔姓名〕在家，请打0731-55556666。"
    )


def test_a_text_that_tells_nobody_is_the_very_same():
    text = "路灯整排不亮"
    assert made(text, WANG) is text
    assert made("", WANG) == ""


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join), st.sampled_from(Voice))
def test_what_was_made_is_not_made_again(text, voice):
    once = made(text, WANG, voice)
    assert made(once, WANG, voice) == once


def test_a_word_before_a_name_is_no_name_when_it_is_read_again():
    once = made("我叫路灯王桂芬", WANG)
    assert once == "我叫路灯〔姓名〕"
    assert made(once, WANG) == once
    assert made("我叫王五〔号码〕", WANG) == "我叫〔姓名〕〔号码〕"


def test_a_word_that_a_person_added_goes_in_any_spelling():
    told = made("老孙头和老 孙 头都说，8楼孙家", knowing(hide=("老孙头",)))
    assert told == "〔姓名〕和〔姓名〕都说，8楼孙家"
    assert made("内线５５６６１接", knowing(hide=("55661",))) == "内线〔号码〕接"


def test_a_word_of_a_stand_in_is_left_alone_inside_it():
    assert made("〔姓名〕说姓名写错了", knowing(hide=("姓名",))) == "〔姓名〕说〔姓名〕写错了"


def test_a_word_that_a_person_added_and_a_name_in_it_go_together():
    assert made("住王桂芬家，门开着", knowing(hide=("桂芬家",))) == "住〔姓名〕，门开着"


def test_a_word_that_tells_nobody_stays():
    assert made(LETTER, knowing(keep=("王女士",))).count("王女士在家") == 1
    assert "王桂芬" not in made(LETTER, knowing(keep=("王女士",)))


def test_names_that_one_text_introduced_are_known_in_the_others():
    assert made("已与李小梅联系", knowing(names=("李小梅",)), Voice.UNIT) == "已与〔姓名〕联系"


def test_who_changes_a_handling_text_changes_the_words_around_the_names():
    shown = made("王桂芬来电，电话13807316217", WANG)
    assert (
        restored(shown + "，已记", "王桂芬来电，电话13807316217", WANG)
        == "王桂芬来电，电话13807316217，已记"
    )


def test_a_units_own_number_stands_for_nothing_that_was_left_out():
    original = "王桂芬来电，咨询电话：13873109999。"
    shown = made(original, WANG, Voice.UNIT)
    assert shown == "〔姓名〕来电，咨询电话：13873109999。"
    edited = shown.replace("来电", "来信")
    assert restored(edited, original, WANG, Voice.UNIT) == original.replace("来电", "来信")


def test_when_a_stand_in_is_missing_nobody_guesses_which():
    original = "王桂芬和王女士来电，电话13807316217"
    assert restored("〔姓名〕来电，电话〔号码〕", original, WANG) == "〔姓名〕来电，电话〔号码〕"
    assert restored("谁来电", original, WANG) == "谁来电"


def test_neighbours_that_share_a_stand_in_come_back_together():
    original = "王桂芬王女士来电，电话13807316217"
    shown = made(original, WANG)
    assert shown == "〔姓名〕来电，电话〔号码〕"
    assert restored(shown, original, WANG) == original


def test_identity_is_read_back_as_it_was_kept():
    one = Identity(("王桂芬",), ("老孙头",), ("李家村",), ("1203",))
    assert Identity.of(one.as_text()) == one
    before = '[["王桂芬"], ["老孙头"], []]'  # sealed before rooms were kept
    assert Identity.of(before) == Identity(("王桂芬",), ("老孙头",))
    assert not Identity.of("")
    assert len(Identity().with_names(map(str, range(100))).names) == 40


def test_stand_ins_fit_the_column():
    assert cut("甲" * 120, 120) == "甲" * 120
    assert cut("甲" * 121, 120) == "甲" * 119 + "…"


@pytest.mark.parametrize("nasty", ["〔姓名〕我叫王桂芬，", "〔号码〕", "王桂芬〔姓名〕", "老孙头"])
def test_ten_times_the_text_takes_about_ten_times_as_long(nasty):
    def taken(size):
        times = []
        for _ in range(3):
            begun = time.process_time()
            made((nasty * size)[:size], knowing(hide=("老孙头",), keep=("王女士",)))
            times.append(time.process_time() - begun)
        return min(times)

    assert taken(6_000) / max(taken(600), 1e-4) < 40
