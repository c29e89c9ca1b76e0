"""A number as people write it comes to one form, and what is no whole number is told from one."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cases.privacy.phone import is_plausible, normalise

WRITTEN = st.text(
    st.sampled_from("0123456789012345678901386731+-()（）－ 转分机ext.#１３\n"), max_size=24
)


@pytest.mark.parametrize(
    ("written", "one"),
    [
        ("13873100104", "13873100104"),
        ("138 7310 0104", "13873100104"),
        ("138.7310.0104", "13873100104"),
        ("１３８－７３１０－０１０４", "13873100104"),
        ("+86-13873100104", "13873100104"),
        ("008613873100104", "13873100104"),
        ("86 138 7310 0104", "13873100104"),
        ("0731-55551234", "073155551234"),
        ("（０７３１）５５５５１２３４", "073155551234"),
        ("+86 731 5555 1234", "073155551234"),
        ("0086 731 55551234", "073155551234"),
        ("+86 10 6666 1234", "01066661234"),
        ("+86 0731 55551234", "073155551234"),
        ("0731-55551234转801", "073155551234-801"),
        ("0731-55551234 分机：801", "073155551234-801"),
        ("0731-55551234-801", "073155551234-801"),
        ("0731 5555 1234 ext. 801", "073155551234-801"),
        ("+852 2345 6789", "+85223456789"),
        ("55551234", "55551234"),
        ("400-800-1234", "4008001234"),
        ("12345", "12345"),
        ("", ""),
        ("没有电话", ""),
    ],
)
def test_one_form(written, one):
    assert normalise(written) == one
    assert not one or is_plausible(one)


@pytest.mark.parametrize(
    "written",
    [
        "1387310002",
        "138731000211",
        "00000000",
        "12",
        "0731",
        "0731-5555",
        "99999999999",
        "1234567",
        "5555转1",
    ],
)
def test_what_is_no_whole_number(written):
    assert not is_plausible(normalise(written))


@given(WRITTEN)
@example("0731-55551234转801")
@example("8686138 7310 0104")
@example("+86 86 138 7310 0104")
@example("5555转1234")
@example("008600867310000000")
def test_the_form_is_its_own_form(written):
    once = normalise(written)
    assert normalise(once) == once


@given(
    st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.sampled_from(["", "+86 ", "0086", "86-"])
)
def test_a_mobile_is_one_number_with_its_country_and_without(number, prefix):
    assert normalise(prefix + number) == number
    assert is_plausible(normalise(f"{prefix}{number[:3]} {number[3:7]} {number[7:]}"))
    assert not is_plausible(number[:-1])
