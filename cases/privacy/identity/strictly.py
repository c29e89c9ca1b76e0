"""What an answer of the office must not hold that a unit reads which must not know the citizen.

Everything that is left out of such a case's texts, and more, because nothing is masked here: whoever wrote
the answer is told every word at once and writes it otherwise. So a given name counts wherever it stands
(雅琴说), and so do a family name of two letters (欧阳的同事), 小谭, 琴姐, 龚主任 and a name behind 她老公.
Words that make a place or a body (建设局 for 王建设, 国庆节, 平安路) and of every day (小区) stay. Pure.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from cases.privacy.identity.callings import A_PERSON, A_PLACE, OCCUPATIONS, OF_KIN, RELATED
from cases.privacy.identity.finding import HOME, NAME, Known, Mark, Voice, find
from cases.privacy.identity.hints import DOUBLED, OF_A_WORD, SAYS, parts
from cases.privacy.identity.kin import RELATIVES, relatives
from cases.privacy.identity.names import ALL_HAN, GAP, HAN, NOBODY, TITLE, families
from cases.privacy.identity.spelling import bare, spelled
from cases.privacy.identity.surnames import COMMON, DOUBLE, LEFT, PLACES, SINGLE

# The office speaks of the citizen as 她: her sister is the sister of whoever must stay unknown
THEIRS = re.compile(rf"[她他](?=的?(?:{RELATIVES}))")
# Relatives of two letters who may be anybody's elsewhere: read as her children
CLOSE = re.compile(
    "([她他]的?)(?:先生|太太|孩子|小孩|对象|闺女|侄[子女儿]|外甥|舅舅|叔叔|姑姑|[堂表][哥弟姐妹])"
)
POSTS = "[主副]任|[副]?(?:校|局|院|所|站|镇|乡|县|科|处|厂|店|队|班|组|会)长|书记|经理|总|董"
# Words of every day, whoever is called so: nobody is meant by 小区
EVERY_DAY = (
    r"[小老阿](?:[区时学师板家人店城妹弟伯叔爷奶太头汉娘婆公题品字乡组队门街心气台房票班段包麦雪路康]|"
    r"程序|龙[虾王]|毛病|金额|金库|任务|苏打|赖(?!说)|童|马路|马甲|石[子头块]|江[桥河]|叶|车|米|黄车|白[鼠菜]|花园|"
    r"问题|牛奶|水|商[贩户]|贷|额|广告|温室|严重|常识|成本|方[向便]|广场|何时|鲁|熊猫|汤圆|钱包|林场|龄|旧|化)"
)
FAMILY = "|".join([*sorted(DOUBLE), f"[{''.join(sorted(SINGLE))}]"])
LITTLE = re.compile(
    rf"(?<![大中最幼])(?P<who>(?!{EVERY_DAY})(?:[小老]|{A_PERSON})(?P<family>{FAMILY}))(?!{PLACES}|[坝坑坎沟])"
)


def strict_marks(text: str, known: Known) -> tuple[Mark, ...]:
    """Marks in order, without overlap; homes are none, for the citizen lets the unit come."""
    said = THEIRS.sub("我", CLOSE.sub(r"\1儿子", text))  # of the same length
    meant = spelled(said)
    found = [mark for mark in find(said, known, Voice.CITIZEN) if mark.kind != HOME]
    spans = {*_parts(meant.text, known.names), *_little(meant.text, families(known.names))}
    spans |= relatives(meant.text, COMMON | DOUBLE | families(known.names))
    found += [Mark(*meant.back(*span), NAME) for span in spans]
    apart: list[Mark] = []
    for mark in sorted(found):
        if apart and mark.start < apart[-1].end:
            last = apart.pop()
            mark = Mark(last.start, max(last.end, mark.end), last.kind)  # noqa: PLW2901
        apart.append(mark)
    return tuple(apart)


def _parts(text: str, names: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Parts of known names, with a title or without."""
    for name in names:
        letters = bare(name)
        if len(letters) > 1 and letters not in NOBODY and ALL_HAN.fullmatch(letters):
            for pattern in _ways(letters):
                for found in pattern.finditer(text):
                    start = found.start("who")
                    if text[max(0, start - 1) : start + 1] not in LEFT:
                        yield found.span("who")


@lru_cache(maxsize=256)
def _ways(letters: str) -> tuple[re.Pattern[str], ...]:
    family, given = parts(letters)
    titles = rf"{TITLE}|{OCCUPATIONS}|{POSTS}"
    begins = rf"(?<![{HAN}])" if family in OF_A_WORD else ""
    ways = [rf"{begins}(?P<who>{family}{GAP}(?:{titles}))", rf"(?P<who>姓{family})(?!氏)"]
    if family in DOUBLE:
        ways.append(rf"(?P<who>{GAP.join(family)})(?!{A_PLACE})")
    if len(given) > 1:
        ways.append(rf"(?P<who>{GAP.join(given)})(?!{A_PLACE})")
    if given:
        one = given[-1]
        ways.append(rf"(?P<who>(?!{EVERY_DAY})(?:[小老]|{A_PERSON}){one})(?!{A_PLACE})")
        if one not in OF_KIN:
            ways.append(rf"(?P<who>{one}(?:{RELATED}))(?![夫妹])")
            ways += [] if one in DOUBLED else [rf"(?P<who>{one}{one})(?!{A_PLACE})"]
    return tuple(re.compile(way) for way in ways)


def _little(text: str, known: frozenset[str]) -> Iterator[tuple[int, int]]:
    """小谭, 老欧阳: a family name of anybody; one that makes words only with a title or of somebody known."""
    for found in LITTLE.finditer(text):
        family = found.group("family")
        is_plain = (family in COMMON and family not in OF_A_WORD) or family in DOUBLE
        behind = f"{TITLE}|{SAYS}" if family in known else TITLE
        if is_plain or re.compile(rf"{GAP}(?:{behind})").match(text, found.end()):
            yield found.span("who")
