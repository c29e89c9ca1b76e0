"""How near a deadline is: alarm instants, colours and what remains.

Rule (`docs`: clocks; thresholds are policy data): yellow when a working day or a quarter of the
term is left, whichever comes first, red at four working hours, late after the deadline, then
escalation one, three and five working days later. A working day is measured in office hours. A
term too short for these spans is divided instead: yellow at half of it, red at three quarters, so
that a fresh task is never red.

Pure: no Django. Deadlines are the last instant in time (inclusive), instants are aware; days are
those of ``tz``. Unpublished years count as plain weeks.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from cases.clocks.calendar import WorkCalendar
from cases.clocks.office_hours import OFFICE_HOURS, OfficeHours, working_time_before

OFFICE_ZONE = ZoneInfo("Asia/Shanghai")
INSTANT = datetime.resolution  # the first instant after a deadline


class AlarmStage(StrEnum):
    """What is announced, in order."""

    WARN = "warn"
    RED = "red"
    OVERDUE = "overdue"
    ESCALATE1 = "escalate1"
    ESCALATE3 = "escalate3"
    ESCALATE5 = "escalate5"


ESCALATIONS = {
    AlarmStage.ESCALATE1: 1,
    AlarmStage.ESCALATE3: 3,
    AlarmStage.ESCALATE5: 5,
}


class Announcement(NamedTuple):
    """One announcement; it is due once ``now >= at``."""

    stage: AlarmStage
    at: datetime


@dataclass(frozen=True)
class Thresholds:
    """When a clock turns yellow and red; shares are of the whole span in natural time."""

    warn_workdays: int = 1
    warn_share: float = 0.25
    red: timedelta = timedelta(hours=4)  # of working time
    short_warn: float = 0.5
    short_red: float = 0.25
    office: OfficeHours = OFFICE_HOURS
    tz: tzinfo = OFFICE_ZONE


USUAL = Thresholds()


@dataclass(frozen=True)
class Remaining:
    """Time left, or time past when ``is_late``: whole days, hours and minutes, and working days.

    ``workdays`` leaves out the day of ``now`` and includes that of the deadline (0: due today).
    """

    is_late: bool
    days: int
    hours: int
    minutes: int
    workdays: int


def alarms(
    start: datetime, due: datetime, calendar: WorkCalendar, thresholds: Thresholds = USUAL
) -> list[Announcement]:
    """Return every announcement of a clock in order of time."""
    calendar = calendar.assuming_weekends()
    local = due.astimezone(thresholds.tz)
    warn, red = _marks(start, local, calendar, thresholds)
    found = [
        Announcement(AlarmStage.WARN, warn),
        Announcement(AlarmStage.RED, red),
        Announcement(AlarmStage.OVERDUE, local + INSTANT),
    ]
    for stage, days in ESCALATIONS.items():
        day = calendar.nth_workday_after(local.date(), days)
        found.append(Announcement(stage, datetime.combine(day, local.timetz()) + INSTANT))
    return found


def remaining(
    now: datetime, due: datetime, calendar: WorkCalendar, tz: tzinfo = OFFICE_ZONE
) -> Remaining:
    """Return what is left until ``due``, or how long ago it was."""
    is_late = now > due
    minutes = int(abs(due - now) / timedelta(minutes=1))
    today, last = now.astimezone(tz).date(), due.astimezone(tz).date()
    between: tuple[date, date] = (last, today) if is_late else (today, last)
    return Remaining(
        is_late=is_late,
        days=minutes // 1440,
        hours=minutes % 1440 // 60,
        minutes=minutes % 60,
        workdays=calendar.assuming_weekends().workdays_between(*between),
    )


def _marks(
    start: datetime, due: datetime, calendar: WorkCalendar, by: Thresholds
) -> tuple[datetime, datetime]:
    """Return when the clock turns yellow and red; ``due`` is local and the calendar assumes."""
    whole = max(due - start, timedelta())
    half = due - whole * by.short_warn
    day = by.office.day_length * by.warn_workdays
    warn = min(due - whole * by.warn_share, working_time_before(due, day, calendar, by.office))
    red = working_time_before(due, by.red, calendar, by.office)
    if red < half:
        red = due - whole * by.short_red
    return min(max(warn, half), red), red
