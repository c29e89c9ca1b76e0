"""Names under a letter, and straight before somebody's number: …敬礼！李明 2026年3月1日, 李明电话138….

Pure. What stands there has to begin behind punctuation or a word for people (村民李明), and must not be
somebody the letter is about (校长：李明，电话…).
"""

import re

from cases.privacy.identity.grammar import Span, ending, names_at
from cases.privacy.identity.names import HAN
from cases.privacy.identity.surnames import COMMON

DATE = re.compile(
    r"[\s(于]*(?:[0-9]{1,2}/[0-9]{1,2}/(?=20)|)(?:(?:19|20)[0-9]{2}|二[〇零o0○][一二零〇][一二三四五六七八九〇零○])\s?(?:[年.\-/,]|$)"
    r"[0-9一二三四五六七八九十〇零元月日号时点分上下午初—–\-.,/:\s]{0,24}$"
)
BEGINS = re.compile(rf"(?:^|[^{HAN}a-z0-9]|[0-9]{{7}}x?|[0-9]日)$")
BEGINS_LAST = re.compile(r"[。!?;\n…~]\s*$")
LABEL = re.compile(
    r"[,\s(….。]{0,6}的?(?:本人)?(?:联系)?(?:电话|手机号?|号码|联系方式|tel)*[:\s,(]*$"
)
JOINT = re.compile(r"[、,/或和\s]{1,2}$")
SIGNED_OFF = re.compile("敬上|呈上|敬呈|谨呈|谨启|敬启|拜上|叩首|携全家")
TAIL = 60  # characters at the end among which a signature stands


def signed_names(text: str, private: list[Span]) -> set[Span]:
    """The names; ``private``: where somebody's numbers stand."""
    found: set[Span] = set()
    for start, _end in private:
        found |= _named_before(text, start)
    end = len(text.rstrip())
    for start, stop in private:
        end = start if stop >= end - 2 else end
    tail = text[max(0, end - TAIL) : end]
    dated = DATE.search(tail)
    tail = tail[: dated.start()] if dated else tail
    end = max(0, end - TAIL) + len(tail.rstrip(" \n\t\u3000。.!)"))
    for off in SIGNED_OFF.finditer(text):
        found |= ending(text, off.start(), BEGINS_LAST)
    is_letter = "。" in text[:end]  # a title ends in anything
    last = ending(
        text, end, BEGINS if dated or private else BEGINS_LAST, least=2 if is_letter else 3
    )
    last |= _list_ending(text, end)
    is_likely = dated or all(text[start] in COMMON for start, _end in last)
    return found | (last if is_likely else set())


def local_lines(text: str, bare: list[Span], private: list[Span]) -> list[Span]:
    """Which numbers without area and without a word are lines of people.

    Behind a name, beside somebody's number, or alone under the letter.
    """
    found: list[Span] = []
    ends, last = {end for _start, end in private}, len(text.rstrip())
    for start, end in bare:
        joint = JOINT.search(text[max(0, start - 3) : start])
        is_beside = joint is not None and start - len(joint.group()) in ends
        is_last = BEGINS_LAST.search(text[max(0, start - 4) : start]) and end == last
        if is_beside or is_last or _named_before(text, start):
            found.append((start, end))
            ends.add(end)
    return found


def _named_before(text: str, start: int) -> set[Span]:
    before = text[max(0, start - 24) : start]
    label = LABEL.search(before)
    return ending(text, start - len(before) + (label.start() if label else len(before)), BEGINS)


def _list_ending(text: str, end: int) -> set[Span]:
    at = max(text.rfind(mark, max(0, end - TAIL), end) for mark in "。!?\n;:")
    names = names_at(text[:end], at + 1, is_strict=True) if at >= 0 else set()
    return names if len(names) > 1 and max(stop for _begin, stop in names) == end else set()
