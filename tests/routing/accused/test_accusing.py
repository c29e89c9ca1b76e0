"""Texts that accuse, whatever type they were given, and reports that name a person."""

import pytest

from routing.accused.accusing import accuses


@pytest.mark.parametrize(
    "text",
    [
        "咨询：自来水公司范科长收了回扣，我举报他，请保密",
        "抄表员吃拿卡要，不要让该公司知道是我",
        "查处欧阳平收受工程回扣",
        "上门的人收了我两百块钱",
        "窗口态度恶劣",
    ],
)
def test_it_accuses(text):
    assert accuses(text)


@pytest.mark.parametrize(
    "text",
    ["县自来水公司三天没来水", "请问水费怎么交", "建议县公交公司增开早班车", "想知道几点停水"],
)
def test_it_only_asks(text):
    assert not accuses(text)
