"""Characters nobody sees go; what a person reads stays as it is."""

import pytest

from cases.errors import Refused
from cases.lifecycle import asking_again
from cases.people.person import CITIZEN
from cases.privacy.unseen import without_unseen
from tests.cast import NOON, wang_says

UNSEEN = ["\u200b", "\u2060", "\u200d", "\u00ad", "\ufeff", "\u200e", "\u202e", "\u2067", "\u200c"]


@pytest.mark.parametrize("mark", UNSEEN)
def test_a_word_is_whole_again(mark):
    assert without_unseen(f"停{mark}水{mark}了") == "停水了"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain",
        "停水了\n三天\t没水",
        "买买提·艾力",
        "👨\u200d👩\u200d👧 一家三口",
        "🏳\ufe0f\u200d🌈",
        "❤\ufe0f",
    ],
)
def test_what_is_read_stays(text):
    assert without_unseen(text) == text


def test_a_joiner_stays_only_between_pictures():
    assert without_unseen("停\u200d水👨\u200d👩停\u200d") == "停水👨\u200d👩停"


def test_what_stands_in_the_private_area_is_not_taken_for_a_joiner():
    assert without_unseen("甲\ue000乙\u200b") == "甲\ue000乙"


def test_a_case_holds_what_a_person_reads(cast):
    case = wang_says(
        cast,
        title="停\u200b水三天",
        content="小区停\u2060水，\ufeff没人管。",
        address="人民\u00ad路",
        name="\u202e甲试测",
        phone="13873100099",
    )
    assert (case.title, case.content, case.address) == ("停水三天", "小区停水，没人管。", "人民路")
    assert str(case.petitioner.name) == "甲试测"


@pytest.mark.parametrize("mark", UNSEEN)
def test_nothing_but_unseen_characters_is_no_text(cast, mark):
    with pytest.raises(Refused):
        wang_says(cast, content=mark * 3)
    case = wang_says(cast)
    with pytest.raises(Refused):
        asking_again.supplement(case, mark * 3, by=CITIZEN, at=NOON)


def test_the_same_form_sent_twice_is_one_case_whatever_is_unseen_in_it(cast):
    first = wang_says(cast, content="停水三天了，没人管。")
    assert wang_says(cast, content="停\u200b水三天了，没人管。").pk == first.pk
