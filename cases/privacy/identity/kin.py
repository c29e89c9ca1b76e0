"""Relatives called by name, where the citizen stays unknown (保密, 机密): 我老公张大山, 儿子叫李小明.

Pure. In a county a husband's name is the wife's address. The relatives of whoever is complained about
(他儿子…, 书记的女婿…) stay: the unit has to read them. Without 叫 three letters with a common family name are
asked for, and a word that goes on behind a name: 儿子高烧 and 老公王某 are nobody.
"""

import re

from cases.privacy.identity.grammar import ACCUSED, DETAILED, GOES_ON, GOES_ON_ONE, Span, one_at
from cases.privacy.identity.names import HAN, looks_like_name, surname
from cases.privacy.identity.surnames import COMMON, DOUBLE

RELATIVES = (
    "老公|丈夫|爱人|老婆|妻子|儿子|女儿|父亲|母亲|爸爸|妈妈|公公|婆婆|岳父|岳母|儿媳妇?|女婿|孙子|孙女|"
    "哥哥|姐姐|弟弟|妹妹|嫂子|姐夫|妹夫"
)
KIN = re.compile(rf"(?:{RELATIVES})(?P<said>名叫|名字叫|叫做?|姓名[:是]?|:|\(|是)?\s?")
OF_OTHERS = re.compile(
    r"(?:[他她其它您你]们?|对方|人家|[^我咱俺己人家们]的|(?<!我)(?<!咱)(?<!俺)们的)$"
)
KIN_GOES_ON = re.compile(
    rf"[^{HAN}]|$|[去到被患因于已也上读说讲让给跟从得死病]|失踪|工作|打工|参加"
)


def relatives(text: str) -> set[Span]:
    """Names that stand behind a word of kinship, but for relatives of others."""
    found: set[Span] = set()
    for cue in KIN.finditer(text):
        before = text[max(0, cue.start() - 8) : cue.start()]
        if OF_OTHERS.search(before) or ACCUSED.search(before):
            continue
        said = cue.group("said") or ""
        if "叫" in said or "姓名" in said:
            found |= one_at(text, cue.end(), may_be_word=True)
        else:
            found |= _plainly(text, cue.end(), is_apart=said in {":", "("})
    return found


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
        goes_on = any(one.match(text, end) for one in (KIN_GOES_ON, GOES_ON, GOES_ON_ONE))
        if (is_whole and goes_on) or DETAILED.match(text, end):
            return {(start, end)}
    return set()
