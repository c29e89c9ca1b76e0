"""Numbers in a text that have the shape of somebody's: telephone, identity, card, however spaced.

Pure, and linear: a text is cut once into runs of digits, each run into groups, and a number is a few
groups that follow each other. Whose it is, ``public`` decides. Sources: GB 11643 (identity),
电信网编号计划 (telephones), ISO/IEC 7812 (cards).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cases.privacy.identity.spelling import DOTS
from cases.privacy.phone import normalise

FILL = rf"[\s\-‐-―−_{DOTS}()\[\]]"
RUN = re.compile(rf"\+?\(?[0-9](?:{FILL}{{0,3}}+[0-9])*+x?")
GROUP = re.compile(r"[0-9]+x?")
EXTENSION = re.compile(
    r"\s?(?:转|分机|ext\.?)[\s:]?(?:[0-9]{1,4}(?=(?:19|20)[0-9]{2}[年.\-])|[0-9]{1,6}(?![0-9年]))"
)
DASHED_EXTENSION = re.compile(r"-[0-9]{1,4}(?![-./0-9年月日])")
CHINESE = "零〇○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖"
VALUES = str.maketrans(CHINESE, "0001234567891123456789")
SAID = re.compile(rf"[{CHINESE}](?:{FILL}{{0,2}}+[{CHINESE}]){{6,}}+")
# o, i and l typed for 0 and 1, only beside digits: 139O731899o
LETTERS = re.compile(
    r"(?<=[0-9])[oil]+(?=[0-9])|(?<![a-z])[oil](?=[0-9]{2})|(?<=[0-9]{2})[oil](?![a-z])"
)
MEANT = str.maketrans("oil", "011")
# The tail of a number tells who it is to whoever has the number in the telephone.
TAIL = re.compile(
    r"(手机|电话|号码)?(?:号码?)?(?:尾号|尾数|后四位|末四位|最后四位)[是为:\s]{0,3}([0-9]{4})(?![0-9])"
)
DATED = re.compile(r"\s?年|([-./])[0-9]{1,2}\1[0-9]{1,2}")
YEAR = re.compile(r"(?:19[5-9]|20[0-4])[0-9]$")
MOBILE = re.compile(r"1[3-9][0-9]{9}")
FIXED = re.compile(r"0(?:10[0-9]{8}|2[0-9]{9}|[3-9][0-9]{9,10}|0{3}[0-9]{8})")  # the last: left out
FREE = re.compile(r"[48]00[0-9]{7}")
SEVERAL = re.compile(r"(?:1[3-9][0-9]{9}){2,}")
IDENTITY = re.compile(
    r"[1-8][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9x]"
)
DAY_BEHIND = re.compile(r"1[3-9][0-9]{10,11}|[02-9][0-9]{8,9}")  # …0104 3日
LONGEST = 25  # digits of the longest number looked for
CARD_SPLITS = {(4, 4, 4, 4), (4, 4, 4, 4, 1), (4, 4, 4, 4, 2), (4, 4, 4, 4, 3), (6, 13)}


@dataclass(frozen=True)
class Number:
    """Where a number stands in the spelled text, its digits without the country, and its kind."""

    start: int
    end: int
    digits: str
    shape: str  # identity, card, mobile, fixed, free, or bare: seven digits and more, to be asked about


@dataclass(frozen=True)
class Group:
    """Digits without anything between."""

    start: int
    end: int
    digits: str


def numbers(text: str) -> Iterator[Number]:
    """Everything of the right shape, in order, without overlap."""
    for run in RUN.finditer(text):
        groups = _groups(text, run.start(), run.end())
        at = 0
        while at < len(groups):
            found, taken = _at(text, groups, at)
            if found is not None:
                yield found
                if found.shape == "bare":
                    taken = 1  # perhaps nobody's, and a mobile stands behind it
                while found.shape != "bare" and (
                    at + taken < len(groups) and groups[at + taken].start < found.end
                ):
                    taken += 1  # the extension
            at += taken
    for said in SAID.finditer(text):
        if found := _spoken(said):
            yield found


def with_digits(text: str) -> str:
    """The text of the same length with letters that were typed for digits as these."""
    return LETTERS.sub(lambda found: found.group().translate(MEANT), text)


def tails(text: str, known: Iterable[str]) -> Iterator[tuple[int, int]]:
    """尾号8990: of a telephone by the word before it, or of a known number."""
    ends = {number[-4:] for number in known}
    for found in TAIL.finditer(text):
        if found.group(1) or found.group(2) in ends:
            yield found.span(2)


def keys(known: Iterable[str]) -> frozenset[str]:
    """What numbers of a case or of an office are found by: whole, and a fixed one without its area."""
    found = set()
    for number in known:
        card = re.sub(r"[^0-9Xx]", "", number).lower()
        digits = (
            card if IDENTITY.fullmatch(card) else normalise(number).split("-")[0].split("转")[0]
        )
        digits = digits.lstrip("+")
        if len(digits) >= 7:  # noqa: PLR2004 - a short number is nobody's
            found.add(digits)
        if FIXED.fullmatch(digits):
            found.add(digits[3:] if re.match(r"010|02", digits) else digits[4:])
    return frozenset(found)


def known_numbers(text: str, known: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Where numbers of these keys stand, in any spelling, also glued to others."""
    if not known:
        return
    for run in RUN.finditer(text):
        groups = _groups(text, run.start(), run.end())
        yield from _known_in(text, groups, known)
    for said in SAID.finditer(text):
        digits = [said.start() + at for at, one in enumerate(said.group()) if one in CHINESE]
        joined = "".join(text[at] for at in digits).translate(VALUES)
        for key in known:
            if (at := joined.find(key)) >= 0:
                yield digits[at], digits[at + len(key) - 1] + 1


