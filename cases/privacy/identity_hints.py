"""What points at somebody without naming them, where the citizen must stay unknown (保密, 机密).

In a county 小覃, 海棠姐, 我姓皇甫, Qin Haitang or the tail of a number is enough. Pure. On ordinary cases
none of it is looked for: the unit may know who it is, and such words mean other things as well.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice, product

from pypinyin import Style, pinyin

from cases.privacy.identity_names import ALL_HAN, GAP, NOBODY, surname
from cases.privacy.spelling import bare

PLACE = "路街巷弄村镇乡组社区县市桥河山湖园苑店公校学"
FAMILIAR = "小老阿大"
LEAST_LATIN = 6  # letters of a name in pinyin: fewer are an English word
READINGS = 4  # of one part of a name
TAIL = 4
DIGITS = {
    "0": "0零〇○洞o",
    "1": "1一幺壹il",
    "2": "2二贰两",
    "3": "3三叁",
    "4": "4四肆",
    "5": "5五伍",
    "6": "6六陆",
    "7": "7七柒拐",
    "8": "8八捌",
    "9": "9九玖勾",
}
ALL_DIGITS = "".join(DIGITS.values())
BETWEEN = r"[\s\-‐-―−_·•.,()○]{0,3}"
NOT_A_TAIL = "元块米年号栋度吨斤万千百里层户人"


def hints(
    text: str, names: Iterable[str], numbers: Iterable[str]
) -> Iterator[tuple[int, int, bool]]:
    """Start, end, and whether it is a number."""
    for name in names:
        letters = bare(name)
        if len(letters) > 1 and letters not in NOBODY:
            for pattern in _ways(letters):
                yield from ((*found.span(1), False) for found in pattern.finditer(text))
    for number in numbers:
        digits = re.sub(r"[^0-9]", "", number)
        if len(digits) > TAIL:
            yield from ((*found.span(1), True) for found in _tail(digits[-TAIL:]).finditer(text))


def spelt_numbers(text: str, numbers: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Known numbers in digits of any kind, mixed, with anything between: 18５7３245五九一."""
    for number in numbers:
        digits = re.sub(r"[^0-9]", "", number)
        if len(digits) > 2 * TAIL:
            yield from (found.span() for found in _mixed(digits).finditer(text))


@lru_cache(maxsize=256)
def _mixed(digits: str) -> re.Pattern[str]:
    return re.compile(BETWEEN.join(f"[{DIGITS[one]}]" for one in digits))


@lru_cache(maxsize=256)
def _tail(digits: str) -> re.Pattern[str]:
    one_by_one = "".join(f"[{DIGITS[one]}]" for one in digits)
    return re.compile(rf"(?<![{ALL_DIGITS}.\-/])({one_by_one})(?![{ALL_DIGITS}{NOT_A_TAIL}.\-/])")


@lru_cache(maxsize=256)
def _ways(letters: str) -> list[re.Pattern[str]]:
    family = surname(letters) or letters[0]
    given = letters[len(family) :]
    if not ALL_HAN.fullmatch(letters):
        return []
    ways = [rf"姓({family})", rf"([{FAMILIAR}]{family})(?!{GAP}[{PLACE}])"]
    if len(family) > 1:
        ways.append(rf"({family})(?![{PLACE}])")
    if len(given) > 1:
        ways.append(rf"({GAP.join(given)})(?![{PLACE}])")
    ways += [rf"(?<![a-z])({GAP.join(latin)})(?![a-z])" for latin in _latin(family, given)]
    return [re.compile(one) for one in ways]


def _latin(family: str, given: str) -> list[str]:
    """The name in pinyin, either part first; a letter may be read in several ways (覃: tan, qin)."""
    readings = [pinyin(part, style=Style.NORMAL, heteronym=True) for part in (family, given)]
    families, givens = (
        ["".join(one) for one in islice(product(*found), READINGS)] for found in readings
    )
    both = [one + two for one in families for two in givens]
    both += [two + one for one in families for two in givens]
    return list(dict.fromkeys(one for one in both if len(one) >= LEAST_LATIN))
