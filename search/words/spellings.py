"""Other ways of writing the same day, floor or case number, to be searched beside the one typed.

Pure. ``2026-11-05`` is also written 2026年11月5日; 二期 is also 2期; a part of a case number is the row of
its groups of five digits, as the index holds them (``fragments``).
"""

import re
from collections.abc import Iterator
from itertools import product

GROUP = 5  # digits; a shorter part of a number is found at its end only
NUMBER_LENGTH = 20

_DAY = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d)(?P<gap>[-/.年]))?"
    r"(?P<month>0?[1-9]|1[0-2])(?(gap)[-/.月]|月)(?P<day>0?[1-9]|[12]\d|3[01])[日号]?"
)
_COUNTED = "期栋幢号单元楼层组路室巷"
_NUMERAL = re.compile(
    rf"(?:(?<![零〇一二三四五六七八九十百千万])[一二三四五六七八九十]{{1,3}}|(?<!\d)[1-9]\d?)(?=[{_COUNTED}])"
)
_ONES = "零一二三四五六七八九"


def is_day(text: str) -> bool:
    """Whether the whole text is a day, with or without its year."""
    return bool(_DAY.fullmatch(text))


def spellings(text: str) -> tuple[str, ...]:
    """Return other ways of writing ``text``, which is folded; none for most."""
    found = dict.fromkeys((*_days(text), *_counts(text), *_number(text)))
    found.pop(text, None)
    return tuple(found)


def fragments(number: str) -> list[str]:
    """Return every ``GROUP`` neighbouring digits of a case number, and its last four."""
    groups = [number[at : at + GROUP] for at in range(len(number) - GROUP + 1)]
    return [*groups, number[-4:]]


def _number(text: str) -> Iterator[str]:
    if text.isascii() and text.isdecimal() and GROUP < len(text) < NUMBER_LENGTH:
        yield " ".join(fragments(text)[:-1])


def _days(text: str) -> Iterator[str]:
    found = _DAY.fullmatch(text)
    if not found:
        return
    month, day = int(found["month"]), int(found["day"])
    if found["year"]:
        year = found["year"]
        yield from (f"{year}年{month}月{day}日", f"{year}年{month:02}月{day:02}日")
        yield from (f"{year}年{month}月{day}号", f"{year}-{month}-{day}")
        yield f"{year}-{month:02}-{day:02}"
    else:
        yield from (f"{month}月{day}日", f"{month}月{day}号", f"{month:02}月{day:02}日")


def _counts(text: str) -> Iterator[str]:
    """Yield the text with its counted things written in digits or in words, three of them at most."""
    places = list(_NUMERAL.finditer(text))[:3]
    ways = [(found[0], _other(found[0])) for found in places]
    for chosen in product(*ways):
        built = text
        for found, numeral in reversed(list(zip(places, chosen, strict=True))):
            built = built[: found.start()] + numeral + built[found.end() :]
        yield built


def _other(numeral: str) -> str:
    """Write 12 as 十二 and 十二 as 12; what is no number stays."""
    return _spoken(int(numeral)) if numeral.isdecimal() else str(_value(numeral) or numeral)


def _value(numeral: str) -> int:
    """Read 三, 十, 十二, 二十, 二十三; 0 for what is no number (三五, 十十)."""
    found = re.fullmatch(r"([一二三四五六七八九])?(十)?([一二三四五六七八九])?", numeral)
    if not found or (not found[2] and found[1] and found[3]):
        return 0
    tens = (_ONES.index(found[1]) if found[1] else 1) if found[2] else 0
    single = found[3] or ("" if found[2] else found[1])
    return tens * 10 + (_ONES.index(single) if single else 0)


def _spoken(number: int) -> str:
    tens, ones = divmod(number, 10)
    start = "" if not tens else ("十" if tens == 1 else f"{_ONES[tens]}十")
    return start + (_ONES[ones] if ones else "")