def _known_in(text: str, groups: list[Group], known: frozenset[str]) -> Iterator[tuple[int, int]]:
    joined = "".join(group.digits for group in groups)
    places = [at for group in groups for at in range(group.start, group.end)]
    starts, ends = {group.start for group in groups}, {group.end for group in groups}
    for key in known:
        at = joined.find(key)
        while at >= 0:
            start, end = places[at], places[at + len(key) - 1] + 1
            is_whole = len(key) >= 10 or (start in starts and end in ends)  # noqa: PLR2004
            if is_whole:
                yield (
                    _opened(text, start, end),
                    _extended(text, end, is_fixed=bool(FIXED.fullmatch(key))),
                )
            at = joined.find(key, at + len(key))


def _groups(text: str, start: int, end: int) -> list[Group]:
    """The groups of a run; a date written straight behind a number is a group of its own."""
    found: list[Group] = []
    for one in GROUP.finditer(text, start, end):
        digits, cut = one.group(), 0
        if _is_date_behind(text[one.end() : one.end() + 6], digits, is_first=not found):
            cut = 4
        elif text[one.end() : one.end() + 1] in {"月", "日"} and DAY_BEHIND.fullmatch(digits):
            cut = len(digits) - (11 if digits[0] == "1" else 8)
        middle = one.end() - cut
        found.append(Group(one.start(), middle, digits[: len(digits) - cut]))
        if cut:
            found.append(Group(middle, one.end(), digits[-cut:]))
    return found


def _is_date_behind(behind: str, digits: str, *, is_first: bool) -> bool:
    """138731001042026年, 138.7310.01042026-3-1; at the end of a text only a whole number has a year."""
    is_long = len(digits) > 10  # noqa: PLR2004
    if not YEAR.search(digits) or not (is_long or (len(digits) == 8 and not is_first)):  # noqa: PLR2004
        return False
    return bool(DATED.match(behind) or (is_long and re.fullmatch("[-./]?", behind)))


def _at(text: str, groups: list[Group], at: int) -> tuple[Number | None, int]:
    """The longest number that begins with group ``at``, and how many groups it takes."""
    best: Number | None = None
    taken, digits = 1, ""
    sizes: tuple[int, ...] = ()
    for count, group in enumerate(groups[at : at + 19], 1):
        digits += group.digits
        sizes = (*sizes, len(group.digits))
        if len(digits) > LONGEST and count > 1:
            break
        if not _is_worth_asking(digits, sizes):
            continue
        if shape := _shape(digits, sizes):
            if best is not None and shape == "bare" != best.shape:
                continue
            if shape == "card" and count > 1 and "." in text[groups[at].start : group.end]:
                continue  # a table of figures
            start = _opened(text, groups[at].start, group.end)
            end = _extended(text, group.end, is_fixed=shape in {"fixed", "free"})
            best = Number(start, end, _without_country(digits, sizes)[0], shape)
            taken = count
    return best, taken


def _is_worth_asking(digits: str, sizes: tuple[int, ...]) -> bool:
    """Few groups can be a number: this keeps a text of ten thousand single digits quick."""
    if len(digits) < 7:  # noqa: PLR2004
        return False
    return sizes[0] > 2 or digits.startswith("86") or len(digits) in {11, 12, 18}  # noqa: PLR2004


