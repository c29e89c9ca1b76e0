"""The plan of a span of demo work: what comes in, what becomes of it, and exactly how well.

The plan is made before anything is played: due times are computed by the office's own rules, then just
as many tasks are made late and just as many citizens dissatisfied as the wanted rates ask for.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import TypeVar

from cases.clocks.due import add_workdays
from cases.clocks.in_force import deadline_for
from cases.clocks.policy import PolicyFacts
from cases.words import CaseState
from hotline.demo.texts import DemoMatter, matters_of
from hotline.demo.timeline import ZONE, after, spread, within

T = TypeVar("T")


@dataclass(frozen=True)
class DemoSending:
    """How a matter comes to its unit, and until when the unit is to reply. Times are aware."""

    at: datetime
    due_at: datetime
    extension: int  # working days that are asked for and granted; 0: none
    is_returned: bool  # by a wrong unit, before


@dataclass(frozen=True)
class Rework:
    """The second round: when it is ordered, due and done."""

    ordered_at: datetime
    due_at: datetime
    replied_at: datetime


@dataclass(frozen=True)
class Handling:
    """What a unit makes of a matter, and when."""

    sent: DemoSending
    replied_at: datetime
    approved_at: datetime
    rated_at: datetime
    rework: Rework | None
    urges: tuple[datetime, ...]


@dataclass
class Story:
    """One matter from the first word to the end; ``ending`` says how far it goes."""

    seed: str
    channel: str
    at: datetime
    matter: DemoMatter
    ending: str = CaseState.CLOSED  # answered, rejected, transferred, closed
    score: int | None = None  # None: nobody answers the call-back
    is_explained: bool = False
    handling: Handling | None = None  # of those that are closed


@dataclass(frozen=True)
class Wanted:
    """What a channel's span must show. ``on_time`` and ``satisfied`` are shares of the cohorts."""

    channel: str
    first: date
    last: date
    matters: int
    direct: int
    rejected: int
    ratings: int  # valid ratings of all rounds
    reworks: int  # dissatisfied citizens whose case is handled again, and who are satisfied then
    on_time: float
    satisfied: float


def make_plan(wanted: Wanted) -> list[Story]:
    """The stories of a span, in order of time, with the wanted rates met to the nearest case."""
    random = Random(f"{wanted.channel}:{wanted.first}")  # noqa: S311 - a story, not a secret
    moments = spread(wanted.first, wanted.last, wanted.matters, random)
    stories = _cast_matters(wanted, moments, random)
    handled = [story for story in stories if story.ending == CaseState.CLOSED]
    sent = [(story, _sending(story, place, random)) for place, story in enumerate(handled)]
    _rate(handled, wanted, random)
    late = _late(sent, wanted)
    for story, sending in sent:
        story.handling = _handling(story, sending, late.get(story.seed), random)
    return stories


def _cast_matters(wanted: Wanted, moments: list[datetime], random: Random) -> list[Story]:
    matters = matters_of(wanted.channel)
    answerable = [one for one in matters if one.get("direct_answer")]
    endings = [CaseState.ANSWERED] * wanted.direct + [CaseState.REJECTED] * wanted.rejected
    endings += [CaseState.CLOSED] * (wanted.matters - len(endings))
    random.shuffle(endings)
    return [
        Story(
            seed=f"{wanted.channel}-{at:%y%m%d}-{place}",
            channel=wanted.channel,
            at=at,
            matter=random.choice(answerable if ending == CaseState.ANSWERED else matters),
            ending=ending,
        )
        for place, (at, ending) in enumerate(zip(moments, endings, strict=True))
    ]


def _facts(story: Story) -> PolicyFacts:
    return PolicyFacts(
        channel=story.channel,
        demand_type=story.matter["demand_type"],
        category_code=story.matter["category_code"],
        urgency="normal",
        source_level="county",
    )


def _sending(story: Story, place: int, random: Random) -> DemoSending:
    at = story.at + timedelta(minutes=random.randint(12, 95))
    is_returned = place % 27 == 13  # noqa: PLR2004 - about four in a hundred
    if is_returned:
        at = after(at, random.uniform(5, 20), random)
    due = deadline_for(_facts(story), "unit", at)
    if place % 31 == 7 and due.term.amount >= 5:  # noqa: PLR2004 - about three in a hundred
        return DemoSending(at, add_workdays(due.at, 3), 3, is_returned)
    return DemoSending(at, due.at, 0, is_returned)


def _rate(handled: list[Story], wanted: Wanted, random: Random) -> None:
    """Choose who answers the call-back, and who is not satisfied, evenly over the span."""
    latest = wanted.last - timedelta(days=48)  # so that every rating falls into the span
    early = [story for story in handled if story.at.date() <= latest]
    rated = _evenly(early, wanted.ratings - wanted.reworks)
    for story in rated:
        story.score = random.choice((5, 5, 5, 4, 4, 3))
    unhappy = wanted.ratings - round(wanted.ratings * wanted.satisfied)
    for place, story in enumerate(_evenly(rated, unhappy)):
        story.score = 2 if place % 3 else 1
        story.is_explained = place >= wanted.reworks


def _late(sent: list[tuple[Story, DemoSending]], wanted: Wanted) -> dict[str, datetime]:
    """When late first replies come, by seed: so many that the due-date cohort shows the wanted share."""
    end = datetime.combine(wanted.last + timedelta(days=1), datetime.min.time(), ZONE)
    cohort = [(story, sending) for story, sending in sent if sending.due_at < end]
    total = len(cohort) + wanted.reworks
    late = total - round(total * wanted.on_time)
    rest = [(story, sending) for story, sending in sent if sending.due_at >= end]
    calm = [one for one in cohort if one[0].score is None or one[0].score > 2]  # noqa: PLR2004
    chosen = _evenly(calm, late) + _evenly(rest, round(len(rest) * (1 - wanted.on_time)))
    return {
        story.seed: sending.due_at + timedelta(days=1 + len(story.seed) % 3, hours=3)
        for story, sending in chosen
    }


def _evenly(rows: list[T], count: int) -> list[T]:
    return [rows[int(place * len(rows) / count)] for place in range(count)] if count else []


def _handling(story: Story, sent: DemoSending, late: datetime | None, random: Random) -> Handling:
    start, due = sent.at, sent.due_at
    replied = late or within(start + (due - start) * 0.12, due, random.uniform(0.25, 0.85), random)
    approved = after(replied, random.uniform(1, 18), random)
    rated = after(approved, random.uniform(6, 40), random)
    rework = None
    if story.score is not None and story.score <= 2 and not story.is_explained:  # noqa: PLR2004
        rework = _rework(story, rated, random)
    is_urged = len(story.seed) % 5 == 0 and replied - start > timedelta(days=4)
    urges = (after(start, 50, random),) if is_urged else ()
    return Handling(sent, replied, approved, rated, rework, urges)


def _rework(story: Story, rated_at: datetime, random: Random) -> Rework:
    ordered_at = after(rated_at, random.uniform(2, 12), random)
    due = deadline_for(_facts(story), "rework", ordered_at).at
    return Rework(ordered_at, due, within(ordered_at, due, random.uniform(0.3, 0.8), random))
