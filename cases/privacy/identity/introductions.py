"""Names that nobody told us and the text tells itself: 我叫…, 投诉人：…, a signature.

Pure. Such a name needs a family name (``surnames``) and an end: punctuation, or a word that goes on after
a name. The weaker the introduction, the more is asked. A person who is complained about is not
introduced so: the unit has to read that name.
"""

import re

from cases.privacy.identity.grammar import (
    ACCUSED,
    DETAILED,
    Span,
    ending,
    foreign,
    names_at,
    names_before,
    one_at,
    split_whole,
    unheard,
)
from cases.privacy.identity.names import HAN, looks_like_name
from cases.privacy.identity.public import Voice
from cases.privacy.identity.surnames import COMMON, SINGLE

PARTIES = (
    "投诉|举报|检举|控告|反映|反应|申诉|申请|报告|求助|询问|咨询|建议|诉求|信访|上访|来访|请求|来信|来电|写信|留言|发帖|"
    "发贴|当事|受害|呈报|上报|编写|撰写|执笔|起草|呈请|申述|陈述|代理|委托|签名|提问|质疑"
)
STRONG = re.compile(
    r"(?:我|本人|俺)(?:的)?(?:名字|姓名|名|大名)?叫(?:做|作)?|(?<![为自])我名(?![字下额为义])|(?:我|本人)的?(?:名字|姓名)(?:[是为:]|叫)|"
    r"(?<!公司)(?<!店)名叫|名字[叫是]|姓名[:是为]"
)
PARTY = re.compile(
    rf"(?:(?<!被)(?:{PARTIES})人|实名(?:求助|举报|投诉|反映))(?:代表)?(?:姓名|\(?签名\)?|代表人?)?(?:[:是为叫]|名叫)?\s?"
)
CONTACT = re.compile(r"(?<!定)联系人(?:姓名)?[:是为]?\s?")
LABEL = re.compile(
    r"(?<!负责)(?<!责任)(?<!问责)(?<!嫌疑)(?<!被告)(?<!承包)(?<!标)(?<!采购)(?<!经办)(?<!借款)(?<!表)(?<!被..)(?<!的)人:\s?|(?:患者|病人|户主|业主|家属|家长|网友|市民|居民|公民|村民|农民|签名|署名|落款|代表|学生|员工|职工|教师|敬上|"
    r"(?<!法定)(?<!法人)代表人):\s?"
)
WEAK = re.compile(r"(?:我|本人)(?:就是|[是系乃为])|我们是")
ME = re.compile(rf"(?:^|[。!?;,\s])我([{HAN}]{{3}})(?=[在于是,住家系因])")
SELF = re.compile(r"(?:我们?|本人)[是系乃为]([^,。;:!?()\n我]{2,40})(?=[,。;:!?()\n]|$)")
SEXED = re.compile(
    rf"(?:我|本人|(?:^|[^{HAN}a-z]))([{HAN}]{{2,4}})(?=[,(、\s]{{0,2}}(?:(?:男|女)(?:性|人|士)?[0-9,、。)\s]|[0-9]{{2}}岁))"
)
ASKS = re.compile(
    r"等[0-9一二三四五六七八九十百余多几]{0,5}(?:名|位|户|人)[^,。;]{0,8}(?:联名|反映|举报|投诉|请求|联合|敬上|呈|签名)"
)
SIGNED_TITLE = re.compile(
    rf"(?:^|[。!?;,\s礼谢])([{''.join(sorted(SINGLE))}](?:先生|女士|小姐))(?=[\s:,(]*(?:[0-9]{{4}}|电话|手机|$))"
)
RUN_OF_NAMES = re.compile(
    rf"(?:[;:。,\s]|[0-9]{{7}})([{HAN}]{{6,200}}?)(?=(?:19|20)[0-9]{{2}}[年.\-]|等(?:共计?)?[0-9])"
)
VILLAGER = re.compile(rf"(?:村民|居民|业主|职工|员工|[村组])[{HAN}]{{3,4}}(?=,(?:我|本人))")
# What joins two parties of a case in a unit's text and is no letter of the first: 欧阳倩还是黄小丽
JOINS = re.compile(rf"还(?=是)|或(?=[者是])|[和跟与](?=([{HAN}]{{2,3}}))")
NEVER = re.compile(r"(?!)")