def _opened(text: str, start: int, end: int) -> int:
    """The start with ``+`` and an opening bracket that is closed inside."""
    if text[start - 1 : start] == "(" and ")" in text[start:end]:
        start -= 1
    return start - 1 if text[start - 1 : start] == "+" else start


def _extended(text: str, end: int, *, is_fixed: bool) -> int:
    found = EXTENSION.match(text, end)
    if found is None and is_fixed:
        found = DASHED_EXTENSION.match(text, end)
    return found.end() if found else end


def _shape(digits: str, sizes: tuple[int, ...]) -> str:
    digits, sizes, is_abroad = _without_country(digits, sizes)
    if not digits or ("x" in digits and not IDENTITY.fullmatch(digits)):
        return ""
    for shape, fits in SHAPES.items():
        if fits(digits, sizes, is_abroad):
            return shape
    return ""


def _is_identity(digits: str, _sizes: tuple[int, ...], _is_abroad: bool) -> bool:  # noqa: FBT001
    return bool(IDENTITY.fullmatch(digits))


def _is_free(digits: str, _sizes: tuple[int, ...], _is_abroad: bool) -> bool:  # noqa: FBT001
    return bool(FREE.fullmatch(digits))


def _without_country(digits: str, sizes: tuple[int, ...]) -> tuple[str, tuple[int, ...], bool]:
    for prefix in ("0086", "86"):
        if not digits.startswith(prefix):
            continue
        if sizes[0] == len(prefix):
            return digits[len(prefix) :], sizes[1:], True
        rest = digits[len(prefix) :]
        if len(sizes) == 1 and (MOBILE.fullmatch(rest) or FIXED.fullmatch(rest)):
            return rest, (len(rest),), True
    return digits, sizes, False


def _is_mobile(digits: str, sizes: tuple[int, ...], _is_abroad: bool) -> bool:  # noqa: FBT001
    """One, or two glued; ``1986.2-1991.11`` has eleven digits too, but nobody groups a mobile so."""
    if not MOBILE.fullmatch(digits[digits.startswith("0") :]):
        return len(sizes) == 1 and bool(SEVERAL.fullmatch(digits))
    is_by_ones = max(sizes) <= 2  # noqa: PLR2004 - in ones and twos
    is_year = sizes[0] == 4 and digits.startswith("19")  # noqa: PLR2004
    return len(sizes) == 1 or is_by_ones or (min(sizes) >= 3 and not is_year)  # noqa: PLR2004


def _is_fixed(digits: str, sizes: tuple[int, ...], is_abroad: bool) -> bool:  # noqa: FBT001
    if is_abroad and not digits.startswith("0"):
        has_area = sizes[0] in {2, 3} and min(sizes[1:], default=0) >= 3  # noqa: PLR2004
        return has_area and 10 <= len(digits) <= 11  # noqa: PLR2004
    if len(sizes) > 2 and digits[0] == digits[sizes[0]] == "0":  # noqa: PLR2004 - the area twice
        return _is_fixed(digits[sizes[0] :], sizes[1:], is_abroad)
    if not FIXED.fullmatch(digits):
        return False
    return len(sizes) == 1 or (sizes[0] in {3, 4} and min(sizes[1:]) >= 3)  # noqa: PLR2004


def _is_card(digits: str, sizes: tuple[int, ...], _is_abroad: bool) -> bool:  # noqa: FBT001
    return sizes in CARD_SPLITS or (len(sizes) == 1 and 15 <= len(digits) <= 19)  # noqa: PLR2004


def _is_bare(digits: str, sizes: tuple[int, ...], _is_abroad: bool) -> bool:  # noqa: FBT001
    is_long = 7 <= len(digits) <= LONGEST and digits[0] != "0"  # noqa: PLR2004
    return is_long and min(sizes) >= 3 and len(sizes) <= 4  # noqa: PLR2004


SHAPES = {
    "identity": _is_identity,
    "free": _is_free,
    "mobile": _is_mobile,
    "fixed": _is_fixed,
    "card": _is_card,
    "bare": _is_bare,
}


def _spoken(said: re.Match[str]) -> Number | None:
    """A mobile or a fixed line in Chinese digits; what stands behind it may begin with 一."""
    places = [said.start() + at for at, one in enumerate(said.group()) if one in CHINESE]
    digits = re.sub(rf"[^{CHINESE}]", "", said.group()).translate(VALUES)
    for shape, pattern in (("mobile", MOBILE), ("fixed", re.compile("0[1-9][0-9]{9,10}"))):
        if found := pattern.match(digits):
            return Number(places[0], places[found.end() - 1] + 1, found.group(), shape)
    return None
