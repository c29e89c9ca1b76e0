"""A title for a matter that nobody gave one: how its text begins, without greeting and introduction. Pure.

Lists show a title's first words: “我叫〔姓名〕，家住…” tells whoever handles the matter nothing.
"""

import re

from cases.privacy.identity.finding import Known, find

MOST = 30  # characters
LEAST = 8  # of the matter itself that must be left behind what is skipped
AROUND = 12  # letters before a name or number with which a clause ends that only says who it is
CLAUSE = re.compile(r"[^，,。.！!？?；;：:]*(?:[，,。.！!？?；;：:]+\s*|$)")
GREETS = re.compile(
    r"(?:尊敬的|敬爱的)[^，,。]{0,12}[：:，,]|(?:尊敬的|敬爱的)?[^，,。]{0,12}(?:您好|你好|早上好|下午好)|"
    r"(?:喂|你们?好)[，,：:！!]|(?!举报|投诉|控告|反映|关于|建议|感谢|要求|请|找)"
    r"[\u4e00-\u9fff]{0,2}(?:书记|[县市区镇乡]长|主任|领导)们?(?:同志)?[，,：:！!]"
)
ONE_DIGIT = re.compile(r"[0-9０-９零〇一二三四五六七八九十壹贰叁肆伍陆柒捌玖-]")
LIVES = re.compile(r"(?:我|本人)?(?:家住|住在|现住|家在)(?!的)")


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
    return text[start : _before_digits(text, start, end)] + "…"


def _before_digits(text: str, start: int, end: int) -> int:
    """``end``, or before the digits that the cut goes through: 3栋5 of 3栋502 is no flat to any rule."""
    if not (ONE_DIGIT.match(text[end - 1]) and ONE_DIGIT.match(text[end])):
        return end
    first = end
    while first > start and ONE_DIGIT.match(text[first - 1]):
        first -= 1
    return first if first > start else end


def _opening(text: str, marks: list[tuple[int, int]]) -> int:
    """Where the matter begins; 0 when there is nothing but greeting and who it is."""
    start = 0
    while start < len(text) and (clause := CLAUSE.match(text, start)):
        if not _is_opening(clause, marks):
            return start
        if len(text) - clause.end() < LEAST:
            return 0 if clause.end() == len(text) else start
        start = clause.end()
    return 0


def _is_opening(clause: re.Match[str], marks: list[tuple[int, int]]) -> bool:
    said = clause.group()
    end = clause.start() + len(said.rstrip("，,。.！!？?；;：: "))
    is_who = any(
        start - clause.start() <= AROUND and last == end
        for start, last in marks
        if start >= clause.start()
    )
    return is_who or bool(LIVES.match(said) or GREETS.match(said))
