"""Relatives, the house of a family and nicknames where the citizen stays unknown; everyday words stay."""

import pytest

from cases.privacy.identity import Known, applied, find

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
