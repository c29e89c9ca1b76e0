"""Days as they are typed, the field that finds them, and that they are no telephone numbers."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.asking.question import is_private
from search.words.days import is_span, span, within
from tests.cast import NOON

TODAY = date(2026, 11, 23)  # a Monday


def day(text):
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2026-11-05", "2026-11-05", "2026-11-05"),
        ("2026-11-5", "2026-11-05", "2026-11-05"),
        ("2026.11.05", "2026-11-05", "2026-11-05"),
        ("2026/11/5", "2026-11-05", "2026-11-05"),
        ("2026年11月5日", "2026-11-05", "2026-11-05"),
        ("2026年11月5号", "2026-11-05", "2026-11-05"),
        ("20261105", "2026-11-05", "2026-11-05"),
        ("11月5日", "2026-11-05", "2026-11-05"),
        ("12-24", "2025-12-24", "2025-12-24"),  # the last one
        ("2月29日", "2024-02-29", "2024-02-29"),
        ("2026-02", "2026-02-01", "2026-02-28"),
        ("2026年11月", "2026-11-01", "2026-11-30"),
        ("2025", "2025-01-01", "2025-12-31"),
        ("2026-11-01..2026-11-05", "2026-11-01", "2026-11-05"),
        ("2026.11.01..2026.11.05", "2026-11-01", "2026-11-05"),
        ("2026-10..2026-11", "2026-10-01", "2026-11-30"),
        ("11月1日至11月5日", "2026-11-01", "2026-11-05"),
        ("今天", "2026-11-23", "2026-11-23"),
        ("yesterday", "2026-11-22", "2026-11-22"),
        ("本周", "2026-11-23", "2026-11-29"),
        ("上周", "2026-11-16", "2026-11-22"),
        ("上月", "2026-10-01", "2026-10-31"),
    ],
)
def test_a_span_is_read(typed, first, last):
    assert span(typed, TODAY) == (day(first), day(last))
    assert is_span(typed)


def test_an_end_may_be_open():
    assert span("2026-11-01..", TODAY) == (day("2026-11-01"), None)
    assert span("..2026-11", TODAY) == (None, day("2026-11-30"))


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "..",
        "不详",
        "2026-02-30",
        "2月30日",
        "2026-13",
        "2026-11-05-",
        "2026-11/05",
        "1..2..3",
        "2101-01-01",
    ],
)
def test_what_is_no_day_is_none(typed):
    assert span(typed, TODAY) is None
    assert not is_span(typed)


def test_two_spans_meet_in_what_both_hold():
    one = (day("2026-11-01"), day("2026-11-20"))
    assert within(one, (day("2026-11-05"), None)) == (day("2026-11-05"), day("2026-11-20"))
    assert within((None, None), (None, None)) == (None, None)


@pytest.mark.parametrize(
    "words",
    [
        "2026-11-05",
        "2026.11.05",
        "2026/11/5",
        "２０２６－１１－０５",
        "2026年11月5日",
        "2026-11",
        "日期:2026-11-01..2026-11-05",
        "日期:1998-07-01..1998-08-01",
        "2026-11-05 2026-11-06",
        "停水 2026-11-05 128号",
        "日期:2026-10..2026-11 路灯",
    ],
)
def test_a_day_is_no_telephone_number(words):
    assert not is_private(words)


@pytest.mark.parametrize(
    "words",
    [
        "20261105",  # bare: an 8-digit landline may begin so
        "日期:20261105",
        "2026-1105",
        "2026-02-30",
        "138 2026-11-05",
        "1990-10-10 555",  # 199 0101 0555
        "1990-10-10-555",
        "2026-11-05 13807316217",
        "13807316217 2026-11-05",
        "2026-11-05-13807316217",
        "2026-11-05 5821234",
    ],
)
def test_what_may_be_a_number_stays_private(words):
    assert is_private(words)


GAPS = st.sampled_from(["", " ", "-", ".", "/", "(", ") ", "  ", "+"])


def grouped(draw, digits):
    """The digits with any gaps between them."""
    return digits[0] + "".join(draw(GAPS) + digit for digit in digits[1:])


@st.composite
def mobiles(draw):
    """A mobile number however it is grouped, with and without its country."""
    number = draw(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
    return draw(st.sampled_from(["", "+86 ", "0086-"])) + grouped(draw, number)


@st.composite
def landlines(draw):
    """A number with its area code, or a local one of 7 digits, however it is grouped."""
    pattern = r"0[1-9][0-9]{8,10}|[2-8][0-9]{6}"
    return grouped(draw, draw(st.from_regex(pattern, fullmatch=True)))


@st.composite
def local_numbers(draw):
    """A local number of eight digits in the groups in use: 8, 4-4, 3-5, 2-3-3."""
    number = draw(st.from_regex(r"20(2[0-9])(0[1-9]|1[0-2])(0[1-9]|1[0-9])", fullmatch=True))
    cuts = draw(st.sampled_from([(8,), (4, 8), (3, 8), (2, 5, 8)]))
    gap = draw(st.sampled_from(["-", " ", "."]))
    starts = (0, *cuts[:-1])
    return gap.join(number[a:b] for a, b in zip(starts, cuts, strict=True))


@given(
    st.one_of(mobiles(), landlines(), local_numbers()), st.sampled_from(["{}", "停水 {}", "{}号"])
)
def test_every_number_stays_private_however_it_is_grouped(number, words):
    assert is_private(words.format(number))


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.sampled_from("-/."), mobiles())
def test_no_day_hides_a_number_beside_it(on, gap, number):
    written = f"{on.year}{gap}{on.month:02}{gap}{on.day:02}"
    assert not is_private(written)
    for words in (f"{written} {number}", f"{number} {written}", f"{written}{gap}{number}"):
        assert is_private(words), words


def test_the_field_finds_what_was_registered_then(say, found):
    old = say("停水旧事", at=NOON - timedelta(days=30)).number
    new = say("停水新事").number
    late = say("停水夜里", at=NOON.replace(hour=23, minute=59)).number
    assert set(found("日期:2026-11-23")) == {new, late}
    assert set(found("停水 date:2026-11")) == {new, late}
    assert found("日期：2026年10月24日 停水") == [old]
    assert set(found("日期:2026-10-01..2026-11-23")) == {old, new, late}
    assert set(found("日期:今天")) == {new, late}
    assert found("日期:2026-10 日期:2026-11") == []
    assert found("日期:2026-11-24..") == []


def test_the_field_and_the_filter_narrow_each_other(say, found):
    from search.engines.port import Filters

    say("停水旧事", at=NOON - timedelta(days=30))
    new = say("停水新事").number
    filters = Filters(since=day("2026-11-01"))
    assert found("日期:2026-10-01..2026-11-30", filters=filters) == [new]
    assert found("日期:2026-10", filters=filters) == []


def test_what_is_no_day_is_searched_as_words(say, found):
    case = say("开工日期不详，请告知。").number
    assert found("日期:不详") == [case]


def test_a_typed_day_stands_in_the_address_and_can_be_saved(say, client, cast):
    case = say("2026年11月5日停水一天")
    client.force_login(cast.dispatcher)
    answer = client.post("/desk/search/", {"q": "2026-11-05"})
    assert answer.url == "/desk/search/?q=2026-11-05"
    page = client.get(answer.url).content.decode()
    assert case.number in page
    assert 'name="name"' in page  # the form that saves it
