"""Masking proposals: what could tell who somebody is becomes ＊, what people need to read stays."""

import pytest

from cases.masking import left_over, mask


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


def test_left_over_sees_through_spaces_and_width():
    assert left_over("电话 １３８ 0731－6217", ["13807316217"])
    assert not left_over("没有", ["13807316217", "王桂芬", "王"])
