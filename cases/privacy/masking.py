"""What in a text could tell who somebody is: proposals for ＊, which a person then checks.

Pure. Names and numbers are found by the one rule (``cases.privacy.identity.finding``). For publication plates
and doors go too: better one ＊ too many, the editor sees the original beside it. Sources: 个人信息保护法
articles 25 and 28 (`domain.md` §2.7).
"""

import re
from collections.abc import Iterable

from cases.privacy.identity.finding import HOME, NAME, Known, Mark, Voice, find
from cases.privacy.identity.names import NOBODY, TITLE, known_names
from cases.privacy.identity.numbers import keys, known_numbers, numbers
from cases.privacy.identity.signs import plates
from cases.privacy.identity.spelling import spelled

STAR = "＊"
NUMBER = r"[0-9０-９]"
CHINESE_NUMBER = r"[0-9０-９一二三四五六七八九十百零〇两]"
# The number before the word is masked, the word stays: ＊＊号, ＊栋＊单元＊室.
HOUSE = re.compile(
    rf"(?<!月)(?<!{CHINESE_NUMBER}){CHINESE_NUMBER}{{1,6}}(?:[-—–－、至到]{CHINESE_NUMBER}{{1,6}}){{0,4}}"
    r"(?=\s{0,3}(?:号楼|号院|号门|栋|幢|单元|室|门牌))"
)
DOOR = re.compile(rf"(?<![月.0-9０-９]){NUMBER}{{1,5}}(?=\s{{0,3}}号(?!线|文|令|公告|台|机|电))")
SPAN = re.compile(rf"(?<![月.0-9０-９]){NUMBER}{{1,5}}(?=[-—–－~～至到]{STAR}{{1,5}}号)")
NOT_A_LINE = re.compile(r"[-年月日元]")
DIGITS_OF_A_NUMBER = 7  # a secret with as many is a number, not a name


def mask(text: str, names: Iterable[str] = (), voice: Voice = Voice.CITIZEN) -> str:
    """The text with ＊ for numbers, plates, doors and names; the first letter of a name stays.

    ``names`` are known of the case; ``voice`` is that of a unit where its own numbers have to stay.
    """
    known = Known(names=tuple({*names} - NOBODY))
    letters = list(text)
    for mark in find(text, known, voice):
        if mark.kind != HOME and not (mark.kind == NAME and _is_titled(text, mark)):
            _star(letters, mark.start + (mark.kind == NAME), mark.end)
    for start, end in _of_publication(text, voice):
        _star(letters, start, end)
    text = "".join(letters)
    for pattern in (HOUSE, DOOR, SPAN):
        text = pattern.sub(lambda found: STAR * len(found.group()), text)
    return text


def without_numbers(text: str, names: Iterable[str] = ()) -> str:
    """The text with ＊ for people's numbers, for the given names and for those it introduces.

    Less than ``mask``: for texts that are searched, where doors, plates and short numbers are wanted.
    """
    letters = list(text)
    for mark in find(text, Known(names=tuple({*names} - NOBODY))):
        if mark.kind != HOME:
            _star(letters, mark.start, mark.end)
    return "".join(letters)


def left_over(text: str, secrets: Iterable[str]) -> bool:
    """Whether one of ``secrets`` (a name, a number) still stands in the text, however it is spelled."""
    meant, wanted = spelled(text).text, {*secrets} - NOBODY
    of_numbers = {one for one in wanted if sum(map(str.isdecimal, one)) >= DIGITS_OF_A_NUMBER}
    is_there = next(known_numbers(meant, keys(of_numbers)), None)
    return bool(is_there or next(known_names(meant, wanted - of_numbers), None))


def _of_publication(text: str, voice: Voice) -> list[tuple[int, int]]:
    """Every plate and, in a citizen's text, every number as long as a local line."""
    meant = spelled(text)
    found = list(plates(meant.text))
    if voice is Voice.CITIZEN:
        bare = [one for one in numbers(meant.text) if one.shape == "bare" and len(one.digits) <= 8]  # noqa: PLR2004
        found += [(one.start, one.end) for one in bare if not NOT_A_LINE.match(meant.text, one.end)]
    return [meant.back(start, end) for start, end in found]


def _is_titled(text: str, mark: Mark) -> bool:
    """王女士 says no more than 王＊."""
    return bool(re.fullmatch(rf".{{1,4}}(?:{TITLE})", text[mark.start : mark.end]))


def _star(letters: list[str], start: int, end: int) -> None:
    letters[start:end] = STAR * (end - start)
