"""Cases like one that is being told or read: same matter, same place, same caller, each said in words.

The engine proposes by rare wording, the caller's number proposes its own cases; both inside what the
person may see. Then every proposal is measured by itself (``search.likeness.resemblance``), so that no score
depends on a case that stays hidden. The caller counts only for those who may look up by telephone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog
from django.db import DatabaseError
from django.utils.translation import gettext as _

from cases.machine.outage import outage_of
from cases.models import Case, Contact, Region
from cases.people.person import Person
from cases.privacy.crypto import keyed_hashes
from cases.privacy.phone import normalise
from cases.words import CaseState
from search.asking.finding import PHONE_DIGITS, may_find_by_phone
from search.asking.synonyms import groups
from search.engines.chosen import engine
from search.engines.reading import unharmed
from search.likeness.resemblance import Likeness, Matter, canonical, likeness

if TYPE_CHECKING:
    from django.db.models import QuerySet

PROPOSED = 12  # by the engine; one matter told twice is among the first
OF_CALLER = 8
WORDING, PLACE, CALLER = 0.6, 0.25, 0.15  # what each weighs in the score
LEAST = 0.3  # of the wording, when neither place nor caller is the same
LEAST_WITH = 0.12  # when one of them is
SAME_HERE, SAME_CALLER, SAME_ANYWHERE = 0.34, 0.28, 0.62  # from here on it is one matter
SHOWN = (  # of a whole case, which is wide; texts are compared, the rest is shown
    *("number", "title", "content", "address", "state", "outcome", "registered_at", "closed_at"),
    "secrecy",
    *("region__code", "lead_unit__name", "lead_unit__short_name"),
)
log = structlog.get_logger("search")


@dataclass(frozen=True)
class Similar:
    """A case the person may see, how much it is the same (0 to 1), and why in words."""

    case: Case
    score: float
    reasons: tuple[str, ...]
    is_duplicate: bool = False

    @property
    def why(self) -> str:
        """The reasons in one line."""
        return " · ".join(self.reasons)


@dataclass(frozen=True)
class LikenessAsked:
    """What is known of the matter so far; ``without`` is the id of the case itself."""

    text: str
    address: str = ""
    region: Region | None = None
    phone_hashes: tuple[str, ...] = ()
    without: int | None = None

    @classmethod
    def by_phone(
        cls,
        text: str,
        phone: str,
        *,
        address: str = "",
        region: Region | None = None,
        without: int | None = None,
    ) -> "LikenessAsked":
        """The same with the number as it was typed; too short a number is none."""
        digits = normalise(phone)
        hashes = keyed_hashes(digits) if len(digits) >= PHONE_DIGITS else ()
        return cls(text, address, region, hashes, without)


def similar_cases(
    asked: LikenessAsked, user: Person, *, states: Iterable[str] = CaseState.OPEN, limit: int = 4
) -> list[Similar]:
    """Cases in ``states`` that ``user`` may see, the most alike first, in at most ten queries.

    Never raises for the index: without it only the caller's own cases are found.
    """
    visible = Case.objects.visible_to(user).counted()
    visible = visible.filter(state__in=list(states), merged_into=None)
    if asked.without:
        visible = visible.exclude(pk=asked.without)
    of_caller = _of_caller(asked, user, visible)
    ids = {*of_caller, *_proposed(asked, user, visible)}
    if not ids:
        return []
    known = groups()
    own = _matter(asked.text, asked.address, asked.region, known)
    rows = visible.filter(pk__in=ids).select_related("lead_unit", "region").only(*SHOWN)
    found = [_measured(own, case, known, is_caller=case.pk in of_caller) for case in rows]
    alike = [one for one in found if one is not None]
    alike.sort(key=lambda one: (-one.is_duplicate, -one.score, -one.case.pk))
    return alike[:limit]


def _of_caller(asked: LikenessAsked, user: Person, visible: "QuerySet[Case]") -> set[int]:
    """The newest cases of the same number, for those who may look up by it."""
    if not asked.phone_hashes or not may_find_by_phone(user):
        return set()
    touched = Contact.objects.filter(phone_hash__in=asked.phone_hashes).exclude(case=None)
    newest = touched.order_by("-pk").values("case")[: OF_CALLER * 4]
    mine = visible.filter(pk__in=newest).order_by("-pk")
    return set(mine.values_list("pk", flat=True)[:OF_CALLER])


def _proposed(asked: LikenessAsked, user: Person, visible: "QuerySet[Case]") -> list[int]:
    text = f"{asked.text} {asked.address}"
    try:
        with unharmed():
            likes = engine().similar(text, visible, PROPOSED, viewer=user)
    except DatabaseError as error:
        if outage_of(error):
            raise
        log.exception("similar cases not proposed")
        return []
    return [like.case_id for like in likes]


def _matter(
    text: str, address: str, region: Region | None, known: Mapping[str, Sequence[str]]
) -> Matter:
    code = region.code if region else ""
    return Matter(canonical(text, known), canonical(address, known), code)


def _measured(
    own: Matter, case: Case, known: Mapping[str, Sequence[str]], *, is_caller: bool
) -> Similar | None:
    text = f"{case.title} {case.content}"
    alike = likeness(own, _matter(text, case.address, case.region, known))
    least = LEAST_WITH if alike.place or is_caller else LEAST
    if alike.wording < least:
        return None
    score = WORDING * alike.wording + PLACE * alike.place + CALLER * is_caller
    is_duplicate = is_one_matter(alike, is_caller=is_caller)
    return Similar(case, round(score, 3), _reasons(alike, is_caller=is_caller), is_duplicate)


def is_one_matter(alike: Likeness, *, is_caller: bool = False) -> bool:
    """Whether the likeness is that of one matter told twice, not only of a similar one."""
    if alike.is_elsewhere or alike.place == 0.5:  # noqa: PLR2004 - another house of the street
        return False
    if alike.place:
        return alike.wording >= (SAME_CALLER if is_caller else SAME_HERE)
    return alike.wording >= (SAME_HERE if is_caller else SAME_ANYWHERE)


def _reasons(alike: Likeness, *, is_caller: bool) -> tuple[str, ...]:
    found = [_("same caller")] if is_caller else []
    if alike.place:
        found.append(_("same place") if alike.place == 1 else _("same street"))
    found.append(_("wording %(n)d %% alike") % {"n": round(alike.wording * 100)})
    return tuple(found)
