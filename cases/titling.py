"""A title for a matter that nobody gave one: how its text begins, without greeting and introduction. Pure.

Lists show a title's first words: “我叫〔姓名〕，家住…” tells whoever handles the matter nothing.
"""

import re

from cases.privacy.identity import Known, find

MOST = 30  # characters
LEAST = 8  # of the matter itself that must be left behind what is skipped
CLAUSE = re.compile(r"[^，,。.！!？?；;：:]*[，,。.！!？?；;：:]+\s*")
GREETS = re.compile(
    r"(?:尊敬的|敬爱的)?[^，,。]{0,12}(?:您好|你好|早上好|下午好)|(?:尊敬的|敬爱的)[^，,。]{0,12}[：:，,]|"
    r"(?:喂|你们?好|[\u4e00-\u9fff]{0,6}(?:书记|[县市区镇乡局]长|主任|领导)们?(?:同志)?)[，,：:！!]"
)
INTRODUCES = re.compile(
    r"(?:我的?)?(?:家住|住在|现住|家在|联系电话|电话|手机号?码?|身份证号?码?|我叫|我姓|本人叫|姓名)"
)


def title_of(text: str, known: Known) -> str:
    """At most thirty characters; never half a name or half a number."""
    text = " ".join(text.split())
    marks = [(mark.start, mark.end) for mark in find(text, known)]
    start = _opening(text, marks)
    if len(text) - start <= MOST:
        return text[start:].rstrip("。.，,；;")
    end = start + MOST - 1
    for first, last in marks:
        if start < first < end < last:  # half a name would be found by nobody
            end = first
    return text[start:end] + "…"


def _opening(text: str, marks: list[tuple[int, int]]) -> int:
    """Where the matter begins."""
    start = 0
    while clause := CLAUSE.match(text, start):
        said = clause.group()
        tells_who = any(start <= first < clause.end() for first, _last in marks)
        if len(text) - clause.end() < LEAST:
            break
        is_who = (tells_who and len(said) <= MOST) or INTRODUCES.match(said)
        if not (is_who or GREETS.match(said)):
            break
        start = clause.end()
    rest = CLAUSE.match(text, start) or re.compile(".*").match(text, start)
    is_all = bool(rest and INTRODUCES.match(rest.group()))
    return 0 if is_all else start  # nothing but who it is: then better that than a piece of it
