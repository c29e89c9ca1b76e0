"""The text that units read: what is known of a case, stand-ins, pieces for a page, and how long it takes."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cases.privacy.identity.finding import Known, Mark, Piece, Voice, applied, find, names_in, shown
from cases.privacy.identity.spelling import spelled

NASTY = [
    *(
        "1",
        "0",
        "1 ",
        "1-",
        "0-",
        "138",
        "13873100104 ",
        "(0)",
        "6222 ",
        "+86",
        "转1",
        " ",
        "\n",
        "(",
        "（",
    ),
    *(
        ".",
        "·",
        "。",
        "a@",
        "a@b.",
        "a@b.cn",
        "王",
        "王芳",
        "王芳、",
        "我叫",
        "我叫王",
        "名叫王芳",
        "本人王",
    ),
    *(
        "投诉人：王",
        "王芳敬上",
        "敬上",
        ":",
        ":王芳",
        "等18名联名",
        "、王芳等18人",
        "一",
        "一 ",
        "一三八",
    ),
    *(
        "\u200b",
        "1\u200b",
        "打0731-55551234",
        "微信a",
        "湘A",
        "我家住1室",
        "1号",
        "买买提·",
        "2026年",
    ),
]
LETTERS = st.text(
    st.sampled_from("王芳我叫是本人投诉:：，。 1380731-（）().·\u200b１一转号室@qaQx住家敬上\n")
)
FAMOUS = Known(
    names=("王芳", "欧阳娜娜", "买买提·艾力", "David Wang"),
    numbers=("13873100104", "0731-55551234", "43032119800101123X"),
    public_numbers=("0731-85556666", "13900000000"),
)


@pytest.mark.parametrize(
    ("text", "handled"),
    [
        ("我叫王芳，电话13873100104。", "我叫〔姓名〕，电话〔号码〕。"),
        ("我叫欧阳娜娜，电话0731-55551234转801。", "我叫〔姓名〕，电话〔号码〕。"),
        ("我家住和平里3栋2单元501室。", "我家住和平里3栋〔房号〕。"),
        ("王芳13873100104", "〔姓名〕〔号码〕"),
        ("手机1387310010413973100105", "手机〔号码〕"),
        ("", ""),
        ("路灯不亮", "路灯不亮"),
    ],
)
def test_a_stand_in_tells_nothing_of_length_or_letters(text, handled):
    assert applied(text, find(text, FAMOUS)) == handled


def test_neighbours_of_one_kind_share_a_stand_in():
    marks = (Mark(0, 2, "name"), Mark(2, 4, "name"), Mark(4, 5, "number"))
    assert applied("王芳李明1走", marks) == "〔姓名〕〔号码〕走"


def test_a_handled_text_is_handled_already():
    text = "我叫王芳，电话13873100104，王芳上。"
    once = applied(text, find(text, FAMOUS))
    assert applied(once, find(once, FAMOUS)) == once


def test_a_page_shows_the_whole_text_in_pieces():
    text = "我叫王芳，电话13873100104。"
    assert list(shown(text, find(text))) == [
        Piece("我叫"),
        Piece("王芳", "name"),
        Piece("，电话"),
        Piece("13873100104", "number"),
        Piece("。"),
    ]


def test_what_one_text_introduces_is_known_in_the_next():
    names = names_in("投诉人：李 建国，电话13873100104")
    assert names == {"李建国"}
    known = Known().and_names(names)
    text = "回访李建国：满意"
    assert applied(text, find(text, known)) == "回访〔姓名〕：满意"
    assert find(text) == ()


@pytest.mark.parametrize(
    "written", ["0731-85556666", "0731 8555 6666", "85556666", "+86 731 85556666"]
)
def test_the_numbers_of_an_office_stay_whoever_writes_them(written):
    text = f"我打了很多次电话，电话{written}，没有人接"
    assert find(text, FAMOUS) == ()


def test_an_office_may_have_a_mobile():
    assert find("值班手机13900000000", FAMOUS) == ()
    assert find("值班手机13900000001", FAMOUS)


def test_a_known_number_of_a_person_is_marked_in_a_reply_too():
    text = "经核实，0731-55551234已登记，咨询请拨打0731-55559999"
    marks = find(text, FAMOUS, Voice.UNIT)
    assert [text[mark.start : mark.end] for mark in marks] == ["0731-55551234"]
    assert find(text, voice=Voice.UNIT) == ()


def test_what_is_invisible_leads_back_to_the_original():
    text = "电话138\u200b7310\u20600104，王\u00ad芳"
    assert applied(text, find(text, FAMOUS)) == "电话〔号码〕，〔姓名〕"
    assert spelled("a\u200bb").back(1, 2) == (2, 3)


@given(LETTERS)
@example("买买提·")
@example("(0731)55551234转801王芳")
@example("①③⑧⑦③①⓪⓪①⓪④")
def test_marks_are_in_order_inside_the_text_and_apart(text):
    for voice in Voice:
        marks = find(text, FAMOUS, voice)
        edges = [edge for mark in marks for edge in (mark.start, mark.end)]
        assert edges == sorted(edges)
        assert all(mark.start < mark.end <= len(text) for mark in marks)
        assert "".join(piece.text for piece in shown(text, marks)) == text


@given(LETTERS, LETTERS)
def test_a_known_number_and_a_long_name_are_found_wherever_they_stand(before, after):
    text = f"{before}。欧阳娜娜，13873100104。{after}"
    handled = applied(text, find(text, FAMOUS))
    assert "欧阳娜娜" not in handled
    assert "13873100104" not in handled


def taken(text):
    """The least of three, in seconds of this process."""
    times = []
    for _ in range(3):
        begun = time.process_time()
        find(text, FAMOUS)
        times.append(time.process_time() - begun)
    return min(times)


@pytest.mark.parametrize("nasty", NASTY)
def test_ten_times_the_text_takes_about_ten_times_as_long(nasty):
    short, long = ((nasty * size)[:size] for size in (600, 6_000))
    assert (
        taken(long) / max(taken(short), 1e-4) < 40
    )  # a rule that looks back over all takes a hundred


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("电话139O731899O", "电话〔号码〕"),
        ("打l39 0731 8990", "打〔号码〕"),
        ("139O731899O找我", "〔号码〕找我"),
        ("手机尾号8990的机主", "手机尾号〔号码〕的机主"),
        ("尾号是8990", "尾号是〔号码〕"),
        ("车牌尾号1234的车", "车牌尾号1234的车"),
        ("20l桶装水3桶，共60l", "20l桶装水3桶，共60l"),
        ("拨打l2345", "拨打l2345"),
    ],
)
def test_letters_typed_for_digits_and_tails(text, left):
    known = Known(numbers=("13907318990",))
    assert applied(text, find(text, known)) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("锦绣花园3栋2单元501室", "锦绣花园3栋〔房号〕"),
        ("锦绣花园3栋501", "锦绣花园3栋〔房号〕"),
        ("锦绣花园2-1-501漏水", "锦绣花园〔房号〕漏水"),
        ("七栋三零一", "七栋〔房号〕"),
        ("9#1204", "9#〔房号〕"),
        ("家里602房漏水", "家里〔房号〕漏水"),
        ("竹山村7组15号", "竹山村〔房号〕"),
        ("7栋2单元18楼西头", "7栋〔房号〕"),
        ("5栋顶层2单元都漏", "5栋顶层2单元都漏"),
        ("县行政服务中心305室收现金", "县行政服务中心305室收现金"),
        ("行政中心三楼305室收现金", "行政中心三楼305室收现金"),
        ("3号楼501漏水", "3号楼〔房号〕漏水"),
        ("人民路12号2026年11月收费", "人民路12号2026年11月收费"),
        ("3号楼12层电梯停了", "3号楼12层电梯停了"),
        ("2026-11-30收的", "2026-11-30收的"),
        ("修了3栋楼，花了200元", "修了3栋楼，花了200元"),
        ("尾号8990和8991", "尾号8990和8991"),
        ("602房租", "602房租"),
    ],
)
def test_a_flat_tells_who_it_is_where_the_citizen_stays_unknown(text, left):
    assert applied(text, find(text, Known(stays_unknown=True))) == left
    assert applied(text, find(text, Known())) == text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("李建设", "县住房和城乡建设局不作为，建设路积水"),
        ("时小明", "等了三个小时，2小时没人来"),
        ("区丽华", "锦绣小区漏水，小区的门坏了"),
        ("高明远", "小高层电梯坏了，老百姓高兴，百姓高度关注"),
        ("于海洋", "大于三天，小于五天"),
        ("方建国", "他很大方，建国初期的房子"),
        ("李国庆", "国庆节放假没人管"),
        ("张文化", "文化馆门口"),
        ("东方亮", "东方红小区"),
        ("刘新华", "新华书店旁"),
        ("王和平", "和平社区，和平巷"),
        ("老师傅", "老师说"),
    ],
)
def test_no_word_of_every_day_is_broken_to_tell_a_name(name, text):
    """〔姓名〕局 for 建设局 would tell what the citizen is called."""
    assert applied(text, find(text, Known(names=(name,), stays_unknown=True))) == text


QIN = {"names": ("覃海棠",), "numbers": ("18573245591",)}
HUANGFU = {"names": ("皇甫雪",), "numbers": ("13907310955",)}


@pytest.mark.parametrize(
    ("text", "left", "who"),
    [
        ("小覃说楼顶漏", "〔姓名〕说楼顶漏", QIN),
        ("海棠姐的就是她", "〔姓名〕姐的就是她", QIN),
        ("我姓覃", "我姓〔姓名〕", QIN),
        ("Qin Haitang", "〔姓名〕", QIN),
        ("haitang·qin来过", "〔姓名〕来过", QIN),
        ("海棠路积水，小覃村停电", "海棠路积水，小覃村停电", QIN),
        ("海棠，电话没人接", "〔姓名〕，电话没人接", QIN),
        ("我姓覃名海棠", "我姓〔姓名〕名〔姓名〕", QIN),
        ("海棠敬上", "〔姓名〕敬上", QIN),
        ("全校只有我姓皇甫", "全校只有我姓〔姓名〕", HUANGFU),
        ("huangfu.xue", "〔姓名〕", HUANGFU),
        ("后四位五五九一", "后四位〔号码〕", QIN),
        ("0955，别的5591元", "〔号码〕，别的5591元", HUANGFU),
        ("收了5591元", "收了5591元", QIN),
    ],
)
def test_what_points_at_somebody_who_stays_unknown(text, left, who):
    assert applied(text, find(text, Known(**who, stays_unknown=True))) == left


@pytest.mark.parametrize(
    "text",
    [
        "18５7３245五九一",
        "185○7324○5591",
        "一八五，七三二四，五五九一",
        "幺捌伍-7324-5五9一",
        "185七3二4五59幺",
    ],
)
def test_a_known_number_in_mixed_digits(text):
    assert applied(text, find(text, Known(numbers=("18573245591",)))) == "〔号码〕"
