"""Relatives called by name, where the citizen stays unknown (保密, 机密): 我老公张大山, 儿子叫李小明.

Pure. In a county a husband's name is the wife's address. The relatives of whoever is complained about
(他儿子…, 书记的女婿…) stay: the unit has to read them. Without 叫 three letters with a common family name are
asked for, and a word that goes on behind a name: 儿子高烧 and 老公王某 are nobody. Two letters, or a space
inside, are enough with the family name of somebody known (我儿子龚浩 where 龚雅琴 writes).
"""

import re
from collections.abc import Collection

from cases.privacy.identity.grammar import ACCUSED, DETAILED, GOES_ON, GOES_ON_ONE, Span, one_at
from cases.privacy.identity.names import ALL_HAN, HAN, looks_like_name, surname
from cases.privacy.identity.surnames import COMMON, DOUBLE

RELATIVES = (
    "老公|丈夫|爱人|老婆|妻子|儿子|女儿|父亲|母亲|爸爸|妈妈|公公|婆婆|岳父|岳母|儿媳妇?|女婿|孙子|孙女|"
    "哥哥|姐姐|弟弟|妹妹|嫂子|姐夫|妹夫"
)
KIN = re.compile(rf"(?:{RELATIVES})(?P<said>名叫|名字叫|叫做?|姓名[:是]?|:|\(|是)?\s?")
# Whose words a sentence may go on with behind 儿子, 老公: a name of three letters that goes on only
WORDY = frozenset(
    "时区于康满车米麦雪寒金白黄家单班计党江河胡包路广水田高平安谷商农花年牛明温查方毛易费师干公石"
    "曾付任关左尚谈居危申全应成常何向连管解从能有和与由是对过才都又还要当无代游相许严万强展"
)
NOT_NAMES = re.compile(  # beside the words of ``names.txt``
    "张[口嘴罗开望]|周岁|罗嗦|陈年|唐突|雷同|熊猫|钟头|高[烧热个大]|钱[给都没被全]|马[路桶]|余生"
)
SPACED_NAME = rf"[ ]{{0,2}}[{HAN}](?:[ ]{{0,2}}[{HAN}])?"
OF_OTHERS = re.compile(
    r"(?:[他她其它您你]们?|对方|人家|[^我咱俺己人家们]的|(?<!我)(?<!咱)(?<!俺)们的)$"
)
KIN_GOES_ON = re.compile(
    rf"[^{HAN}]|$|[去到被患因于已也上读说讲让给跟从得死病]|失踪|工作|打工|参加|一[起道同]|[和跟与]我"
)


def relatives(text: str, known: Collection[str] = ()) -> set[Span]:
    """Names that stand behind a word of kinship, but for relatives of others; ``known``: family names."""
    found: set[Span] = set()
    for cue in KIN.finditer(text):
        before = text[max(0, cue.start() - 8) : cue.start()]
        if OF_OTHERS.search(before) or ACCUSED.search(before):
            continue
        said = cue.group("said") or ""
        if "叫" in said or "姓名" in said:
            found |= one_at(text, cue.end(), may_be_word=True)
        else:
            named = _plainly(text, cue.end(), is_apart=said in {":", "("})
            found |= named or _of_the_family(text, cue.end(), known)
    return found


def _of_the_family(text: str, start: int, known: Collection[str]) -> set[Span]:
    """A name with a family name that is known, or that has two letters: 龚浩, 欧阳 伟东."""
    family = surname(text[start : start + 2]) or text[start : start + 1]
    if family not in known and family[:1] in known:  # 欧阳 for 欧
        family = family[:1]
    if family not in known and family not in DOUBLE:
        return set()
    given = re.compile(SPACED_NAME).match(text, start + len(family))
    if given is None:
        return set()
    letters = [at for at in range(*given.span()) if text[at] != " "]
    spans = [(start, at + 1) for at in reversed(letters)]
    names = [(family + "".join(text[start + len(family) : end].split()), end) for _, end in spans]
    ends = [end for name, end in names if _may_be_name(name, family)]
    for end in ends:
        if _is_detailed(text, end) or (_goes_on(text, end) and not _is_wordy(family, start, end)):
            return {(start, end)}
    return {(start, ends[0])} if ends and family not in WORDY else set()


def _may_be_name(name: str, family: str) -> bool:
    is_name = looks_like_name(name) or (not surname(name) and ALL_HAN.fullmatch(name) is not None)
    return is_name and not NOT_NAMES.match(name) and name[len(family) :][:1] not in "某家姓"


def _is_detailed(text: str, end: int) -> bool:
    """What says that a name ended; in 儿子高烧,女儿… it does not."""
    return bool(DETAILED.match(text, end)) and not re.match(r".{0,2}女[儿婿]", text[end : end + 4])


def _is_wordy(family: str, start: int, end: int) -> bool:
    return family in WORDY and end - start < 3  # noqa: PLR2004


def _goes_on(text: str, end: int) -> bool:
    return any(one.match(text, end) for one in (KIN_GOES_ON, GOES_ON, GOES_ON_ONE))


def _plainly(text: str, start: int, *, is_apart: bool) -> set[Span]:
    """The name at ``start`` that no 叫 introduces; ``is_apart``: a colon or a bracket stands before it."""
    family = surname(text[start : start + 2])
    if family not in COMMON and family not in DOUBLE:
        return set()
    for end in (start + len(family) + 2, start + len(family) + 1):
        name = text[start:end]
        if end > len(text) or not looks_like_name(name):
            continue
        is_whole = len(name) > 2 or (is_apart and not re.match(rf"[{HAN}]", text[end : end + 1]))  # noqa: PLR2004
        if (is_whole and _goes_on(text, end)) or _is_detailed(text, end):
            return {(start, end)}
    return set()
