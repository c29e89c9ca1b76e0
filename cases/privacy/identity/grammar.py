"""How names stand in a text: their beginning, their end, and names joined to each other.

Pure. The cues that say a name follows are in ``introductions`` and ``signatures``.
"""

import re

from cases.privacy.identity.names import HAN, NOT_GIVEN, TITLE, looks_like_name, surname
from cases.privacy.identity.spelling import MIDDLE_DOTS
from cases.privacy.identity.surnames import COMMON, DOUBLE

Span = tuple[int, int]
DETAILED = re.compile(
    r"[,(、\s]{0,2}(?:男|女|联系|身份证|系|是|现年|现住|家住|住|电话|手机|年龄|今年|[0-9]{2}岁|于[0-9]|来自|户籍|家在)"
)
GOES_ON = re.compile(
    r"(?:现年|现在|现住|现居|家住|家在|住在|来自|今年|年龄|电话|手机|联系|身份证|因为|由于|反映|投诉|举报|咨询|代表|想问|"
    r"出生|毕业|生于|作为|多次|至今|去年|全家|敬上|等人|一家|夫妇|夫妻|认为|希望|请求|要求|家里|家的|是一|原是|于[0-9]|等[0-9]|呈上|敬呈|谨呈|性别|民族|出生|职业|住址|地址)"
)
GOES_ON_ONE = re.compile(r"[是系男女住在等的与及想要对就被把请说问家户将和]|先生|女士|同志")
GOES_ON_SOMEHOW = re.compile(rf"[{HAN}]|[a-z](?![0-9])")  # a11 is a place in letters without names
NEAR = re.compile(r"[男女]|于[0-9]|电话|手机|身份证|今年|现年|现住|家住|联系")
FOREIGN = re.compile(r"[a-z]{2,15}(?: [a-z]{2,15}){0,3}(?![a-z0-9])")
DOTTED = re.compile(rf"[{HAN}]{{2,8}}(?:[{MIDDLE_DOTS}][{HAN}]{{1,8}}){{1,4}}")
PEOPLE = re.compile(
    r"(?:村民|居民|业主|农民|公民|市民|职工|员工|教师|老师|学生|家长|患者|群众|工人|民工|干部|负责人|店主|户主|医生|护士|司机|代表)$"
)
BEHIND = re.compile(
    PEOPLE.pattern + r"|(?:敬礼|谢谢|感谢|退休|人员|党员|[局村组县镇乡区社厂校院所站屯寨队师员])$"
)
ACCUSED = re.compile(
    r"(?:校长|院长|局长|主任|经理|老板|负责人|法人|代表人|法人代表|法定代表|司机|快递员|开发商|站长|书记|所长|队长|包工头|房东|中介)[:是叫为]?$"
)
SPACED = re.compile(rf"[{HAN}][ \u3000]{{1,2}}[{HAN}](?:[ \u3000]{{0,2}}[{HAN}])?(?![{HAN}])")
STRETCH = re.compile(rf"[{HAN}]{{4,400}}")
UNHEARD = re.compile(rf"[{HAN}]{{3}}(?=[,(、])")
JOINT = re.compile(
    r"(?:联系)?电话:?|\([^()]{1,14}\)[,、\s]{0,2}|[,、\s和及与]{1,2}(?:\([^()]{1,14}\))?"
)
ASIDE = re.compile(r"\s?\([^()]{1,14}\)")


def _candidates(text: str, start: int) -> list[Span]:
    """Spans from ``start`` that look like a name, the longest first; a space may stand inside."""
    ends = [end for end in range(start + 4, start + 1, -1) if end <= len(text)]
    found = [(start, end) for end in ends if looks_like_name(text[start:end], may_be_word=True)]
    spaced = SPACED.match(text, start)
    if spaced and looks_like_name(re.sub(r"\s", "", spaced.group())):
        found.append(spaced.span())
    return found


def one_at(
    text: str, start: int, *, is_strict: bool = False, may_be_word: bool = False
) -> set[Span]:
    """The name that begins at ``start``, as long as its end says."""
    if dotted := DOTTED.match(text, start):
        return {(dotted.start() + _places(dotted.group()), dotted.end())}
    ranked = []
    for begin, end in _candidates(text, start):
        is_end = not GOES_ON_SOMEHOW.match(text, end)
        if not looks_like_name(
            text[begin:end].replace(" ", ""), may_be_word=may_be_word and is_end
        ):
            continue
        if is_end or (is_strict and NEAR.match(text, end)):
            return {(begin, end)}
        goes_on = 2 if GOES_ON.match(text, end) else 1 if GOES_ON_ONE.match(text, end) else 0
        ranked.append((goes_on, end - begin, (begin, end)))
    best = max(ranked, default=None)
    if is_strict or best is None:
        return set()
    if not best[0] and not (may_be_word and text[start] in COMMON):
        return set()
    return {best[2]}


