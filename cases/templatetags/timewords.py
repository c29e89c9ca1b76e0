"""How a moment, a term and what is left of it are said to a person: the nearest words first.

Pure but for translation and the display time zone; ``now`` is always given. The colours follow
`domain.md` §4: soon from a quarter of the term left, or from one working day left.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from cases.clocks.term import Term, TermUnit

SOON_SHARE = 0.25
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
LAST_MINUTE = time(23, 59)


@dataclass(frozen=True)
class ClockReading:
    """What a clock shows: ``tone`` ok|soon|late|rest, ``icon`` of the sprite, two lines."""

    tone: str
    icon: str
    left: str
    by: str = ""


def local(moment: datetime) -> datetime:
    """The moment in the office's zone."""
    return timezone.localtime(moment, timezone.get_default_timezone())


def span(length: timedelta) -> str:
    """Say a length in its two largest units: "2 days 18 hours", "6 hours 10 minutes"."""
    return _span(max(int(length / MINUTE), 0), get_language() or "")


@lru_cache(maxsize=2048)  # a page says the same lengths again and again
def _span(minutes: int, _language: str) -> str:
    if minutes == 0:
        return _("less than a minute")
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    parts = []
    if days:
        parts.append(ngettext("%(n)s day", "%(n)s days", days) % {"n": days})
    if hours:
        parts.append(ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours})
    if minutes and not days:
        parts.append(ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes})
    return " ".join(parts)


def time_over(length: timedelta) -> str:
    """Say how late something is in its largest unit, where there is room for a word only."""
    unit = next((one for one in (DAY, timedelta(hours=1)) if length >= one), MINUTE)
    return _("%(length)s over") % {"length": span(length // unit * unit)}


def day(moment: datetime, now: datetime) -> str:
    """Say the local date: today, yesterday, tomorrow, 11月20日; the year only when another."""
    return _day(local(moment).date(), local(now).date(), get_language() or "")


@lru_cache(maxsize=512)  # a page says the same days again and again
def _day(there: date, here: date, _language: str) -> str:
    near = {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}
    apart = (there - here).days
    if apart in near:
        return near[apart]
    return date_format(there, _("j M") if there.year == here.year else _("j M Y"))


def when(moment: datetime, now: datetime) -> str:
    """Say date and minute in local time: "今天 11:20", "11月20日 14:20"."""
    return f"{day(moment, now)} {minute(moment)}"


def due_when(due: datetime, now: datetime) -> str:
    """Say a deadline; one that runs to the last instant of its day ends at 24:00."""
    return f"{day(due, now)} {due_minute(due)}"


def due_in_full(due: datetime) -> str:
    """Say a deadline, or when its time began, with the year, whatever day it is today."""
    day_in_full = date_format(local(due), _("j M Y"))
    return f"{day_in_full} {due_minute(due)}"


def due_minute(due: datetime) -> str:
    """The minute of the day at which a time ends; its last instant is 24:00."""
    return "24:00" if local(due).time() >= LAST_MINUTE else minute(due)


def minute(moment: datetime) -> str:
    """The minute of the day: "14:20"."""
    return f"{local(moment):%H:%M}"


def due_stamp(due: datetime) -> str:
    """A deadline in figures: "2026-11-20 24:00"."""
    return f"{local(due):%Y-%m-%d} {due_minute(due)}"


def stamp(moment: datetime) -> str:
    """Date and minute in figures, for sheets and consoles: "2026-11-20 14:20"."""
    return f"{local(moment):%Y-%m-%d %H:%M}"


def term_words(term: Term, *, natural: bool = False) -> str:
    """A term as a person says it: "5 个工作日". ``natural``: of days, say that each day counts."""
    n = term.amount
    every_day = ngettext("%(n)d natural day", "%(n)d natural days", n)
    words = {
        TermUnit.WORKDAYS: ngettext("%(n)d working day", "%(n)d working days", n),
        TermUnit.DAYS: every_day if natural else ngettext("%(n)d day", "%(n)d days", n),
        TermUnit.WORKING_HOURS: ngettext("%(n)d working hour", "%(n)d working hours", n),
        TermUnit.HOURS: ngettext("%(n)d hour", "%(n)d hours", n),
        TermUnit.MINUTES: ngettext("%(n)d minute", "%(n)d minutes", n),
    }
    return words[term.unit] % {"n": n}


def finished(due: datetime | None, done: datetime, now: datetime, label: str) -> ClockReading:
    """Read a clock that has stopped: in time, or late and by how much."""
    if due is None:
        return ClockReading("rest", "done", label or _("Done"), when(done, now))
    if done > due:
        words = _("%(span)s late") % {"span": span(done - due)}
        return ClockReading(
            "late", "late", f"{label} · {words}" if label else words, when(done, now)
        )
    early = _("%(span)s early") % {"span": span(due - done)}
    return ClockReading("rest", "done", label or _("Done in time"), f"{when(done, now)} · {early}")


def workdays_left(n: int) -> str:
    """What is left of a term of working days, to staff and citizens alike: "还剩 5 个工作日"."""
    return ngettext("%(n)s working day left", "%(n)s working days left", n) % {"n": n}


def is_soon(due: datetime, start: datetime | None, now: datetime, workdays: int | None) -> bool:
    """Whether the clock is yellow: a quarter of the term left, or one working day of a longer."""
    left = due - now
    if start is not None and start < due and left <= (due - start) * SOON_SHARE:
        return True
    if start is not None and due - start <= DAY:
        return False
    return workdays <= 1 if workdays is not None else left <= DAY


def running(due: datetime, now: datetime, workdays: int | None) -> tuple[str, str]:
    """Give both lines of a clock that still runs: today and tomorrow by the hour, then days."""
    apart = (local(due).date() - local(now).date()).days
    if apart <= 1:
        return _("due %(when)s") % {"when": due_when(due, now)}, _("%(span)s left") % {
            "span": span(due - now)
        }
    if workdays is None:
        left = ngettext("%(n)s day left", "%(n)s days left", apart) % {"n": apart}
    else:
        left = workdays_left(workdays)
    return left, _("by %(when)s") % {"when": due_when(due, now)}


def read_clock(
    due: datetime | None,
    now: datetime,
    *,
    start: datetime | None = None,
    done: datetime | None = None,
    paused: str = "",
    workdays: int | None = None,
    label: str = "",
    provisional: bool = False,
) -> ClockReading:
    """Read one clock: finished, paused (``paused`` says why), late, soon or in time.

    ``label`` names the clock ("主办时限") or, once finished, the act ("已签收"). ``provisional``
    marks a deadline in a year whose holidays are not published yet.
    """
    if done is not None:
        return finished(due, done, now, label)
    if paused:
        return ClockReading("rest", "rest", paused, label)
    if due is None:
        return ClockReading("rest", "rest", _("No deadline"), label)
    if now > due:
        reading = ClockReading(
            "late",
            "late",
            _("%(span)s overdue") % {"span": span(now - due)},
            _("was due %(when)s") % {"when": due_when(due, now)},
        )
    else:
        tone = "soon" if is_soon(due, start, now, workdays) else "ok"
        reading = ClockReading(tone, tone, *running(due, now, workdays))
    notes = [reading.by, _("provisional") if provisional else "", label]
    return ClockReading(reading.tone, reading.icon, reading.left, " · ".join(n for n in notes if n))
