"""Relatives, the house of a family and nicknames where the citizen stays unknown; everyday words stay."""

import time

import pytest

from cases.privacy.identity.finding import Known, applied, find

UNKNOWN = Known(stays_unknown=True)


def read(text, known=UNKNOWN):
    return applied(text, find(text, known))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("我老公张大山在外打工", "我老公〔姓名〕在外打工"),
        ("我儿子叫李明，在三中", "我儿子叫〔姓名〕，在三中"),
        ("大女儿名叫王小红今年8岁", "大女儿名叫〔姓名〕今年8岁"),
        ("我的父亲欧阳建国去世了", "我的父亲〔姓名〕去世了"),
        ("婆婆（刘桂兰）住院", "婆婆（〔姓名〕）住院"),
        ("弟弟：陈强", "弟弟：〔姓名〕"),
        ("我家的女婿赵铁柱被打", "我家的女婿〔姓名〕被打"),
        ("我丈夫周强，男，45岁", "我丈夫〔姓名〕，男，45岁"),
        ("我儿子李小明在三中，李小明被打", "我儿子〔姓名〕在三中，〔姓名〕被打"),
    ],
)
def test_a_relative_called_by_name(text, left):
    assert read(text) == left


def test_a_known_family_name_of_one_letter_that_begins_one_of_two():
    known = Known(names=("欧芳",), stays_unknown=True)
    assert read("我儿子欧阳明骑车", known) == "我儿子〔姓名〕骑车"
    assert read("我儿子欧阳明骑车") == "我儿子〔姓名〕车"


def test_somebody_who_gave_only_a_family_name():
    text = "小申屠在家，申屠家漏水"
    assert read(text, Known(names=("申屠",), stays_unknown=True)) == "〔姓名〕在家，〔姓名〕家漏水"
    assert read(text, Known(names=("申屠",))) == "小〔姓名〕在家，〔姓名〕家漏水"


@pytest.mark.parametrize("text", ["我老公张大山在外打工", "弟弟：陈强", "婆婆（刘桂兰）住院"])
def test_ordinary_cases_read_relatives(text):
    assert read(text, Known()) == text


@pytest.mark.parametrize(
    "text",
    [
        "儿子高兴，女儿高烧三天，老公王某",
        "儿子高考落榜，父亲常年有病",
        "妈妈常头晕，爸爸高血压，孙子黄疸",
        "爱人民，公公司，母亲单位",
        "他儿子李小明收钱，书记的女婿赵铁柱包工程",
        "校长妻子王小红在食堂",
        "他们的女儿刘桂兰，其弟弟陈建国",
        "儿子马上毕业，女儿应该入学",
    ],
)
def test_what_is_no_relative_of_the_citizen_stays(text):
    assert read(text) == text


@pytest.mark.parametrize(
    ("name", "text", "left"),
    [
        ("王芳", "王家三口都病了", "〔姓名〕家三口都病了"),
        ("王芳", "只有我们王家，没有别人", "只有我们〔姓名〕家，没有别人"),
        ("欧阳芳", "欧阳家漏水", "〔姓名〕家漏水"),
        ("欧阳芳", "楼上（欧阳家）漏水", "楼上（〔姓名〕家）漏水"),
        ("王芳", "大家叫我芳芳", "大家叫我〔姓名〕"),
        ("王芳", "邻居叫我芳姐，都喊我小芳", "邻居叫我〔姓名〕，都喊我〔姓名〕"),
        ("王芳", "人称“阿芳”，昵称：芳儿", "人称“〔姓名〕”，昵称：〔姓名〕"),
        ("王芳", "都喊我芳", "都喊我〔姓名〕"),
        ("覃海棠", "大家叫我棠棠", "大家叫我〔姓名〕"),
    ],
)
def test_the_house_of_a_family_and_nicknames(name, text, left):
    assert read(text, Known(names=(name,), stays_unknown=True)) == left
    assert read(text, Known(names=(name,))) == text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("张芳", "张家村和张家界，张家港，张家湾"),
        ("王芳", "王家湾积水，王家人民路，国王家里"),
        ("何芳", "老何家屯停电，小何家湾"),
        ("李大", "我是大B2栋的"),
        ("李芳", "李家坪停电，李家里村"),
        ("商芳", "商家的态度，厂家不管，大家都说"),
        ("连芳", "连家都回不去"),
        ("全芳", "全家三口，全家都病了"),
        ("万芳", "千家万家的事，万家有灯"),
        ("王天", "叫我天天来，叫我天天，天天吵"),
        ("王明", "叫我明天来，都叫我明明白白"),
        ("李大", "都叫大妈，人称大爷"),
        ("王芳", "芳芳花店门口，小芳的事"),
    ],
)
def test_words_of_every_day_stay(name, text):
    assert read(text, Known(names=(name,), stays_unknown=True)) == text


SLOW = (
    *(
        "6栋贰单元",
        "7-602",
        "1203",
        "2楼",
        "门牌",
        "户号1 ",
        "工号",
        "微信号 a ",
        "抖音号 梅",
        "湘A ",
        "⒈",
    ),
    *("儿子叫王", "妈妈王芳", "王家", "叫我芳", "602室"),
)


@pytest.mark.parametrize("nasty", SLOW)
def test_ten_times_the_text_takes_about_ten_times_as_long(nasty):
    known = Known(("王芳",), ("13873100104",), (), stays_unknown=True, rooms=("1203", "602"))

    def taken(size):
        times = []
        for _ in range(3):
            begun = time.process_time()
            find((nasty * size)[:size], known)
            times.append(time.process_time() - begun)
        return min(times)

    assert taken(6_000) / max(taken(600), 1e-4) < 40
