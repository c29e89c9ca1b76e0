"""The plan of a span of demo work: what comes in, what becomes of it, and exactly how well.

The plan is made before anything is played: due times are computed by the office's own rules, then just
as many tasks are made late and just as many citizens dissatisfied as the wanted rates ask for.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from cases.clocks.due import add_workdays
from cases.clocks.in_force import deadline_for
from cases.clocks.policy import PolicyFacts
from cases.words import CaseState
from hotline.demo.texts import load
from hotline.demo.timeline import ZONE, after, spread, within


@dataclass
class Story:
    """One matter from the first word to the end; ``ending`` says how far it goes.

    Times are aware, and ``None`` for what the plan leaves out.
    """

    seed: str
    channel: str
    at: datetime
    matter: dict[str, Any]
    ending: str = CaseState.CLOSED  # answered, rejected, transferred, closed
    dispatched_at: Any = None
    due_at: Any = None
    extension: int = 0
    is_returned: bool = False
    replied_at: Any = None
    approved_at: Any = None
    score: int | None = None
    rated_at: Any = None
    rework_at: Any = None
    rework_due_at: Any = None
    rework_replied_at: Any = None
    is_explained: bool = False
    urges: list[datetime] = field(default_factory=list)


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
    for place, story in enumerate(handled):
        _dispatch(story, place, random)
    _rate(handled, wanted, random)
    _make_late(handled, wanted)
    for story in handled:
        _finish(story, random)
    return stories


def _cast_matters(wanted: Wanted, moments: list[datetime], random: Random) -> list[Story]:
    matters = load("letters" if wanted.channel in {"mayor", "magistrate"} else "matters")
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


def _dispatch(story: Story, place: int, random: Random) -> None:
    story.dispatched_at = story.at + timedelta(minutes=random.randint(12, 95))
    story.is_returned = place % 27 == 13  # noqa: PLR2004 - about four in a hundred
    if story.is_returned:
        story.dispatched_at = after(story.dispatched_at, random.uniform(5, 20), random)
    due = deadline_for(_facts(story), "unit", story.dispatched_at)
    story.due_at = due.at
    if place % 31 == 7 and due.term.amount >= 5:  # noqa: PLR2004 - about three in a hundred
        story.extension = 3
        story.due_at = add_workdays(due.at, 3)


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


def _make_late(handled: list[Story], wanted: Wanted) -> None:
    """Make just so many first replies late that the due-date cohort shows the wanted share."""
    end = datetime.combine(wanted.last + timedelta(days=1), datetime.min.time(), ZONE)
    cohort = [story for story in handled if story.due_at and story.due_at < end]
    total = len(cohort) + wanted.reworks
    late = total - round(total * wanted.on_time)
    rest = [story for story in handled if story.due_at >= end]
    calm = [story for story in cohort if story.score is None or story.score > 2]  # noqa: PLR2004
    for chosen in (_evenly(calm, late), _evenly(rest, round(len(rest) * (1 - wanted.on_time)))):
        for story in chosen:
            story.replied_at = story.due_at + timedelta(days=1 + len(story.seed) % 3, hours=3)


def _evenly(stories: list[Story], count: int) -> list[Story]:
    return [stories[int(place * len(stories) / count)] for place in range(count)] if count else []


def _finish(story: Story, random: Random) -> None:
    start, due = story.dispatched_at, story.due_at
    if story.replied_at is None:
        story.replied_at = within(
            start + (due - start) * 0.12, due, random.uniform(0.25, 0.85), random
        )
    story.approved_at = after(story.replied_at, random.uniform(1, 18), random)
    story.rated_at = after(story.approved_at, random.uniform(6, 40), random)
    if story.score is not None and story.score <= 2 and not story.is_explained:  # noqa: PLR2004
        story.rework_at = after(story.rated_at, random.uniform(2, 12), random)
        due = deadline_for(_facts(story), "rework", story.rework_at).at
        story.rework_due_at = due
        story.rework_replied_at = within(story.rework_at, due, random.uniform(0.3, 0.8), random)
    if len(story.seed) % 5 == 0 and story.replied_at - start > timedelta(days=4):
        story.urges = [after(start, 50, random)]
