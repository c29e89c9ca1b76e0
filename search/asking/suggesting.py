"""Help with a question that found nothing: what may have been meant, and what to leave out.

Everything offered is asked first, as the same person: it has a count above nought inside what they may
see, so an offer tells nothing that a search would not. The work is bounded by ``MOST_ASKED``.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields, replace
from datetime import datetime
from itertools import islice

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.models import Category, Region, Unit
from cases.people.person import Person
from search.asking.finding import TAIL_DIGITS, find, may_find_by_phone
from search.asking.naming import names_by_letters
from search.asking.synonyms import groups
from search.engines.port import Filters
from search.words.folding import fold
from search.words.misspelling import corrections
from search.words.query_language import SearchTerm, parse, typed_pieces
from search.words.tokens import words

MOST = 5  # offered
MOST_ASKED = 14  # questions put to the index for them
MOST_WAYS = 4  # of one kind
REASONS: dict[str, str | Promise] = {
    "meant": _("Perhaps meant"),
    "apart": _("As separate words"),
    "loose": _("Without quotation marks"),
    "less": _("With one word less"),
    "filter": _("Without one filter"),
    "phone": _("As the end of a telephone number"),
}


@dataclass(frozen=True)
class QuestionSuggestion:
    """Another question and how many visible cases it finds.

    ``reason`` is a key of ``REASONS``; for ``filter`` the words stay and ``dropped`` names the field
    of ``Filters`` to leave out.
    """

    query: str
    reason: str
    total: int
    dropped: str = ""

    @property
    def label(self) -> str | Promise:
        """The reason as a person reads it."""
        return REASONS[self.reason]


def suggestions(
    text: str, user: Person, *, at: datetime, filters: Filters | None = None
) -> list[QuestionSuggestion]:
    """Return up to ``MOST`` other questions that do find something for ``user``, likeliest first."""
    wanted = filters or Filters()
    found: list[QuestionSuggestion] = []
    tried = {(fold(text).strip(), "")}
    for query, reason, dropped in _ways(text, user, wanted):
        if (query, dropped) in tried or (parse(query).is_empty and not dropped):
            continue
        if len(tried) > MOST_ASKED or len(found) == MOST:
            break
        tried.add((query, dropped))
        asked = replace(wanted, **{dropped: getattr(Filters(), dropped)}) if dropped else wanted
        if total := find(query, user, at=at, filters=asked).total:
            found.append(QuestionSuggestion(query, reason, total, dropped))
    return found


def _ways(text: str, user: Person, filters: Filters) -> Iterator[tuple[str, str, str]]:
    typed = typed_pieces(text)
    if len(typed) == 1 and may_find_by_phone(user) and _is_tail(typed[0]):
        yield f"电话:{typed[0]}", "phone", ""
    known = _vocabulary()
    for query in islice(_meant(typed, known), MOST_WAYS):
        yield query, "meant", ""
    apart = [" ".join(cut(piece, known)) if _is_plain(piece) else piece for piece in typed]
    yield " ".join(apart), "apart", ""
    bare = " ".join(fold(text).translate({ord(mark): " " for mark in '"“”「」『』'}).split())
    yield bare, "loose", ""
    for name in _in_use(filters)[:MOST_WAYS]:
        yield fold(text).strip(), "filter", name
    parts = typed if len(typed) > 1 else " ".join(apart).split()
    if len(parts) > 1:
        for at in range(min(len(parts), MOST_WAYS)):
            yield " ".join(parts[:at] + parts[at + 1 :]), "less", ""


def _is_tail(piece: str) -> bool:
    return piece.isdecimal() and len(piece) == TAIL_DIGITS


def _is_plain(piece: str) -> bool:
    """Whether a piece is words only: no field, quotation, minus or alternative."""
    parsed = parse(piece)
    return bool(parsed.terms) and all(
        term == SearchTerm(term.text) and piece[0] != "-" for term in parsed.terms
    )


def _meant(typed: list[str], known: Collection[str]) -> Iterator[str]:
    """Yield the question with one piece corrected by the words that the office itself uses."""
    for at, piece in enumerate(typed):
        if not _is_plain(piece):
            continue
        for better in [*corrections(piece, known), *names_by_letters(piece)]:
            yield " ".join([*typed[:at], better, *typed[at + 1 :]])


def _vocabulary() -> list[str]:
    """Names of units, categories and places in use, and the synonyms; the longest first."""
    names = [
        *Unit.objects.filter(is_active=True).values_list("short_name", flat=True),
        *Category.objects.filter(is_active=True).values_list("name", flat=True),
        *Region.objects.filter(is_active=True).values_list("name", flat=True),
    ]
    bare = [name.removeprefix("县") for name in names]
    found = dict.fromkeys(map(fold, [*names, *bare, *groups()]))
    return sorted((word for word in found if len(word) > 1), key=len, reverse=True)


def cut(piece: str, known: Collection[str]) -> list[str]:
    """Cut what was written without spaces at the words in ``known``, and the rest into pairs."""
    parts: list[str] = []
    for run in words(piece):
        rest = ""
        at = 0
        while at < len(run):
            word = next((w for w in known if run.startswith(w, at)), "")
            if word:
                parts += [*_pairs(rest), word]
                rest = ""
            else:
                rest += run[at]
            at += len(word) or 1
        parts += _pairs(rest)
    return parts or [piece]


def _pairs(text: str) -> list[str]:
    """Cut every two characters, as most words have; three that are left stay together."""
    if text.isascii() or len(text) <= 3:  # noqa: PLR2004
        return [text] if text else []
    return [text[:2], *_pairs(text[2:])]


def _in_use(filters: Filters) -> list[str]:
    return [field.name for field in fields(filters) if getattr(filters, field.name)]
