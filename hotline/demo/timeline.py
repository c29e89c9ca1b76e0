"""When things happened in the demo: calls by day and hour, replies within office hours."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
OPENS, CLOSES = 9, 17


def spread(first: date, last: date, count: int, random: Random) -> list[datetime]:
    """``count`` moments between two days, fewer on weekends, between 7:30 and 20:30, in order."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    weights = [3 if day.weekday() < 5 else 1 for day in days]  # noqa: PLR2004 - Saturday is 5
    chosen = random.choices(days, weights, k=count)
    return sorted(_moment(day, random) for day in chosen)


def _moment(day: date, random: Random) -> datetime:
    minute = int(random.triangular(7.5 * 60, 20.5 * 60, 10 * 60))
    return datetime.combine(day, time(minute // 60, minute % 60, random.randint(0, 59)), ZONE)


def within(start: datetime, end: datetime, share: float, random: Random) -> datetime:
    """A moment of office hours about ``share`` of the way from start to end, strictly between."""
    wanted = (start + (end - start) * share).astimezone(ZONE)
    hour = min(max(wanted.hour, OPENS), CLOSES - 1)
    at_desk = wanted.replace(hour=hour, minute=random.randint(0, 59), second=random.randint(0, 59))
    return min(max(at_desk, start + timedelta(minutes=7)), end - timedelta(minutes=5))


def after(moment: datetime, hours: float, random: Random) -> datetime:
    """A moment of office hours some hours later."""
    wanted = (moment + timedelta(hours=hours)).astimezone(ZONE)
    if wanted.hour >= CLOSES:
        wanted = (wanted + timedelta(days=1)).replace(hour=OPENS)
    elif wanted.hour < OPENS:
        wanted = wanted.replace(hour=OPENS)
    later = wanted.replace(minute=random.randint(0, 59), second=random.randint(0, 59))
    return max(later, moment + timedelta(minutes=3))


def at_a_desk(
    wanted: datetime, after: datetime, before: datetime, is_working: Callable[[date], bool]
) -> datetime:
    """The moment of office hours nearest to ``wanted``, strictly between two others.

    ``wanted`` itself where a night or a holiday leaves no such moment.
    """
    wanted = wanted.astimezone(ZONE)
    for days in (0, -1, 1, -2, 2, -3, 3):
        day = wanted.date() + timedelta(days=days)
        first = datetime.combine(day, time(OPENS, wanted.minute), ZONE)
        last = datetime.combine(day, time(CLOSES - 1, wanted.minute), ZONE)
        nearest = min(max(wanted, first), last)
        if is_working(day) and after < nearest < before:
            return nearest
    return wanted