def _places(dotted: str) -> int:
    """How many letters before a dotted name are the village of 东塘村村民买买提·艾力."""
    found = re.match(
        rf"[{HAN}]*(?:村民|居民|业主|农民|职工|员工|我是|本人|[叫村组县镇乡区])(?=[{HAN}]{{2}})",
        dotted,
    )
    return found.end() if found else 0


def names_at(
    text: str, start: int, *, is_strict: bool = False, may_be_word: bool = False
) -> set[Span]:
    """A name at ``start`` and those joined to it: 李冬、谭小雪, 黄大河黄小溪赵青山."""
    if aside := ASIDE.match(text, start):
        start = aside.end()
    found = one_at(text, start, is_strict=is_strict, may_be_word=may_be_word)
    run = STRETCH.match(text, start) if surname(text[start : start + 2]) else None
    if run and (run_together := split_whole(text, *run.span())):
        return set(run_together)
    more = found
    while more and len(found) < 60:  # noqa: PLR2004 - more do not sign
        end = max(stop for _begin, stop in more)
        joint = JOINT.match(text, end)
        more = (
            _next(text, joint.end(), is_close=bool(set("、()电") & set(joint.group())))
            if joint
            else set()
        )
        found = found | more
    return found


def _next(text: str, start: int, *, is_close: bool) -> set[Span]:
    """What is joined to a list; behind a comma only a name of three letters is one."""
    run = STRETCH.match(text, start) if is_close else None
    if (
        run
        and not re.match(rf"[{HAN}]", text[run.end() : run.end() + 1])
        and (run_together := split_whole(text, *run.span()))
    ):
        return set(run_together)
    found = one_at(text, start, is_strict=True)
    return {(begin, stop) for begin, stop in found if is_close or stop - begin > 2}  # noqa: PLR2004


def split_whole(text: str, start: int, end: int) -> list[Span]:
    """A stretch cut whole into names of three letters, or of two and four; empty when it cannot be."""
    begun: dict[int, int] = {start: start}  # where the name that ends here begins
    for at in range(start, end):
        for length in (2, 4, 3) if at in begun else ():  # the last is the likeliest and stays
            if at + length <= end and looks_like_name(text[at : at + length]):
                begun[at + length] = at
    names: list[Span] = []
    at = end if end - start > 4 else start  # noqa: PLR2004 - 周远山住 is one name and a word
    while at > start and at in begun:
        names.append((begun[at], at))
        at = begun[at]
    return names[::-1] if at == start else []


def names_before(text: str, end: int) -> set[Span]:
    """The names of a list that ends at ``end``."""
    end = text.rfind("等", 0, end + 2)
    found: set[Span] = set()
    while end > 0:
        for length in (3, 2):
            begin = end - length
            is_begun = begin <= 0 or not re.match(rf"[{HAN}]", text[begin - 1]) or not found
            if begin >= 0 and is_begun and looks_like_name(text[begin:end]):
                found.add((begin, end))
                break
        else:
            break
        if text[begin - 1 : begin] not in {"、", ","}:
            break
        end = begin - 1
    return found


def unheard(text: str, start: int) -> set[Span]:
    """Three letters with a family name not in the list, where what follows says it is a name."""
    named = UNHEARD.match(text, start)
    is_name = named and not NOT_GIVEN.search(named.group()) and DETAILED.match(text, named.end())
    return {named.span()} if named and is_name else set()


def foreign(text: str, start: int) -> set[Span]:
    """A name in Latin letters; what a digit follows is a place (``a11``)."""
    found = FOREIGN.match(text, start + (text[start : start + 1] == " "))
    return {found.span()} if found else set()


def ending(text: str, end: int, begins: re.Pattern[str], *, least: int = 3) -> set[Span]:
    """The name that ends at ``end`` and begins where ``begins`` allows, or behind people or a place."""
    if dotted := re.search(DOTTED.pattern + "$", text[max(0, end - 30) : end]):
        return {(end - len(dotted.group()) + _places(dotted.group()), end)}
    for length in (3, 4, 2):
        start = end - length
        name, before = text[max(start, 0) : end], text[max(0, start - 8) : max(start, 0)]
        if start < 0 or (length == 4 and name[:2] not in DOUBLE):  # noqa: PLR2004
            continue
        is_behind = PEOPLE.search(before) if length < 3 else BEHIND.search(before)  # noqa: PLR2004
        is_begun = begins.search(before) or (length >= least and is_behind)
        if not is_begun or ACCUSED.search(before):
            continue
        family = surname(name)
        if looks_like_name(name) or (family and re.fullmatch(TITLE, name[len(family) :])):
            return {(start, end)}
    return set()
