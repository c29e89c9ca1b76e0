"""Words of danger are found where all their groups are met, and only there."""

import pytest

from routing.rules.hazards import hazard_in, hazards


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        ("楼道里有很浓的煤气味，请快来", "燃气泄漏", ("煤气味",)),
        ("厨房的天然气有一股刺鼻的气味", "燃气泄漏", ("天然气", "气味")),
        ("油罐车漏油，地上还冒火花", "漏油遇火", ("漏油", "火花")),
        ("加油站漏油冒火花", "漏油遇火", ("漏油", "火花")),
        ("水库坝脚渗水变浑了", "堤坝渗漏", ("渗水", "变浑")),
        ("變壓器冒煙了", "用电危险", ("变压器", "冒烟")),
        ("电梯里困在三楼出不来，有人被困", "电梯困人", ("电梯", "被困")),
    ],
)
def test_a_danger_is_named_with_the_words_that_say_so(text, name, words):
    found = hazard_in(text)
    assert (found.name, found.words) == (name, words)
    assert found.said == "、".join(words)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "人民路路灯不亮",
        "咨询天然气开户",
        "屋顶渗水，墙皮掉了",
        "车子漏油把车位弄脏了",
        "电梯广告太多",
    ],
)
def test_other_matters_are_none(text):
    assert hazard_in(text) is None


def test_each_line_can_be_met_and_is_read_as_it_stands():
    for one in hazards():
        assert one.name
        assert all(word for group in one.groups for word in group)
        assert hazard_in("，".join(group[0] for group in one.groups)) is not None
