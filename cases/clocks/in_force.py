"""Deadlines by the office's own calendar and policies, read from the database.

Both change a few times a year and are asked for at every act, so each process keeps them for
``KEPT_SECONDS``; ``forget()`` drops them at once (loaders and admin pages call it).
"""

import time as clock_time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from cases.clocks.calendar import WorkCalendar
from cases.clocks.counting import Deadline, Pause, due
from cases.clocks.models.calendar import CalendarDay, CalendarYear
from cases.clocks.models.policy import DeadlinePolicy
from cases.clocks.office_hours import OfficeHours
from cases.clocks.policy import Policy, PolicyFacts, pick

if TYPE_CHECKING:
    from cases.lifecycle.models.case import Case

KEPT_SECONDS = 30


@dataclass(frozen=True)
class Rules:
    """What one reading of the database gave; ``read_at`` by the process's monotonic clock."""

    calendar: WorkCalendar
    policies: tuple[Policy, ...]
    read_at: float


_kept: list[Rules] = []  # at most one; a list, so that threads replace it without a lock


def forget() -> None:
    """Read calendar and policies anew at the next question, in this process."""
    _kept.clear()


def rules() -> Rules:
    """Return calendar and policies, at most ``KEPT_SECONDS`` old."""
    now = clock_time.monotonic()
    for found in tuple(_kept):
        if now - found.read_at < KEPT_SECONDS:
            return found
    found = Rules(_read_calendar(), _read_policies(), now)
    _kept[:] = [found]
    return found


def calendar() -> WorkCalendar:
    """Return the office's working-day calendar."""
    return rules().calendar


def is_provisional(due_at: datetime) -> bool:
    """Whether a term that ends then runs into a year whose working days are not published yet."""
    return due_at >= known_until(due_at)


def known_until(moment: datetime) -> datetime:
    """The first instant at or after the year of ``moment`` whose working days are not known (aware)."""
    published, year = calendar().published_years, timezone.localdate(moment).year
    while year in published:
        year += 1
    return timezone.make_aware(datetime(year, 1, 1), timezone.get_default_timezone())  # noqa: DTZ001


def facts_of(case: "Case | PolicyFacts") -> PolicyFacts:
    """Return what policies may ask about a case; facts pass unchanged."""
    if isinstance(case, PolicyFacts):
        return case
    return PolicyFacts(
        channel=case.channel or "",
        demand_type=case.demand_type or "",
        category_code=case.category.code if case.category else "",
        urgency=case.urgency or "",
        source_level=case.source_level or "",
    )


def policy_for(case: "Case | PolicyFacts", at: datetime) -> Policy:
    """Return the policy that governs a case (or ``PolicyFacts``) on the local day of ``at``."""
    return pick(rules().policies, facts_of(case), timezone.localdate(at))


def deadline_for(
    case: "Case | PolicyFacts", clock: str, start: datetime, *, pauses: Iterable[Pause] = ()
) -> Deadline:
    """Return when the clock named ``clock`` ends for a case if it starts at ``start`` (aware).

    Raises ``policy_matching.NoPolicy`` when no policy fits or the one that fits sets no such term.
    """
    policy = policy_for(case, start)
    found = due(
        start,
        policy.term(clock),
        calendar(),
        pauses,
        tz=timezone.get_default_timezone(),
        office=office_hours(),
        day_end=day_end(),
        as_of=start,
    )
    return replace(found, policy=policy.label)


def office_hours() -> OfficeHours:
    """Return the office's hours: the setting OFFICE_HOURS, "08:30-12:00,14:30-17:30"."""
    return OfficeHours.parse(settings.OFFICE_HOURS)


def day_end() -> time:
    """Return when the last day of a term ends: midnight, or the end of office hours by setting."""
    return office_hours().closes if settings.DEADLINES_END_WITH_OFFICE_HOURS else time.max


def _read_calendar() -> WorkCalendar:
    rows = list(CalendarDay.objects.values_list("date", "is_working", "name"))
    years = CalendarYear.objects.filter(is_published=True).values_list("year", flat=True)
    names: dict[date, str] = {day: name for day, _, name in rows}
    return WorkCalendar(
        off=frozenset(day for day, is_working, _ in rows if not is_working),
        worked=frozenset(day for day, is_working, _ in rows if is_working),
        published_years=frozenset(years),
        names=MappingProxyType(names),
    )


def _read_policies() -> tuple[Policy, ...]:
    return tuple(
        Policy(
            id=row.pk,
            channel=row.channel or None,
            demand_type=row.demand_type or None,
            category_prefix=row.category_code or None,
            urgency=row.urgency or None,
            source_level=row.source_level or None,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            terms=row.terms,
            code=row.code,
            version=row.version,
        )
        for row in DeadlinePolicy.objects.order_by("pk")
    )
