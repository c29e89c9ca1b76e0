"""When a term ends, and why: pure functions over a start, a term, a calendar and pauses.

Rules (county practice; Civil Code art. 201 and 203 for the counting of days):

* Days, working or natural: the day of the start is not counted whatever its hour; the term ends
  with the n-th following day.
* ``at`` is the **last instant that is still in time** (inclusive): 23:59:59.999999 of that day, or
  the end of office hours where ``day_end`` says so. So it shows the right date, and a thing is
  late if and only if ``now > at``.
* Hours and minutes run round the clock; working hours run in office hours only.
* A day spent wholly in a pause is not counted, and no term of days ends during a pause. Terms of
  hours stand still while paused.
* A year without a published calendar is counted as plain weeks and the deadline is marked
  ``is_provisional``: it must be computed again when the year is published.

Pure: no Django. The clock is never read here; every instant is an aware argument.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from itertools import chain
from typing import cast
from zoneinfo import ZoneInfo

from cases.clocks.calendar import Day, WorkCalendar
from cases.clocks.office_hours import OFFICE_HOURS, OfficeHours, Span, working_spans
from cases.clocks.stages import (
    AlarmStage,
    Announcement,
    Remaining,
    Thresholds,
    alarms,
    remaining,
)
from cases.clocks.term import Term, TermUnit

__all__ = [
    "SHANGHAI",
    "AlarmStage",
    "Announcement",
    "Deadline",
    "DueStep",
    "Pause",
    "Remaining",
    "StepCode",
    "Term",
    "TermUnit",
    "Thresholds",
    "alarms",
    "due",
    "remaining",
]

SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class Pause:
    """A span in which the clock stands still; ``end`` None while it lasts."""

    start: datetime
    end: datetime | None = None

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or (self.end and self.end.tzinfo is None):
            raise ValueError("A pause needs instants with a time zone.")
        if self.end is not None and self.end < self.start:
            raise ValueError("A pause cannot end before it starts.")


class StepCode(StrEnum):
    """What a step of an explanation says; the sentence is made where it is shown."""

    START = "start"  # the day of the start is not counted
    COUNTED = "counted"  # the count-th day
    SKIPPED = "skipped"  # not a working day: see kind and name
    PAUSED = "paused"  # the clock stood still
    RAN = "ran"  # minutes spent within one span
    DUE = "due"


@dataclass(frozen=True)
class DueStep:
    """One day or span on the way to a deadline.

    ``kind`` is a ``calendar.DayKind``, empty where days of the week do not matter; ``name`` is the
    holiday's; ``count`` the days counted so far, or the minutes spent in this span.
    """

    code: StepCode
    day: date
    kind: str = ""
    name: str = ""
    count: int = 0
    is_assumed: bool = False
    begins: datetime | None = None
    ends: datetime | None = None

    def as_json(self) -> dict[str, str | int | bool]:
        """Return the step without its empty parts, dates and instants in ISO 8601."""
        return {
            key: value.isoformat() if isinstance(value, date) else value
            for key, value in asdict(self).items()
            if value
        }


@dataclass(frozen=True)
class Deadline:
    """The last instant in time, and how it was found.

    ``is_suspended``: a pause still lasts; ``at`` is then what it would be if it ended at once.
    ``policy`` names the rule that gave the term, such as "mailbox v1".
    """

    at: datetime
    is_provisional: bool
    steps: tuple[DueStep, ...]
    term: Term
    is_suspended: bool = False
    policy: str = ""

    def explanation(self) -> dict[str, object]:
        """Return what is stored with an assignment, ready for JSON."""
        return {
            "policy": self.policy,
            "term": str(self.term),
            "at": self.at.isoformat(),
            "is_provisional": self.is_provisional,
            "is_suspended": self.is_suspended,
            "steps": [step.as_json() for step in self.steps],
        }


def due(
    start: datetime,
    term: Term,
    calendar: WorkCalendar,
    pauses: Iterable[Pause] = (),
    *,
    tz: tzinfo = SHANGHAI,
    office: OfficeHours = OFFICE_HOURS,
    day_end: time = time.max,
    as_of: datetime | None = None,
) -> Deadline:
    """Return when ``term`` ends that began at ``start``.

    A pause that still lasts needs ``as_of``, the instant of the question. Raises ``ValueError``
    for a naive start; an unpublished year raises nothing, see the module.
    """
    if start.tzinfo is None:
        raise ValueError("A term needs a start with a time zone.")
    pauses = tuple(pauses)
    stops = _stops(pauses, tz, as_of)
    calendar = calendar.assuming_weekends()
    local = start.astimezone(tz)
    if term.unit in {TermUnit.WORKDAYS, TermUnit.DAYS}:
        steps = tuple(_days(local, term, calendar, stops, office=office, day_end=day_end))
    else:
        spans = (
            working_spans(local, calendar, office)
            if term.unit is TermUnit.WORKING_HOURS
            else iter([(local, local + timedelta(days=366 * 50))])
        )
        steps = tuple(_time(local, term.span, spans, stops, calendar))
    return Deadline(
        at=cast("datetime", steps[-1].ends),
        is_provisional=any(step.is_assumed for step in steps),
        steps=steps,
        term=term,
        is_suspended=any(pause.end is None for pause in pauses),
    )


def _stops(pauses: Sequence[Pause], tz: tzinfo, as_of: datetime | None) -> list[Span]:
    """Return the pauses as spans in order and apart."""
    spans: list[Span] = []
    for pause in pauses:
        end = pause.end or as_of
        if end is None:
            raise ValueError("A pause that still lasts needs the instant of the question (as_of).")
        spans.append((pause.start.astimezone(tz), max(pause.start, end).astimezone(tz)))
    merged: list[Span] = []
    for begins, ends in sorted(spans):
        if merged and begins <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(ends, merged[-1][1]))
        else:
            merged.append((begins, ends))
    return merged


def _days(
    start: datetime,
    term: Term,
    calendar: WorkCalendar,
    stops: Sequence[Span],
    *,
    office: OfficeHours,
    day_end: time,
) -> Iterator[DueStep]:
    """Yield the steps of a term in days; the last one is DUE."""
    counts_all = term.unit is TermUnit.DAYS
    counted, day, ends = 0, calendar.day(start.date()), start
    yield _step(StepCode.START, day, begins=start)
    following = calendar.days_after(day.date)
    while counted < term.amount:
        day = next(following)
        ends = datetime.combine(day.date, day_end, start.tzinfo)
        is_last = counted + 1 == term.amount
        if not (counts_all or day.is_working):
            code = StepCode.SKIPPED
        elif _stands(day, stops, None if counts_all else office, start.tzinfo) or (
            is_last and _covers(stops, ends, ends)
        ):
            code = StepCode.PAUSED
        else:
            code = StepCode.COUNTED
            counted += 1
        yield _step(code, day, count=counted)
    yield _step(StepCode.DUE, day, count=counted, ends=ends)


def _stands(day: Day, stops: Sequence[Span], office: OfficeHours | None, tz: tzinfo | None) -> bool:
    """Whether a day is wholly paused: its office hours, or from midnight to midnight."""
    if office is None:
        spans = [
            (datetime.combine(day.date, time.min, tz), datetime.combine(day.date, time.max, tz))
        ]
    else:
        spans = office.on(day.date, tz)
    return all(_covers(stops, begins, ends) for begins, ends in spans)


def _covers(stops: Sequence[Span], begins: datetime, ends: datetime) -> bool:
    """Whether one pause holds the whole span."""
    return any(stop <= begins and ends <= resume for stop, resume in stops)


def _time(
    start: datetime,
    left: timedelta,
    spans: Iterator[Span],
    stops: Sequence[Span],
    calendar: WorkCalendar,
) -> Iterator[DueStep]:
    """Yield the steps of a term in hours or minutes; the last one is DUE."""
    yield _step(StepCode.START, calendar.day(start.date()), begins=start)
    running = chain.from_iterable(_running(span, stops) for span in spans)
    until = start
    while left:
        begins, ends = next(running)
        spent = min(ends - begins, left)
        left -= spent
        until = begins + spent
        minutes = round(spent / timedelta(minutes=1))
        day = calendar.day(begins.date())
        yield _step(StepCode.RAN, day, count=minutes, begins=begins, ends=until)
    yield _step(StepCode.DUE, calendar.day(until.date()), ends=until)


def _running(span: Span, stops: Sequence[Span]) -> list[Span]:
    """Return a span without the time in pauses."""
    begins, ends = span
    edges = [begins]
    for stop, resume in stops:
        if resume > begins and stop < ends:
            edges += [max(stop, begins), min(resume, ends)]
    edges.append(ends)
    return [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b]


def _step(
    code: StepCode,
    day: Day,
    *,
    count: int = 0,
    begins: datetime | None = None,
    ends: datetime | None = None,
) -> DueStep:
    """Return a step that explains its day by the calendar."""
    return DueStep(code, day.date, day.kind, day.name, count, day.is_assumed, begins, ends)