def introduced(text: str, voice: Voice) -> set[Span]:
    """Where names are introduced; in a unit's text only the parties of the case are."""
    found: set[Span] = set()
    if voice is Voice.UNIT:
        text = JOINS.sub(_apart, text)
    for cue in PARTY.finditer(text):
        is_said = cue.group().rstrip().endswith((":", "叫"))
        found |= names_at(text, cue.end(), may_be_word=is_said)
        found |= _behind_a_place(text, cue.end())
    if voice is Voice.UNIT:
        return found
    titled = {signed.span(1) for signed in SIGNED_TITLE.finditer(text)}
    return found | titled | _called(text) | _said_of_self(text) | _lists(text)


def _apart(joint: re.Match[str]) -> str:
    """A comma for a word that joins names, 和 only before what looks like one; of the same length."""
    behind = joint.group(1)
    is_joint = behind is None or looks_like_name(behind) or looks_like_name(behind[:2])
    return "、" if is_joint else joint.group()


def _called(text: str) -> set[Span]:
    """我叫…, 联系人：…, 患者：…."""
    found: set[Span] = set()
    for cue in STRONG.finditer(text):
        found |= (
            names_at(text, cue.end(), may_be_word=True)
            or foreign(text, cue.end())
            or unheard(text, cue.end())
        )
    for pattern in (CONTACT, LABEL):
        for cue in pattern.finditer(text):
            found |= names_at(text, cue.end())
    return found


def _said_of_self(text: str) -> set[Span]:
    """我是…, 本人…，身份证…, 我…，男, 我是…村村民…."""
    found: set[Span] = set()
    for cue in WEAK.finditer(text):
        found |= one_at(text, cue.end(), is_strict=True)
    for said in ME.finditer(text):
        is_name = said.group(1)[0] in COMMON and looks_like_name(said.group(1))
        found |= {said.span(1)} if is_name else set()
    for cue in re.finditer("本人", text):
        named = one_at(text, cue.end(), is_strict=True)
        found |= {
            (start, end)
            for start, end in named
            if DETAILED.match(text, end) or (text[start] in COMMON and text[end : end + 1] == ",")
        }
    for said in SEXED.finditer(text):
        before = text[max(0, said.start(1) - 12) : said.start(1)]
        is_about = re.search("被|问责", before) or ACCUSED.search(before)
        found |= {said.span(1)} if looks_like_name(said.group(1)) and not is_about else set()
    for said in SELF.finditer(text):
        found |= ending(text, said.end(1), NEVER, least=2) or _of_one(text, said)
    for villager in VILLAGER.finditer(text):
        found |= ending(text, villager.end(), NEVER)
    return found


def _of_one(text: str, said: re.Match[str]) -> set[Span]:
    """我是…公司会计李小红: a common family name and two letters end what one person says of themselves."""
    start, end = said.end(1) - 3, said.end(1)
    is_one = not said.group().startswith("我们") and text[start] in COMMON
    is_name = (
        is_one
        and text[end - 1] not in "库厂站局店所队部司路街"
        and looks_like_name(text[start:end])
    )
    return {(start, end)} if is_name else set()


def _lists(text: str) -> set[Span]:
    """A list that asks together, a line of names without anything between, a list before 我们."""
    found: set[Span] = set()
    for cue in ASKS.finditer(text):
        found |= names_before(text, cue.start())
    for run in RUN_OF_NAMES.finditer(text):
        if len(run_together := split_whole(text, *run.span(1))) > 2:  # noqa: PLR2004
            found |= set(run_together)
    for colon in re.finditer(":", text):
        names = names_at(text, colon.end(), is_strict=True)
        last = max((end for _start, end in names), default=0)
        if len(names) > 2 and "我们" in text[last : last + 10]:  # noqa: PLR2004
            found |= names
    return found


def _behind_a_place(text: str, start: int) -> set[Span]:
    """投诉人：青石镇柳林村王小河等村民: the name stands between a place and 等."""
    found = re.compile(r"[^,。;:\n]{2,24}?等(?:[0-9]|村民|居民|业主|人|多)").match(text, start)
    return (
        names_before(text, found.end() - len("等人") + ("等村民" in found.group()) * -1)
        if found
        else set()
    )
