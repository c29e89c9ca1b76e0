"""Masking proposals: what could tell who somebody is becomes ＊, what people need to read stays."""

import pytest

from cases.privacy.identity.finding import Voice
from cases.privacy.masking import left_over, mask, without_numbers


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("电话13807316217。", "电话＊＊＊＊＊＊＊＊＊＊＊。"),
        ("138-0731-6217", "＊" * 13),
        ("0731-58221234", "＊" * 13),
        ("座机58221234", "座机" + "＊" * 8),
        ("身份证43032919800101123X", "身份证" + "＊" * 18),
        ("卡号6222021234567890123", "卡号" + "＊" * 19),
        ("车牌湘A12345和湘A·D1234F", "车牌＊＊＊＊＊＊＊和＊＊＊＊＊＊＊＊＊"),
        ("邮箱wang.gf@mail.cn", "邮箱＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊"),
        ("和平巷27号到41号门前", "和平巷＊＊号到＊＊号门前"),
        ("和平巷27–41号", "和平巷＊＊–＊＊号"),
        ("3栋2单元501室", "＊栋＊单元＊＊＊室"),
        ("三栋二单元", "＊栋＊单元"),
        ("我叫王桂芬，王桂芬家", "我叫王＊＊，王＊＊家"),
        ("微信号wanggf888", "微信＊＊＊＊＊＊＊＊＊＊"),
    ],
)
def test_what_tells_who_it_is(text, masked):
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "请拨打12345或110。",
        "11月20号停电，2026年11月20日恢复。",
        "公交3号线、5路车",
        "共花费12000元，涉及300户",
        "依据〔2025〕66号文",
    ],
)
def test_what_people_need_stays(text):
    assert mask(text) == text


def test_the_given_name_keeps_its_first_letter():
    assert mask("王桂芬反映", ["王桂芬"]) == "王＊＊反映"
    assert mask("市民反映", ["市民"]) == "市民反映"


def test_a_title_and_the_door_of_a_home_are_no_more_than_a_mask_anyway():
    assert mask("王女士说漏水，我家住3栋501室", ["王桂芬"]) == "王女士说漏水，我家住＊栋＊＊＊室"


def test_a_unit_keeps_its_short_line():
    assert mask("请拨打58221234", voice=Voice.UNIT) == "请拨打58221234"
    assert mask("请拨打58221234") == "请拨打" + "＊" * 8


def test_left_over_sees_through_spaces_and_width():
    assert left_over("电话 １３８ 0731－6217", ["13807316217"])
    assert not left_over("没有", ["13807316217", "王桂芬", "王"])


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("电话138.7310.0104", "电话" + "＊" * 13),
        ("电话（０７３１）５５５５１２３４", "电话" + "＊" * 14),
        ("座机0731-55551234转801", "座机" + "＊" * 17),
        ("我叫欧阳娜娜。", "我叫欧＊＊＊。"),
        ("我叫买买提·艾力，", "我叫买＊＊＊＊＊，"),
        ("我叫李\u200b 明。", "我叫李＊＊＊。"),
        ("我是王芳，想问医保。", "我是王＊，想问医保。"),
    ],
)
def test_other_spellings_are_masked_whole(text, masked):
    assert mask(text, ["王芳"]) == masked


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("感谢买买提·艾力", "买买提·艾力"),
        ("感谢买买提•艾力", "买买提·艾力"),
        ("感谢买买提艾力", "买买提．艾力"),
        ("感谢李 明。", "李明"),
        ("感谢李明。", "李 明"),
        ("感谢李\u2060明。", "李明"),
        ("感谢\u202e李明。", "李\u200e明"),
        ("感谢歐陽娜娜", "欧阳娜娜"),
        ("David Wang came", "David Wang"),
        ("ＤＡＶＩＤ　ＷＡＮＧ", "David Wang"),
        ("Wang David", "David Wang"),
        ("打(0731)55551234", "0731-55551234"),
        ("打（０７３１）５５５５１２３４", "0731-55551234"),
        ("打55551234转801", "0731-55551234转801"),
        ("打+86 731 5555 1234", "0731-55551234"),
        ("打138.7310.0104", "13873100104"),
        ("打138731\n00104", "13873100104"),
        ("打一三八七三一零零一零四", "13873100104"),
        ("证号43032119800101123x", "43032119800101123X"),
    ],
)
def test_left_over_sees_through_every_spelling(text, secret):
    assert left_over(text, [secret])
    assert not left_over("路灯不亮，电话12345", [secret])


def test_a_word_that_spells_a_name_is_not_left_over():
    assert not left_over("我很高兴能在王平路坐上公交", ["高兴", "王平"])


def test_a_text_to_search_keeps_doors_and_offices():
    text = "我叫王芳，家住3栋501室，电话138.7310.0104，打过12345"
    left = "我叫＊＊，家住3栋501室，电话＊＊＊＊＊＊＊＊＊＊＊＊＊，打过12345"
    assert without_numbers(text) == left


def test_ten_thousand_digits_are_masked_at_once():
    assert mask("1" * 10_000) == "1" * 10_000
