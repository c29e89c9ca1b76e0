"""Who should handle it, and why: a rule first, then the catalogue, then earlier cases (C1-C3).

A suggestion always carries its reason. Its confidence is the share of the last cases of the same
kind that the unit handled, with the word of the rule or entry counted as ten cases; so a rule that practice
contradicts loses weight, and without history the rule stands alone. Four queries for any number of matters,
two while the rules are kept.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.models import Case, Category, Region, Unit
from routing.advice.history import Kind, Share, kind_of, shares
from routing.advice.question import AdviceQuestion, recused
from routing.rules import matching
from routing.rules.rulebook import Rulebook, read
from routing.rules.towns import Units, town_name, units_of

RULE_TRUST, HISTORY_TRUST = 0.95, 0.5
WEIGHT = 10  # earlier cases that the word of a rule or entry is worth
LEAST_HISTORY = 3  # cases before earlier ones alone make a suggestion
SURE = 0.9  # from here on marked on the screen
MOST = 4


@dataclass(frozen=True)
class UnitSuggestion:
    """A unit and why. ``source``: rule, catalogue, history or return.

    ``confidence`` lies between 0 and 1; a unit named by the one that returned the case has none.
    """

    unit: Unit
    confidence: float | None
    sentence: str
    source: str
    assisting: tuple[Unit, ...] = ()
    rule_id: int | None = None
    entry_id: int | None = None
    category: str = ""  # code of the category of the entry it was found by

    @property
    def percent(self) -> int | None:
        """The confidence as it is shown."""
        return None if self.confidence is None else round(100 * self.confidence)

    @property
    def is_sure(self) -> bool:
        """Strong enough to be marked."""
        return (self.confidence or 0) >= SURE

    @property
    def assisting_words(self) -> str:
        """The assisting units as they stand in the form."""
        return "、".join(str(unit) for unit in self.assisting)


@dataclass(frozen=True)
class UnitProposal:
    """What one source says, before units are looked up."""

    lead: str
    assisting: tuple[str, ...]
    source: str
    trust: float
    sentence: str
    key: int
    category: str = ""


def facts_typed(
    text: str,
    *,
    at: datetime,
    category: Category | None = None,
    region: Region | None = None,
    channel: str = "",
    urgency: str = "",
    demand_type: str = "",
) -> AdviceQuestion:
    """The question of a form that is not saved yet; everything but the text may be missing."""
    return AdviceQuestion(
        text=text,
        at=at,
        category=category.code if category else "",
        region=region.code if region else "",
        town=town_name(region),
        channel=channel,
        urgency=urgency,
        demand_type=demand_type,
    )


def suggest(
    matter: Case | AdviceQuestion, *, at: datetime | None = None, without: Collection[int] = ()
) -> list[UnitSuggestion]:
    """Suggestions for a case or for facts not yet saved, best first, at most four.

    Never a unit in the line of the one complained about, nor one of ``without`` (ids). ``at``: the
    moment whose rules and history count; without it the moment of the matter itself.
    """
    question = AdviceQuestion.of(matter, without) if isinstance(matter, Case) else matter
    return suggest_all([question], at=at or question.at)[0]


def foremost(suggestions: Sequence[UnitSuggestion]) -> UnitSuggestion | None:
    """The one that may be taken without a choice; ``None`` where another is shown to be just as likely."""
    if not suggestions:
        return None
    first, others = suggestions[0], suggestions[1:]
    is_tied = first.percent is not None and any(one.percent == first.percent for one in others)
    return None if is_tied else first


def suggest_all(questions: Sequence[AdviceQuestion], *, at: datetime) -> list[list[UnitSuggestion]]:
    """The same for many matters: the queries do not grow."""
    if not questions:
        return []
    questions = recused(questions)
    book = read(timezone.localdate(at))
    proposals = [_proposals(book, question.facts()) for question in questions]
    past = shares((kind_of(q.category, q.region) for q in questions), at)
    units = units_of(
        codes={code for group in proposals for one in group for code in (one.lead, *one.assisting)},
        ids={unit for found in past.values() for unit in found},
        towns={q.region[: matching.TOWN_LENGTH]: q.town for q in questions if q.town},
    )
    return [
        _weigh(question, group, past, units)
        for question, group in zip(questions, proposals, strict=True)
    ]


def _proposals(book: Rulebook, facts: matching.MatterFacts) -> list[UnitProposal]:
    found = [
        UnitProposal(
            match.rule.lead,
            match.rule.assisting,
            "rule",
            RULE_TRUST,
            rule_sentence(match),
            match.rule.key,
        )
        for match in matching.matches(book.rules, facts)
    ]
    for hit in matching.best_entries(book.entries, facts):
        entry = hit.entry
        found.append(
            UnitProposal(
                entry.lead,
                entry.assisting,
                "catalogue",
                hit.score,
                entry_sentence(hit),
                entry.key,
                entry.category,
            )
        )
    return found


def rule_sentence(match: matching.Match) -> str:
    """Which rule, and the word it was found by."""
    said = _("Rule %(order)d: %(sentence)s") % {
        "order": match.rule.order,
        "sentence": match.rule.sentence,
    }
    return said + _(" (“%(word)s”)") % {"word": match.word} if match.word else said


def entry_sentence(hit: matching.RoutingHit) -> str:
    """Which entry, what fits, and the law behind it."""
    reasons = []
    if hit.by == matching.EXACT:
        reasons.append(_("same category"))
    elif hit.by == matching.BRANCH:
        reasons.append(_("same branch of the categories"))
    if hit.words:
        reasons.append(_("mentions %(words)s") % {"words": "、".join(hit.words[:3])})
    said = _("Catalogue %(number)s “%(matter)s”: %(reasons)s.") % {
        "number": hit.entry.number,
        "matter": hit.entry.matter,
        "reasons": _(", ").join(reasons),
    }
    basis = hit.entry.legal_basis
    return said + (_("Basis: %(basis)s.") % {"basis": basis.rstrip("。.")} if basis else "")


def history_sentence(share: Share) -> str:
    """How often the unit handled this kind, computed from the cases themselves."""
    said = _("Of the last %(total)d of this kind it handled %(handled)d") % {
        "total": share.total,
        "handled": share.handled,
    }
    returns = ngettext(", %(n)d was returned.", ", %(n)d were returned.", share.returned)
    return said + (returns % {"n": share.returned} if share.returned else _(", none was returned."))


def _weigh(
    question: AdviceQuestion,
    proposals: Iterable[UnitProposal],
    past: dict[Kind, dict[int, Share]],
    units: Units,
) -> list[UnitSuggestion]:
    kind: Kind = kind_of(question.category, question.region)
    shares_here = past.get(kind, {})
    found: dict[int, UnitSuggestion] = {}
    ruled = False  # the first rule whose unit can be used is the one that counts
    for one in proposals:
        if one.source == "rule" and ruled:
            continue
        unit = units.resolve(one.lead, kind[1])
        if unit is None or unit.pk in found or not _may_get(unit, question):
            continue
        ruled = ruled or one.source == "rule"
        named = () if question.is_kept else one.assisting
        assisting = (units.resolve(code, kind[1]) for code in named)
        helpers = [u for u in assisting if u and u.pk != unit.pk and _may_get(u, question)]
        found[unit.pk] = UnitSuggestion(
            unit=unit,
            confidence=one.trust,
            sentence=one.sentence,
            source=one.source,
            assisting=tuple(dict.fromkeys(helpers)),
            rule_id=one.key if one.source == "rule" else None,
            entry_id=one.key if one.source == "catalogue" else None,
            category=one.category,
        )
    for unit_id, share in sorted(shares_here.items(), key=lambda item: -item[1].handled):
        unit = units.by_id.get(unit_id)
        if unit_id in found or unit is None or share.total < LEAST_HISTORY:
            continue
        if _may_get(unit, question):
            found[unit_id] = UnitSuggestion(unit, HISTORY_TRUST, "", "history")
    total = max((share.total for share in shares_here.values()), default=0)
    ranked = [_with_history(one, shares_here.get(pk), total) for pk, one in found.items()]
    rank = {"rule": 0, "catalogue": 1, "history": 2}
    return sorted(ranked, key=lambda one: (rank[one.source], -(one.confidence or 0)))[:MOST]


def _with_history(one: UnitSuggestion, share: Share | None, total: int) -> UnitSuggestion:
    handled = share.handled if share else 0
    confidence = (handled + WEIGHT * (one.confidence or 0)) / (total + WEIGHT)
    said = [one.sentence, history_sentence(share)] if share else [one.sentence]
    return replace(one, confidence=round(confidence, 3), sentence=" ".join(filter(None, said)))


def _may_get(unit: Unit, question: AdviceQuestion) -> bool:
    return unit.is_active and unit.pk not in question.without | question.recused
