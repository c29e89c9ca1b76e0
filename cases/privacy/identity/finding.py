"""Who somebody is, found in a text: the one rule behind handling texts, exports, publication and files.

Pure, and linear in the length. It marks names that are known of the case or that the text introduces,
numbers of people, and the door of a home; it leaves the numbers of offices, the place and the matter.
What it finds and misses, and how it was measured: ``docs/handling-text.md``. Source: 个人信息保护法 art. 6,
28, 51; `domain.md` §2.7 (a text for handling without identity).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from cases.privacy.folding import fold
from cases.privacy.identity.callings import callings
from cases.privacy.identity.closely import (
    accounts,
    loose_chats,
    loose_plates,
    signs_as_digits,
    spoken_cards,
)
from cases.privacy.identity.doors import flats, known_rooms, lived_on, rooms_in
from cases.privacy.identity.hints import hints, spelt_numbers
from cases.privacy.identity.introductions import introduced
from cases.privacy.identity.kin import relatives
from cases.privacy.identity.names import families, known_names, titled_names
from cases.privacy.identity.numbers import keys, known_numbers, numbers, tails, with_digits
from cases.privacy.identity.public import Owner, Voice, owner
from cases.privacy.identity.signatures import local_lines, signed_names
from cases.privacy.identity.signs import chats, mails, own_doors, own_plates, papers
from cases.privacy.identity.spelling import Spelling, bare, spelled

__all__ = ["Known", "Mark", "Piece", "Voice", "applied", "find", "homes_in", "names_in", "shown"]

NAME, NUMBER, HOME = "name", "number", "home"
MOST = 40  # names a text may introduce that are looked for elsewhere in it; more do not write one letter
# One stand-in whatever its length; the brackets are used by nobody else and read as "left out here".
STAND_IN = {NAME: "〔姓名〕", NUMBER: "〔号码〕", HOME: "〔房号〕"}


@dataclass(frozen=True)
class Known:
    """What is known of a case: its people's names and numbers, and numbers that are never masked."""

    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    public_numbers: tuple[str, ...] = ()
    stays_unknown: bool = False  # units do not learn who it is: no flat tells it either
    rooms: tuple[str, ...] = ()  # of flats in the case's texts, as ``homes_in`` gives them

    def and_names(self, names: Iterable[str]) -> "Known":
        """The same with more names, as another text of the case introduced them."""
        return replace(self, names=(*self.names, *names))


@dataclass(frozen=True, order=True)
class Mark:
    """A stretch of the original text: ``start`` to ``end``; ``kind`` is name, number or home."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class Piece:
    """A stretch for a page; ``kind`` is empty where nothing is marked."""

    text: str
    kind: str = ""


def find(text: str, known: Known | None = None, voice: Voice = Voice.CITIZEN) -> tuple[Mark, ...]:
    """Marks in order, without overlap. ``voice``: a unit's reply is read differently (``Voice``)."""
    known = known or Known()
    meant = spelled(text)
    found = [(*span, NUMBER) for span in _numbers(with_digits(meant.text), known, voice)]
    spans = _introduced(meant.text, voice, [(start, end) for start, end, _kind in found])
    if known.stays_unknown:
        own = (*known.names, *(meant.text[start:end] for start, end in sorted(spans)[:MOST]))
        spans = spans | relatives(meant.text, families(own))
    said = {meant.text[start:end] for start, end in spans}
    names = (*known.names, *sorted(said)[:MOST])
    spans |= {*known_names(meant.text, names), *titled_names(meant.text, names)}
    found += [(*span, NAME) for span in spans]
    found += [(*span, HOME) for span in own_doors(meant.text)]
    if known.stays_unknown:
        found += _closely(text, meant, known, voice, names)
    return tuple(Mark(*meant.back(start, end), kind) for start, end, kind in _apart(found))


