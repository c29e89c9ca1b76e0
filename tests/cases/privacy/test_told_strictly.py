"""What an answer of the office must not hold; it is refused with every word at once."""

import time

import pytest

from cases.privacy.identity.finding import Known, applied
from cases.privacy.identity.strictly import strict_marks


def read(name, text):
    return applied(text, strict_marks(text, Known(names=(name,), stays_unknown=True)))


@pytest.mark.parametrize(
    ("name", "text", "left"),
    [
        ("谭晓芙", "她说打晓芙的电话", "她说打〔姓名〕的电话"),
        ("龚雅琴", "雅琴说在东头", "〔姓名〕说在东头"),
        ("欧阳倩", "欧阳的同事在家", "〔姓名〕的同事在家"),
        ("谭晓芙", "芙姐在家，小芙在家，芙芙在家", "〔姓名〕在家，〔姓名〕在家，〔姓名〕在家"),
        ("谭晓芙", "找她先生小谭", "找她先生〔姓名〕"),
        ("谭晓芙", "找老张，阿黄师傅也行", "找〔姓名〕，〔姓名〕师傅也行"),
        ("高明", "老高在家", "〔姓名〕在家"),
        ("谭晓芙", "谭主任，谭会计", "〔姓名〕，〔姓名〕"),
        ("谭晓芙", "她老公张强在外打工", "她老公〔姓名〕在外打工"),
        ("谭晓芙", "她先生张强，他姐姐李小红", "她先生〔姓名〕，他姐姐〔姓名〕"),
        ("谭晓芙", "她孩子谭浩在家", "她孩子〔姓名〕在家"),
        ("申屠", "申屠的同事在家，申屠主任", "〔姓名〕的同事在家，〔姓名〕"),
        ("王大", "王会计和小大在家，大姐也在", "〔姓名〕和〔姓名〕在家，大姐也在"),
        ("王建设", "建设说可以来", "〔姓名〕说可以来"),
        ("谭晓芙", "她住翠竹园3栋501，电话13873100104", "她住翠竹园3栋501，电话〔号码〕"),
    ],
)
def test_it_takes_less_than_masking_to_be_refused(name, text, left):
    assert read(name, text) == left


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("谭晓芙", "小区门口，小学旁，小时候，老师，老人，老板，老家，小孩，小店"),
        (
            "谭晓芙",
            "老城区，小毛病，小程序，阿莫西林",
        ),
        ("谭晓芙", "她母亲常年卧床，她儿子上学，她女儿高烧，女儿高三，她婆婆住院，她孩子应该在家"),
        ("谭晓芙", "三楼305室，小周村，小江桥，老赖，小龙虾店，大姐，表哥"),
        ("王建设", "建设局的人来过，建设路东头，国王"),
        ("王小芳", "国王会计，女王大人"),
        ("匿名", "匿名的人在家，小匿在家"),
        ("谭晓芙", "老高压锅，小平板车"),
        ("李国庆", "国庆节以后，国庆路，国庆期间"),
        ("陈平安", "平安路，平安保险"),
        ("欧阳倩", "欧阳路12号，欧阳村"),
        ("高明", "她说明天来，明明漏水，高度"),
        ("龚雅琴", "钢琴坏了，她在家，先看水表"),
    ],
)
def test_places_bodies_and_words_of_every_day_are_told(name, text):
    assert read(name, text) == text


@pytest.mark.parametrize("nasty", ["小谭", "她老公张", "她先生", "晓芙", "谭主", "芙姐", "小区"])
def test_ten_times_the_text_takes_about_ten_times_as_long(nasty):
    known = Known(("谭晓芙",), stays_unknown=True)

    def taken(size):
        times = []
        for _ in range(3):
            begun = time.process_time()
            strict_marks((nasty * size)[:size], known)
            times.append(time.process_time() - begun)
        return min(times)

    assert taken(6_000) / max(taken(600), 1e-4) < 40
