"""Numbers, plates and chat names where the citizen stays unknown; the badge and the car of others stay."""

import pytest

from cases.privacy.identity.finding import Known, applied, find

UNKNOWN = Known(stays_unknown=True)


def read(text, known=UNKNOWN):
    return applied(text, find(text, known))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("户号0321 5567 81，查一下", "户号〔号码〕，查一下"),
        ("水表号SZ-2098871走得快", "水表号〔号码〕走得快"),
        ("燃气缴费号：55120", "燃气缴费号：〔号码〕"),
        ("学号20260101，准备转学", "学号〔号码〕，准备转学"),
        ("户号0321556781 2026年3月", "户号〔号码〕 2026年3月"),
        ("我的工号是10234", "我的工号是〔号码〕"),
        ("车牌湘C·8K217", "车牌〔号码〕"),
        ("我的车湘K·A1928被划", "我的车〔号码〕被划"),
        ("我家的车 湘 K A19 28 被划", "我家的车 〔号码〕 被划"),
        ("微信号 sg yz 1988，加我", "微信号 〔号码〕，加我"),
        ("抖音号 梅姐漏水日记，有视频", "抖音号 〔号码〕，有视频"),
        ("快手号：梅姐漏水", "快手号：〔号码〕"),
        ("QQ 12 34 56 78", "QQ 〔号码〕"),
        ("QQ二八四七一九三六五，加我", "QQ〔号码〕，加我"),
        *(
            (f"{word}stmy2020", f"{word}〔号码〕")
            for word in ("v信 ", "微xin:", "薇信", "威信", "加我V：", "我的微信是V：")
        ),
        ("水表编号零一零二九三八四七五", "水表编号〔号码〕"),
        ("电表编号0102938475", "电表编号〔号码〕"),
        ("户号零三二一一直不对", "户号〔号码〕一直不对"),
        ("水表编号零一零二九二〇二六年装的", "水表编号〔号码〕二〇二六年装的"),
        ("四三〇三二九一九八五〇一〇一一二三四", "〔号码〕"),
        ("身份证四三零三二九一九八五零幺零幺幺二三四。", "身份证〔号码〕。"),
        ("四三○三二九一九八五○一○一一二三X", "〔号码〕"),
    ],
)
def test_what_a_customer_is_known_by(text, left):
    assert read(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "学号20260101，准备转学",
        "户号0321 5567 81",
        "车牌湘C·8K217",
        "抖音号 梅姐漏水日记",
        "水表号SZ-2098871",
        "v信 stmy2020",
        "QQ二八四七一九三六五",
        "水表编号零一零二九三八四七五",
        "四三〇三二九一九八五〇一〇一一二三四",
    ],
)
def test_ordinary_cases_are_read_as_before(text):
    assert read(text, Known()) == text


@pytest.mark.parametrize(
    "text",
    [
        "工号1023的工作人员态度差",
        "窗口工号10234不理人",
        "户号查不到，户号12栋",
        "车牌湘A12345的出租车拒载",
        "一辆渣土车，车牌湘A·D1234F，天天超载",
        "微信付了18元，微信群里都说，抖音号被封了",
        "微信号的事没人管，快手号 在直播",
        "微信公众号 abcdefg，v信 a b c，没有",
        "威信扫地，薇信不好，加v5元，V：12",
        "路灯杆编号零一零二九三，工单编号12345678，学号二〇二六级",
        "四三二一〇九八七六五四三二一〇九八",
        "编号43032919850101123一份",
        "⒈2026年停水，⒉没有人管",
        "①2026年停水",
    ],
)
def test_what_is_the_matter_stays(text):
    assert read(text) == text


@pytest.mark.parametrize("digit", ["⒈", "⑴", "❶", "①", "⓵", "١"])
def test_a_digit_inside_a_sign_begins_the_number(digit):
    assert read(f"电话{digit}37 7431 5522") == "电话〔号码〕"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("⒈13774315522打我", "⒈〔号码〕打我"),
        ("1️⃣3️⃣7️⃣7️⃣4️⃣3️⃣1️⃣5️⃣5️⃣2️⃣2️⃣找我", "〔号码〕\ufe0f\u20e3找我"),
    ],
)
def test_a_paragraph_before_a_number_and_keycaps(text, left):
    assert read(text) == left
