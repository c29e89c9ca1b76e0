"""Case numbers and query codes.

A number has 20 digits: region 6 (GB/T 2260) + yyMMdd + channel 2 + serial 5 + check digit
(`domain.md` §10.1; ADR 0002). A query code is ten random digits and tells nothing about the case.
Pure.
"""

import secrets
from datetime import date

NUMBER_LENGTH = 20
CODE_LENGTH = 10


def check_digit(digits: str) -> str:
    """Luhn check digit: catches every single wrong digit and nearly every swapped pair."""
    total = 0
    for position, char in enumerate(reversed(digits)):
        value = int(char) * (2 if position % 2 == 0 else 1)
        total += value - 9 if value > 9 else value  # noqa: PLR2004 - digit sum of a two-digit value
    return str(-total % 10)


def case_number(region: str, day: date, channel_digits: str, serial: int) -> str:
    """Compose a number; ``serial`` 1–99,999 within day and channel, else ``ValueError``."""
    if not 1 <= serial <= 99_999:  # noqa: PLR2004
        raise ValueError(f"serial {serial} does not fit five digits")
    body = f"{region}{day:%y%m%d}{channel_digits}{serial:05d}"
    return body + check_digit(body)


def is_case_number(text: str) -> bool:
    """Whether a text is a well-formed number with a right check digit."""
    return len(text) == NUMBER_LENGTH and text.isdecimal() and check_digit(text[:-1]) == text[-1]


def query_code() -> str:
    """Ten random decimal digits from the operating system's source."""
    return "".join(secrets.choice("0123456789") for _ in range(CODE_LENGTH))


def grouped(number: str) -> str:
    """A number in the groups a person reads aloud: ``430329 261121 01 00037 5``."""
    parts = (number[:6], number[6:12], number[12:14], number[14:19], number[19:])
    return " ".join(part for part in parts if part)
