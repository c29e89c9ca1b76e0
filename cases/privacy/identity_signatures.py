"""Names under a letter, and straight before somebody's number: …敬礼！李明 2026年3月1日, 李明电话138….

Pure. What stands there has to begin behind punctuation or a word for people (村民李明), and must not be
somebody the letter is about (校长：李明，电话…).
"""

import re

from cases.privacy.identity_introductions import Span, names_at
from cases.privacy.identity_names import HAN, TITLE, looks_like_name, surname
from cases.privacy.surnames import DOUBLE

DATE = re.compile(
    r"[\s(于]*(?:(?:19|20)[0-9]{2}|二[〇零o0○][一二][一二三四五六七八九〇零○])\s?[年.\-/,][^\n]{0,20}$"
)
PEOPLE = re.compile(
    r"(?:村民|居民|业主|农民|公民|市民|职工|员工|教师|学生|家长|患者|群众|敬礼|谢谢|感谢|工|民|局|村|组|县|镇|乡|户|者)$"
)
ACCUSED = re.compile(
    r"(?:校长|院长|局长|主任|经理|老板|负责人|法人|代表人|司机|快递员|开发商|站长|书记|所长|队长|包工头|房东|中介)[:是叫为]?$"
)
BEGINS = re.compile(rf"(?:^|[^{HAN}a-z0-9]|[0-9]{{7}}x?)$")
BEGINS_LAST = re.compile(r"[。!?;\n…~]\s*$")
LABEL = re.compile(r"的?(?:本人)?(?:联系)?(?:电话|手机号?|号码|联系方式|tel)*[:\s,(]*$")
TAIL = 60  # characters at the end among which a signature stands


def signed(text: str, private: list[Span]) -> set[Span]:
    """The names; ``private``: where somebody's numbers stand."""
    found: set[Span] = set()
    for start, _end in private:
        before = text[max(0, start - 24) : start]
        label = LABEL.search(before)
        end = start - len(before) + (label.start() if label else len(before))
        found |= _ending(text, end, BEGINS)
    end = len(text.rstrip())
    for start, stop in private:
        end = start if stop >= end - 2 else end
    tail = text[max(0, end - TAIL) : end]
    dated = DATE.search(tail)
    tail = tail[: dated.start()] if dated else tail
    end = max(0, end - TAIL) + len(tail.rstrip(" \n\t\u3000。.!)"))
    return found | _ending(text, end, BEGINS if dated else BEGINS_LAST) | _list_ending(text, end)


def _list_ending(text: str, end: int) -> set[Span]:
    at = max(text.rfind(mark, max(0, end - TAIL), end) for mark in "。!?\n;:")
    names = names_at(text[:end], at + 1, is_strict=True) if at >= 0 else set()
    return names if len(names) > 1 and max(stop for _begin, stop in names) == end else set()


def _ending(text: str, end: int, begins: re.Pattern[str]) -> set[Span]:
    """The name that ends at ``end`` and begins where ``begins`` allows."""
    for length in (3, 4, 2):
        start = end - length
        name, before = text[max(start, 0) : end], text[max(0, start - 6) : max(start, 0)]
        if start < 0 or (length == 4 and name[:2] not in DOUBLE):  # noqa: PLR2004
            continue
        if not (begins.search(before) or PEOPLE.search(before)) or ACCUSED.search(before):
            continue
        family = surname(name)
        if looks_like_name(name) or (family and re.fullmatch(TITLE, name[len(family) :])):
            return {(start, end)}
    return set()
