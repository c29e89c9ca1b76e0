"""Keep the rolled-up months true: note what changed, count again what is stale.

No date of a case lies before its citizen's first contact, so a change of a case is noted in every month
from that one on, whatever it was before the change and is after it. A month counted while something
changed stays stale: the note is made after the change is there, and raises ``changes`` past the number
that the counting began with (ADR 0007).
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Min

from cases.events.outbox import consumer
from cases.models import Case, Contact, Duty
from satisfaction.metrics import REGISTRY, MetricScope
from satisfaction.periods import Period, day_of, month_of, today
from satisfaction.rollup.models.rolled import RolledMonth
from satisfaction.rollup.writing import declared, written

YEAR = timedelta(days=366)


@consumer("figures", per="case")
def note_case(duty: Duty) -> None:
    """Something happened to a case: note it in every month it may be counted in."""
    began = Case.objects.filter(pk=duty.case_id).values_list("contact_at", "registered_at").first()
    if began:
        note_since(min(began))


def note_since(moment: datetime) -> int:
    """Note a change of anything dated ``moment`` or later; returns the number of months noted.

    For what has no event (a call about no case) it is called in the transaction of the change.
    """
    months = RolledMonth.objects.filter(first__gte=month_of(today(moment)).first)
    with transaction.atomic():  # locked in one order, so that two workers never wait for each other
        found = list(months.select_for_update().order_by("first").values_list("pk", flat=True))
        if found:
            RolledMonth.objects.filter(pk__in=found).update(changes=F("changes") + 1)
    return len(found)


def stale_months(at: datetime) -> Iterator[Period]:
    """Months that are over and not (or no longer) rolled up, the newest first."""
    usable = RolledMonth.objects.usable(at, declared())
    known = set(usable.values_list("first", flat=True))
    return (month for month in past_months(at) if month.first not in known)


def past_months(at: datetime) -> Iterator[Period]:
    """Every month that is over at ``at``, back to a year before the first call or case, newest first.

    Pages show twelve months together: the empty ones before the first are kept too.
    """
    first = _first_day()
    month = month_of(today(at)).earlier()
    while first and month.last >= first - YEAR:
        yield month
        month = month.earlier()


def _first_day() -> date | None:
    case = Case.objects.aggregate(contact=Min("contact_at"), registration=Min("registered_at"))
    calls = Contact.objects.filter(channel="phone").aggregate(call=Min("at"))
    found = [today(moment) for moment in (*case.values(), *calls.values()) if moment]
    return min(found, default=None)


def recount(month: Period, at: datetime) -> bool:
    """Count a month that is over and keep its numbers; False when it changed meanwhile.

    May run twice and beside another. Raises ``ValueError`` for a month that is not over.
    """
    if month != month_of(month.first) or month.end > at:
        raise ValueError("Only whole months that are over are rolled up.")
    row, _made = RolledMonth.objects.get_or_create(first=month.first)
    scope = MetricScope(month, at)
    whole, groups = written(scope)
    kept = RolledMonth.objects.filter(pk=row.pk, changes=row.changes).update(
        counted=row.changes,
        declared=declared(),
        counted_at=at,
        good_until=good_until(scope),
        whole=whole,
        groups=groups,
    )
    return bool(kept)


def good_until(scope: MetricScope) -> datetime | None:
    """Midnight when a metric still waits for a day to pass, ``None`` when time changes nothing more."""
    settled = all(metric.is_settled(scope.period, scope.at) for metric in REGISTRY.values())
    return None if settled else day_of(scope.at).end