def _closely(
    text: str, meant: Spelling, known: Known, voice: Voice, names: Iterable[str]
) -> Iterator[tuple[int, int, str]]:
    """What is left out beside that where the citizen stays unknown."""
    rooms = {*known.rooms, *sorted(rooms_in(meant.text))[:MOST]}
    homes = [*flats(meant.text), *lived_on(meant.text), *known_rooms(meant.text, rooms)]
    yield from ((*span, HOME) for span in homes)
    for start, end, is_number in hints(meant.text, names, known.numbers):
        yield start, end, NUMBER if is_number else NAME
    yield from ((*span, NAME) for span in callings(meant.text, names))
    said = [*accounts(meant.text), *loose_plates(meant.text), *loose_chats(meant.text)]
    said += spoken_cards(meant.text)
    written = "".join(text[place] for place in meant.places)
    if (signs := signs_as_digits(written)) != written:
        said += _numbers(with_digits(fold(signs)), known, voice)
    yield from ((*span, NUMBER) for span in said)


def names_in(text: str, voice: Voice = Voice.CITIZEN) -> frozenset[str]:
    """Names that the text introduces itself, bare: known, then, for the other texts of the case."""
    meant = spelled(text)
    private = list(_numbers(with_digits(meant.text), Known(), voice))
    return frozenset(bare(meant.text[a:b]) for a, b in _introduced(meant.text, voice, private))


def homes_in(text: str) -> frozenset[str]:
    """Numbers of rooms that the text's flats have: known, then, for the other texts of the case."""
    return rooms_in(spelled(text).text)


def applied(text: str, marks: Iterable[Mark]) -> str:
    """The text with a stand-in for each mark, neighbours of one kind under one."""
    pieces: list[str] = []
    last = ""
    for piece in shown(text, marks):
        if not piece.kind or piece.kind != last:
            pieces.append(STAND_IN[piece.kind] if piece.kind else piece.text)
        last = piece.kind
    return "".join(pieces)


def shown(text: str, marks: Iterable[Mark]) -> Iterator[Piece]:
    """The whole text in pieces, marked and unmarked, for a page that shows what was found."""
    last = 0
    for mark in sorted(marks):
        if mark.start > last:
            yield Piece(text[last : mark.start])
        yield Piece(text[mark.start : mark.end], mark.kind)
        last = mark.end
    if last < len(text):
        yield Piece(text[last:])


def _introduced(text: str, voice: Voice, private: list[tuple[int, int]]) -> set[tuple[int, int]]:
    found = introduced(text, voice)
    found = found if voice is Voice.UNIT else found | signed_names(text, private)
    # 我叫路灯〔姓名〕: no name before, when the letters of one stood behind it
    return {(start, end) for start, end in found if not text.startswith(STAND_IN[NAME], end)}


@lru_cache(maxsize=4)  # the office's own change once a year, and every text is read with them
def _public(numbers: tuple[str, ...]) -> frozenset[str]:
    return keys(numbers)


def _numbers(text: str, known: Known, voice: Voice) -> list[tuple[int, int]]:
    """Numbers of people: those known, those of their shape, chat names, mail, own plates."""
    public = _public(known.public_numbers)
    private = keys(known.numbers) - public
    found = [*known_numbers(text, private), *spelt_numbers(text, private), *tails(text, private)]
    office_end, unsaid = -1, []
    for number in numbers(text):
        is_known = number.digits in public or "0" + number.digits in public
        whose = Owner.OFFICE if is_known else owner(number, text, voice, office_end)
        if whose is Owner.SOMEBODY:
            found.append((number.start, number.end))
        if whose is Owner.OFFICE:
            office_end = number.end
        if whose is Owner.UNSAID:
            unsaid.append((number.start, number.end))
    if voice is Voice.CITIZEN:
        found += [*local_lines(text, unsaid, found), *chats(text), *own_plates(text)]
    return [*found, *mails(text), *papers(text)]


def _apart(found: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Sorted; what overlaps becomes one, of the kind that begins first."""
    merged: list[tuple[int, int, str]] = []
    for start, end, kind in sorted(found):
        if merged and start < merged[-1][1]:
            first, last, of = merged[-1]
            merged[-1] = (first, max(last, end), of)
        else:
            merged.append((start, end, kind))
    return merged
