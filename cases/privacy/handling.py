"""A text as those read it who handle the matter: without who somebody is (办理文本). Pure.

The rule finds names, numbers and homes (``identity``); what persons of the office said about this case is
added: words to leave out, words that tell nobody. A stand-in is the same whatever it replaces and stays
when a text is made again.
"""

import json
import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from cases.privacy.identity.finding import (
    HOME,
    NAME,
    NUMBER,
    STAND_IN,
    Known,
    Mark,
    Voice,
    applied,
    find,
)
from cases.privacy.identity.names import GAP
from cases.privacy.identity.spelling import bare, spelled

STANDS = re.compile("|".join(map(re.escape, STAND_IN.values())))
DIGIT = re.compile(r"[\d零〇一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾]")
LEAST = 2  # letters of a word that somebody wants left out: one letter stands everywhere
MOST_NAMES = 40  # and as many rooms that the texts of one case may introduce


@dataclass(frozen=True)
class Identity:
    """What is known of who is meant in a case beside its citizen's fields: kept sealed with it."""

    names: tuple[str, ...] = ()  # introduced by its texts
    hide: tuple[str, ...] = ()  # said by a person to tell who it is
    keep: tuple[str, ...] = ()  # said by a person to tell nobody
    rooms: tuple[str, ...] = ()  # of flats its texts name; left out where the citizen stays unknown

    def __bool__(self) -> bool:
        return bool(self.names or self.hide or self.keep or self.rooms)

    def with_names(self, names: Iterable[str]) -> "Identity":
        """The same knowing more names; the first forty are kept."""
        return replace(self, names=tuple(dict.fromkeys((*self.names, *names)))[:MOST_NAMES])

    def with_rooms(self, rooms: Iterable[str]) -> "Identity":
        """The same knowing more rooms; the first forty are kept."""
        return replace(self, rooms=tuple(dict.fromkeys((*self.rooms, *rooms)))[:MOST_NAMES])

    def as_text(self) -> str:
        """For sealing."""
        held = [self.names, self.hide, self.keep, self.rooms]
        return json.dumps(held, ensure_ascii=False)

    @classmethod
    def of(cls, text: str) -> "Identity":
        """Read back; empty for empty. What was sealed before rooms were kept has three lists."""
        return cls(*map(tuple, json.loads(text))) if text else cls()


@dataclass(frozen=True)
class Knowledge:
    """All that a text of a case is read with."""

    known: Known = field(default_factory=Known)
    identity: Identity = field(default_factory=Identity)
    shows_homes: bool = False  # a person of the office says where the unit is to go

    def whole(self) -> Known:
        """The citizen's names with those the texts introduced, and the rooms they name."""
        return replace(self.known.and_names(self.identity.names), rooms=self.identity.rooms)


def handling_marks(text: str, with_: Knowledge, voice: Voice = Voice.CITIZEN) -> tuple[Mark, ...]:
    """What is left out of the text, in order and apart; stand-ins that are there already stay."""
    identity = with_.identity
    found = [*find(text, with_.whole(), voice), *_wanted(text, identity.hide)]
    if with_.shows_homes:
        found = [one for one in found if one.kind != HOME]
    kept = [one for one in map(bare, identity.keep) if one]
    done = [one.span() for one in STANDS.finditer(text)]
    ends = [end for _start, end in done]
    apart: list[Mark] = []
    for mark in sorted(found):
        at = bisect_right(ends, mark.start)  # the first stand-in that ends behind it
        if at < len(done) and done[at][0] < mark.end:
            continue
        if kept and any(bare(text[mark.start : mark.end]) in one for one in kept):
            continue
        if apart and mark.start < apart[-1].end:
            apart[-1] = replace(apart[-1], end=max(apart[-1].end, mark.end))
        else:
            apart.append(mark)
    return tuple(one for mark in apart for one in _without(text, mark, identity.keep))


def _without(text: str, mark: Mark, keep: Iterable[str]) -> Iterable[Mark]:
    """The mark of a home without the part that somebody let stand: the unit may be told the staircase."""
    said = next((one for one in keep if one in text[mark.start : mark.end]), "")
    if mark.kind != HOME or not said:
        return [mark]
    at = text.index(said, mark.start, mark.end)
    parts = [Mark(mark.start, at, HOME), Mark(at + len(said), mark.end, HOME)]
    # What is left of 602室 without 602 tells nothing
    return [one for one in parts if DIGIT.search(text[one.start : one.end])]


def made(text: str, with_: Knowledge, voice: Voice = Voice.CITIZEN) -> str:
    """The handling text; the very same text when it tells nobody."""
    found = handling_marks(text, with_, voice) if text else ()
    return applied(text, found) if found else text


def restored(written: str, original: str, with_: Knowledge, voice: Voice = Voice.CITIZEN) -> str:
    """What somebody wrote who changed a handling text, with what its stand-ins stood for.

    Only when as many of each kind are there as before: otherwise nobody can tell which is which.
    """
    groups: list[tuple[str, str]] = []  # neighbours of one kind share a stand-in
    last = -1
    for mark in handling_marks(original, with_, voice):
        piece = original[mark.start : mark.end]
        if groups and mark.start == last and groups[-1][0] == mark.kind:
            groups[-1] = (mark.kind, groups[-1][1] + piece)
        else:
            groups.append((mark.kind, piece))
        last = mark.end
    wanted = [STAND_IN[kind] for kind, _text in groups]
    if not groups or sorted(STANDS.findall(written)) != sorted(wanted):
        return written
    left = {kind: iter([text for of, text in groups if of == kind]) for kind in STAND_IN}
    kind_of = {stand: kind for kind, stand in STAND_IN.items()}
    return STANDS.sub(lambda found: next(left[kind_of[found.group()]]), written)


def cut(text: str, most: int | None) -> str:
    """The text within a column of ``most`` characters: stand-ins may be longer than what they replace."""
    return text if most is None or len(text) <= most else text[: most - 1] + "…"


def _wanted(text: str, words: Iterable[str]) -> Iterable[Mark]:
    if not (chosen := [one for one in map(bare, words) if len(one) >= LEAST]):
        return
    meant = spelled(text)
    for word in chosen:
        kind = NUMBER if 2 * sum(map(str.isdecimal, word)) >= len(word) else NAME
        for found in re.finditer(GAP.join(map(re.escape, word)), meant.text):
            yield Mark(*meant.back(*found.span()), kind)
