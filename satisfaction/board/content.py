"""What the board shows: six figures, the units, twelve months, and what needs the supervisor."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cases.models import Case, Unit
from cases.words import UnitKind
from satisfaction.board.trend import Month, Trend, draw
from satisfaction.metrics import REGISTRY, Figure
from satisfaction.metrics.timeliness import overdue
from satisfaction.periods import Period, day_of, last_months, month_of, today
from satisfaction.statistics.selection import Selection

EVER = date(2000, 1, 1)
LONG_OVERDUE = timedelta(days=5)
FEW = 30  # units with fewer due tasks are shown but not ranked (domain §5.2)
RETURNED_OFTEN = 2
CLASSES = (UnitKind.COUNTY, UnitKind.TOWN, UnitKind.UTILITY, UnitKind.VERTICAL)
NEEDS = 4


@dataclass(frozen=True)
class Shown:
    """A figure with the address of its rows and what stands under it."""

    figure: Figure
    url: str
    more: str = ""
    change: float | None = None


@dataclass(frozen=True)
class UnitRow:
    """One line of the units' table; ``rank`` is ``None`` below the least number of tasks."""

    unit: Any
    on_time: Figure
    overdue: int
    satisfied: Figure
    url: str
    missed_url: str
    overdue_url: str
    satisfied_url: str
    rank: int | None = None


@dataclass(frozen=True)
class Need:
    """Something a person should look into: how urgent, why, whose."""

    tone: str
    words: str
    case: Any
    where: str


def shown(selection: Selection, slug: str, more: str = "", which: str = "all") -> Shown:
    """Count one figure."""
    metric = REGISTRY[slug]
    return Shown(metric.count(selection.scope), selection.cases_url(metric, which), more)


def figures(chosen: Selection) -> dict[str, Shown]:
    """The six figures: today's calls and cases, the month's rates, what is late, what is due today."""
    day, month = chosen.over(day_of(chosen.at)), chosen.over(month_of(today(chosen.at)))
    yesterday = REGISTRY["calls"].count(day.over(day.period.earlier()).scope)
    direct = REGISTRY["direct_answered"].count(day.scope).n
    sent = REGISTRY["dispatched"].count(day.scope).n
    participation = REGISTRY["participation"].count(month.scope)
    ever = chosen.over(Period(EVER, today(chosen.at)))
    long_ago = REGISTRY["overdue_open"].eligible(ever.scope)
    very_late = long_ago.filter(due_at__lt=chosen.at - LONG_OVERDUE).count()
    return {
        "calls": shown(day, "calls", _("yesterday %(n)d") % {"n": yesterday.n}),
        "handled": shown(
            day,
            "handled",
            _("%(direct)d answered directly · %(sent)d dispatched")
            % {"direct": direct, "sent": sent},
        ),
        "on_time": _with_change(month, "replied_on_time"),
        "satisfied": shown(
            month, "satisfied", _("participation %(rate)s") % {"rate": said(participation)}
        ),
        "overdue": shown(
            ever, "overdue_open", _("%(n)d of them for more than 5 days") % {"n": very_late}
        ),
        "due_today": shown(day, "replied_rate"),
    }


def _with_change(month: Selection, slug: str) -> Shown:
    metric = REGISTRY[slug]
    now, before = (metric.count(one.scope) for one in (month, month.over(month.period.earlier())))
    change = None
    if now.percent is not None and before.percent is not None:
        change = round(now.percent - before.percent, 1)
    return Shown(now, month.cases_url(metric), change=change)


def said(figure: Figure) -> str:
    """A rate as a person reads it: "50.2% (917 / 1,827)", "—" without anything to count."""
    if figure.percent is None:
        return "—"
    return f"{figure.percent:.1f}% ({figure.n:,}/{figure.N:,})"


