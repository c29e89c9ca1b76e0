"""The query language: every line typed is a legal query."""

import pytest

from search.words.query_language import MOST_TERMS, Parsed, SearchTerm, parse, typed_pieces


@pytest.mark.parametrize(
    ("typed", "parsed"),
    [
        ("", Parsed()),
        ("  ，。 ", Parsed()),
        ("停水", Parsed((SearchTerm("停水"),))),
        ("停水 电费", Parsed((SearchTerm("停水"), SearchTerm("电费")))),
        ("停水，电费", Parsed((SearchTerm("停水"), SearchTerm("电费")))),
        ("訴求", Parsed((SearchTerm("诉求"),))),
        ('"停水，怎么办"', Parsed((SearchTerm("停水,怎么办", is_exact=True),))),
        ("“幸福家园”停水", Parsed((SearchTerm("幸福家园", is_exact=True), SearchTerm("停水")))),
        ('"没有收尾', Parsed((SearchTerm("没有收尾", is_exact=True),))),
        ("停水 -电费", Parsed((SearchTerm("停水"),), (SearchTerm("电费"),))),
        ('停水 -"交 电费"', Parsed((SearchTerm("停水"),), (SearchTerm("交 电费", is_exact=True),))),
        ("3-2栋", Parsed((SearchTerm("3"), SearchTerm("2栋")))),
        ("单号:4303292026", Parsed(fields=(("number", "4303292026"),))),
        ("number:4303292026", Parsed(fields=(("number", "4303292026"),))),
        ("电话：0731 停水", Parsed((SearchTerm("停水"),), (), (("phone", "0731"),))),
        ("單位:自来水", Parsed(fields=(("unit", "自来水"),))),
        ('单位:"县 住建局"', Parsed(fields=(("unit", "县 住建局"),))),
        ('单位:""', Parsed()),
        ("标题:停水", Parsed((SearchTerm("停水", "title"),))),
        ("-标题:停水", Parsed((), (SearchTerm("停水", "title"),))),
        ("-单位:自来水", Parsed((), (SearchTerm("自来水", "place"),))),
        ("-电话:6217", Parsed((), (SearchTerm("电话"), SearchTerm("6217")))),
        ("停水|断电", Parsed((SearchTerm("停水", also=("断电",)),))),
        ("停水 | 断电 3栋", Parsed((SearchTerm("停水", also=("断电",)), SearchTerm("3栋")))),
        ("停水 或 断电", Parsed((SearchTerm("停水", also=("断电",)),))),
        ("停水 或", Parsed((SearchTerm("停水"), SearchTerm("或")))),
        ("|停水| |", Parsed((SearchTerm("停水"),))),
        ('"停 水"|断电', Parsed((SearchTerm("停 水", "", ("断电",), is_exact=True),))),
        ("标题:停水｜断电", Parsed((SearchTerm("停水", "title", ("断电",)),))),
        ("-停水|断电", Parsed((), (SearchTerm("停水", also=("断电",)),))),
        ("地址:人民路", Parsed((SearchTerm("人民路", "place"),))),
        ("内容:油烟", Parsed((SearchTerm("油烟", "body"),))),
        ("区域:石桥镇", Parsed(fields=(("region", "石桥镇"),))),
        ("诉求人:王桂芬", Parsed((SearchTerm("诉求人"), SearchTerm("王桂芬")))),
        ("2026-11-05", Parsed((SearchTerm("2026-11-05"),))),
        ("2026/11/5停水", Parsed((SearchTerm("2026"), SearchTerm("11"), SearchTerm("5停水")))),
        ("时间:下午", Parsed((SearchTerm("时间"), SearchTerm("下午")))),
        ("单位:", Parsed((SearchTerm("单位"),))),
        ("- -- \x00 '\" OR 1=1", Parsed((SearchTerm("or 1=1", is_exact=True),))),
    ],
)
def test_parse(typed, parsed):
    assert parse(typed) == parsed


def test_a_wall_of_text_is_bounded():
    assert len(parse("停水 " * 10_000).terms) == MOST_TERMS


def test_pieces_are_cut_where_the_query_is_cut():
    assert typed_pieces('訴求 或 "停水，怎么办" -单位:自来水') == [
        '诉求|"停水,怎么办"',
        "-单位:自来水",
    ]
    assert typed_pieces("") == []
