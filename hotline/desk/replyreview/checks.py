"""What a machine can see in a reply before a person judges it (`domain.md` §3.2, state 7). Pure.

Empty phrases: replies that say something was passed on but not what was found or done are the most
frequent complaint about replies (笼统). The list is of the office's own experience, in Chinese.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from cases.privacy.handling import STANDS

SHORT = 40  # characters: less cannot hold facts, measures and result
EMPTY_PHRASES = (
    "已转相关部门",
    "转交相关部门",
    "将进一步加强",
    "高度重视",
    "感谢您的关心",
    "感谢您的理解与支持",
    "正在处理中",
    "请耐心等待",
    "按规定办理",
    "情况属实，已处理",
    "已知悉",
)
NAMES_A_TIME = re.compile(r"\d+\s*[月日天时点]|今[天日]|昨[天日]|当[天日晚]")
IDENTITY = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)\d{17}[\dXx](?!\d)")


class Finding(StrEnum):
    """One thing the reviewer should look at; the sentence is made where it is shown."""

    PHRASE = "phrase"
    SHORT = "short"
    NO_TIME = "no_time"
    NO_CONTACT = "no_contact"
    NOT_REACHED = "not_reached"
    NAMED = "named"
    PERSONAL = "personal"
    LATE = "late"
    UNSOLVED = "unsolved"


@dataclass(frozen=True)
class ReplyFacts:
    """What is known of the handling when the reply arrives."""

    reply: str
    contact_required: bool
    contact_method: str
    on_time: bool
    solved: str


def findings(facts: ReplyFacts) -> list[tuple[Finding, str]]:
    """Every finding with the words it was found by; empty when nothing is conspicuous."""
    found: list[tuple[Finding, str]] = []
    reply = facts.reply.strip()
    if facts.contact_required and not facts.contact_method:
        found.append((Finding.NO_CONTACT, ""))
    if facts.contact_method == "phone_missed":
        found.append((Finding.NOT_REACHED, ""))
    if len(reply) < SHORT:
        found.append((Finding.SHORT, str(len(reply))))
    phrases = [phrase for phrase in EMPTY_PHRASES if phrase in reply]
    if phrases:
        found.append((Finding.PHRASE, "、".join(phrases)))
    if not NAMES_A_TIME.search(reply):
        found.append((Finding.NO_TIME, ""))
    personal = IDENTITY.search(reply)
    if left_out := dict.fromkeys(STANDS.findall(reply)):
        found.append((Finding.NAMED, "".join(left_out)))
    if personal:
        found.append((Finding.PERSONAL, f"{personal[0][:3]}…{personal[0][-2:]}"))
    if not facts.on_time:
        found.append((Finding.LATE, ""))
    if facts.solved != "solved":
        found.append((Finding.UNSOLVED, ""))
    return found
