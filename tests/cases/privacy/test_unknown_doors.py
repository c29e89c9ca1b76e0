"""Flats where the citizen stays unknown, in the spellings people use; offices and everyday numbers stay."""

import pytest

from cases.privacy.identity.finding import Known, applied, find, homes_in

UNKNOWN = Known(stays_unknown=True)


def read(text, known=UNKNOWN):
    return applied(text, find(text, known))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("翠竹园6栋贰单元1203漏水", "翠竹园6栋〔房号〕漏水"),
        ("9幢贰单元1203", "9幢〔房号〕"),
        ("贰单元十二楼03号", "〔房号〕"),
        ("门牌贰-1203", "门牌〔房号〕"),
        ("门牌号：1203", "门牌〔房号〕"),
        ("翠竹园6#2-1203", "翠竹园6#〔房号〕"),
        ("翠竹园7-602，天天吵", "翠竹园〔房号〕，天天吵"),
        ("翠竹园六栋12楼3号", "翠竹园六栋〔房号〕"),
        ("6栋2单元12楼左手边那户", "6栋〔房号〕"),
        ("七号楼六楼西户", "七号楼〔房号〕"),
        ("3栋5楼东头", "3栋〔房号〕"),
        ("602室漏水", "〔房号〕漏水"),
        ("楼上是602室", "楼上是〔房号〕"),
        ("翠竹小区602室", "翠竹小区〔房号〕"),
        ("物业公司不管，602室漏水", "物业公司不管，〔房号〕漏水"),
        ("六〇二房漏水", "〔房号〕漏水"),
        ("1203房漏水", "〔房号〕漏水"),
        ("我住12楼03房", "我住〔房号〕"),
        ("家住5楼2号，漏水", "家住〔房号〕，漏水"),
        ("家住和平路12号5楼2号", "家住和平路12号〔房号〕"),
        ("我住五楼左手边那家", "我住〔房号〕"),
        ("五楼左手边那家是我家", "〔房号〕是我家"),
        ("住五楼西户", "住〔房号〕"),
        ("我家在五楼第二家", "我家在〔房号〕"),
        ("租住医院家属楼三楼5号", "租住医院家属楼〔房号〕"),
    ],
)
def test_a_flat_however_spelled(text, left):
    assert read(text) == left
    assert read(text, Known()) == text


@pytest.mark.parametrize(
    "text",
    [
        "县行政服务中心305室收现金",
        "县行政服务中心，305室收现金",
        "县行政服务中心的305室收现金",
        "行政中心三楼305室收现金",
        "人社局305室没有人",
        "那个房间（305室）没有开门",
        "请到305室签字",
        "测字第2031-4567号房产证明",
        "6栋2单元12楼的电梯停了",
        "6栋2楼3号电梯停了",
        "政务大厅2楼3号窗口",
        "门牌号一直没有装",
        "每月3-500元",
        "每户5-1201元",
        "收了10-12人",
        "2026-11-30收的",
        "电话0731-55556666没人接",
        "第7-602号文件",
        "六楼西边的路灯不亮",
        "行政服务中心3楼5号窗口，医院5楼",
        "我住院5楼2号床，我住在县医院5楼3号",
        "我家在3楼，电梯坏了，我家住6楼2号电梯坏了",
        "我们是3楼5号窗口的，五楼左手边那家",
        "二〇〇八房改的时候",
        "2026年8月5-2019年",
        "6栋12户都没有水",
        "7栋六楼西边的家庭",
    ],
)
def test_what_is_no_flat_stays(text):
    known = Known(public_numbers=("0731-55556666",), stays_unknown=True)
    assert read(text, known) == text


@pytest.mark.parametrize(
    ("flat", "rooms"),
    [
        ("翠竹园3栋2单元1203室", {"1203"}),
        ("7-602", {"602"}),
        ("七栋三零一", {"301"}),
        ("贰单元十二楼03号", {"1203"}),
        ("6栋二十楼4号", {"2004"}),
        ("竹山村7组115号", set()),
        ("县行政服务中心305室", set()),
    ],
)
def test_rooms_by_which_flats_are_known(flat, rooms):
    assert homes_in(flat) == rooms


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("我是1203的，没人管", "我是〔房号〕的，没人管"),
        ("1203漏水，一二〇三漏水", "〔房号〕漏水，〔房号〕漏水"),
        ("602来电", "〔房号〕来电"),
        ("1203号的人", "〔房号〕号的人"),
        *(
            (text, text)
            for text in (
                "花了1203元，602路公交，602国道",
                "1203号线和1203号文，共1203",
                "31203和12034，12.03和1203.5",
                "第602次，602平方，602多人",
                "1203年，602医院",
                "新开路602号，602乡道，602号商铺",
                "60二头，12〇三桌，办公楼602",
            )
        ),
    ],
)
def test_a_room_known_of_the_case_is_left_out_where_it_stands_alone(text, left):
    known = Known(stays_unknown=True, rooms=("1203", "602"))
    assert read(text, known) == left
    assert read(text, Known(rooms=("1203", "602"))) == text


def test_a_room_is_known_in_the_rest_of_its_own_text():
    assert read("3栋2单元1203漏水，1203没人管") == "3栋〔房号〕漏水，〔房号〕没人管"
