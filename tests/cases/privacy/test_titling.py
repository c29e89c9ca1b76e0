"""Titles that nobody wrote: the matter, not who brings it."""

import pytest

from cases.privacy.identity.finding import Known
from cases.privacy.titling import title_of

WANG = Known(names=("王桂芬",), numbers=("13807316217",))


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("人民路东段路灯不亮", "人民路东段路灯不亮"),
        ("我叫王桂芬，家住石桥镇，人民路东段路灯整排不亮。", "人民路东段路灯整排不亮"),
        ("书记，您好！我是王桂芬。楼下烧烤店油烟太大。", "楼下烧烤店油烟太大"),
        ("尊敬的县长：我的电话是13807316217，自来水三天没来了", "自来水三天没来了"),
        ("县长您好，路灯不亮", "县长您好，路灯不亮"),  # too little is left
        ("我叫王桂芬，电话13807316217。", "我叫王桂芬，电话13807316217"),
        ("", ""),
        ("举报镇长，他收了包工头的钱不办事", "举报镇长，他收了包工头的钱不办事"),
        ("投诉县教育局局长，乱收补课费用三年了", "投诉县教育局局长，乱收补课费用三年了"),
        ("李书记，石桥镇的桥三年没有修好", "石桥镇的桥三年没有修好"),
        ("电话打不通，自来水三天没有来了", "电话打不通，自来水三天没有来了"),
        ("王桂芬家楼上天天漏水，已经三个月没有人管", "王桂芬家楼上天天漏水，已经三个月没有人管"),
        (
            "我叫王桂芬反映人民路路灯不亮，三个月没人修",
            "我叫王桂芬反映人民路路灯不亮，三个月没人修",
        ),
        ("我家住的楼上漏水，三个月没有人管了", "我家住的楼上漏水，三个月没有人管了"),
    ],
)
def test_it_begins_with_the_matter(text, title):
    assert title_of(text, WANG) == title


def test_it_is_cut_before_a_name_not_within():
    text = "人民路东段路灯从上周起整排不亮夜里看不见路请找一找隔壁王桂芬她知道在哪里"
    assert title_of(text, WANG) == "人民路东段路灯从上周起整排不亮夜里看不见路请找一找隔壁…"


def test_a_name_before_the_cut_stays_whole():
    text = "路灯不亮王桂芬很着急" + "请尽快派人来看一看是哪一根管子坏了谢谢你们辛苦了"
    assert title_of(text, WANG) == text[:29] + "…"


def test_it_holds_no_more_than_thirty():
    assert len(title_of("路灯" * 40, WANG)) == 30


@pytest.mark.parametrize("n", range(20, 34))
def test_a_title_is_never_cut_inside_a_number(n):
    """3栋5 of 3栋502 is no flat to any rule: a unit read the digit of a citizen who stays unknown."""
    before = "楼上天天漏水物业没有人管请尽快派人来看一看是哪一根管子坏了谢谢你们辛苦了"[:n]
    title = title_of(f"{before}3栋1502室的天花板都塌了，三个月没人修。", Known())
    assert title.endswith("…")
    assert "3栋1" not in title or "3栋1502" in title
