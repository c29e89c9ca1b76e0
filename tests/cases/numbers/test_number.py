"""Case numbers: composed, checked, read aloud; a slip of one digit is never a number."""

from datetime import date
from itertools import pairwise

import pytest

from cases.numbers.number import (
    CODE_LENGTH,
    case_number,
    check_digit,
    grouped,
    is_case_number,
    query_code,
)

DAY = date(2026, 11, 21)
NUMBER = "43032926112101000376"  # the last digit worked out by hand: the sum of the others is 54


def test_a_number_says_region_day_channel_and_serial():
    assert case_number("430329", DAY, "01", 37) == NUMBER


@pytest.mark.parametrize(("serial", "part"), [(1, "00001"), (99_999, "99999")])
def test_the_first_and_the_last_serial_of_a_day(serial, part):
    number = case_number("430329", DAY, "01", serial)
    assert number[14:19] == part
    assert is_case_number(number)


@pytest.mark.parametrize("serial", [0, -1, 100_000])
def test_a_serial_that_does_not_fit_is_refused(serial):
    with pytest.raises(ValueError, match=f"serial {serial} does not fit five digits"):
        case_number("430329", DAY, "01", serial)


@pytest.mark.parametrize(
    ("digits", "digit"), [("7992739871", "3"), ("0", "0"), ("5", "9"), ("18", "2")]
)
def test_the_check_digit_is_luhns(digits, digit):
    assert check_digit(digits) == digit


def test_any_wrong_digit_and_any_swap_of_unlike_neighbours_is_noticed():
    for place, digit in enumerate(NUMBER):
        wrong = str((int(digit) + 1) % 10)
        assert not is_case_number(NUMBER[:place] + wrong + NUMBER[place + 1 :])
    for place, (one, other) in enumerate(pairwise(NUMBER)):
        swapped = NUMBER[:place] + other + one + NUMBER[place + 2 :]
        assert is_case_number(swapped) is (one == other)


@pytest.mark.parametrize(
    "text", ["", NUMBER[:-1], NUMBER + "0", "x" + NUMBER[1:], f" {NUMBER[1:]}"]
)
def test_other_texts_are_no_numbers(text):
    assert not is_case_number(text)


def test_a_query_code_is_ten_digits_and_another_each_time():
    codes = {query_code() for _ in range(50)}
    assert len(codes) == 50
    assert all(len(code) == CODE_LENGTH == 10 and code.isdecimal() for code in codes)
    assert {digit for code in codes for digit in code} == set("0123456789")


@pytest.mark.parametrize(
    ("number", "shown"),
    [(NUMBER, "430329 261121 01 00037 6"), (NUMBER[:12], "430329 261121"), ("", "")],
)
def test_a_number_is_read_aloud_in_groups(number, shown):
    assert grouped(number) == shown