def units(chosen: Selection, kind: str = "") -> list[UnitRow]:
    """Units with something due this month or overdue, the best first; few tasks stand at the end."""
    month = chosen.over(month_of(today(chosen.at)))
    ever = chosen.over(Period(EVER, today(chosen.at)))
    on_time = REGISTRY["replied_on_time"].by(month.scope, "unit")
    late = REGISTRY["overdue_open"].by(ever.scope, "unit")
    satisfied = REGISTRY["satisfied"].by(month.scope, "unit")
    wanted = Unit.objects.filter(pk__in=on_time.keys() | late.keys())
    rows = [
        _unit_row(unit, month, ever, on_time, late, satisfied)
        for unit in (wanted.filter(kind=kind) if kind else wanted)
    ]
    return ranked(rows)


def _unit_row(
    unit: Any, month: Selection, ever: Selection, on_time: dict, late: dict, satisfied: dict
) -> UnitRow:
    nothing, code = Figure(0, 0, is_rate=True), {"unit": unit.code, "alone": "1"}
    timely = REGISTRY["replied_on_time"]
    return UnitRow(
        unit,
        on_time.get(unit.pk, nothing),
        late[unit.pk].n if unit.pk in late else 0,
        satisfied.get(unit.pk, nothing),
        month.cases_url(timely, **code),
        month.cases_url(timely, "missed", **code),
        ever.cases_url(REGISTRY["overdue_open"], **code),
        month.cases_url(REGISTRY["satisfied"], **code),
    )


def ranked(rows: Iterable[UnitRow]) -> list[UnitRow]:
    """Sort by rate, then by number; those below ``FEW`` follow without a rank."""
    rows = sorted(rows, key=lambda r: (-(r.on_time.percent or 0), -r.on_time.N, r.unit.code))
    many = [row for row in rows if row.on_time.N >= FEW]
    few = [row for row in rows if row.on_time.N < FEW]
    return [
        *(UnitRow(**(vars(row) | {"rank": place})) for place, row in enumerate(many, 1)),
        *sorted(few, key=lambda row: (-row.overdue, -row.on_time.N, row.unit.code)),
    ]


def months(chosen: Selection) -> list[dict[str, Any]]:
    """The last twelve months: on-time rate and cases, with the addresses of their rows."""
    periods = last_months(today(chosen.at), 12)
    whole = chosen.over(Period(periods[0].first, periods[-1].last))
    rates = REGISTRY["replied_on_time"].by_periods(whole.scope, periods)
    volumes = REGISTRY["handled"].by_periods(whole.scope, periods)
    return [
        {
            "period": period,
            "rate": rate,
            "volume": volume.n,
            "url": chosen.over(period).cases_url(REGISTRY["replied_on_time"]),
        }
        for period, rate, volume in zip(periods, rates, volumes, strict=True)
    ]


def trend(rows: list[dict[str, Any]]) -> Trend:
    """The same as a drawing."""
    return draw(
        [
            Month(date_format(row["period"].first, "n"), row["rate"].percent, row["volume"])
            for row in rows
        ]
    )


def needs(chosen: Selection) -> list[Need]:
    """The longest overdue tasks, cases returned twice, dissatisfied citizens still waiting."""
    late = (
        overdue(chosen.at).visible_to(chosen.user).select_related("case", "unit").order_by("due_at")
    )
    found = [
        Need("late", _("%(n)d days over") % {"n": (chosen.at - task.due_at).days}, task.case, name)
        for task in late[:NEEDS]
        for name in [str(task.unit)]
    ]
    seen = Case.objects.visible_to(chosen.user).counted().select_related("lead_unit")
    bounced = seen.filter(state="accepted", return_count__gte=RETURNED_OFTEN)
    found += [
        Need(
            "soon", _("returned %(n)d times") % {"n": case.return_count}, case, _("to be ruled on")
        )
        for case in bounced.order_by("dispatch_due_at")[:NEEDS]
    ]
    unhappy = seen.filter(state="dissatisfied").order_by("callback_due_at")
    found += [
        Need("soon", _("dissatisfied"), case, str(case.lead_unit or "")) for case in unhappy[:NEEDS]
    ]
    return found
