"""What the board shows: six figures, the units, twelve months, and what needs the supervisor."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cases.lifecycle.requesting import MAX_RETURNS
from cases.models import Case, Unit
from cases.templatetags.timewords import time_over
from cases.words import CaseState, UnitKind
from routing.desk import queue as dispatch
from satisfaction.board.numbers import Numbers
from satisfaction.board.trend import Month, Trend, draw
from satisfaction.dissatisfied import deciding
from satisfaction.metrics import REGISTRY, Figure
from satisfaction.metrics.metric import Group
from satisfaction.metrics.timeliness import overdue
from satisfaction.periods import Period
from satisfaction.statistics.selection import Selection

FEW = 30  # units with fewer due tasks are shown but not ranked (domain §5.2)
CLASSES = (UnitKind.COUNTY, UnitKind.TOWN, UnitKind.UTILITY, UnitKind.VERTICAL)
NEEDS = 4


@dataclass(frozen=True)
class FigureShown:
    """A figure with the address of its rows and what stands under it."""

    figure: Figure
    url: str
    more: str = ""
    change: float | None = None


@dataclass(frozen=True)
class UnitRow:
    """One line of the units' table; ``rank`` is ``None`` below the least number of tasks."""

    unit: Unit
    on_time: Figure
    overdue: int
    satisfied: Figure
    url: str
    missed_url: str
    overdue_url: str
    satisfied_url: str
    rank: int | None = None


@dataclass(frozen=True)
class MonthRow:
    """One of twelve months: the rate on time with the address of its rows, and how many cases came."""

    period: Period
    rate: Figure
    volume: int
    url: str


@dataclass(frozen=True)
class BoardNeed:
    """Something a person should look into: how urgent, why, whose."""

    tone: str
    words: str
    case: Case
    where: str


def figures(numbers: Numbers) -> dict[str, FigureShown]:
    """The six figures: today's calls and cases, the month's rates, what is late, what is due today."""
    direct, sent = (numbers.day_figure(slug).n for slug in ("direct_answered", "dispatched"))
    late = Figure(sum(numbers.late_by_unit.values()))
    return {
        "calls": _today(numbers, "calls", _("yesterday %(n)d") % {"n": numbers.calls_yesterday()}),
        "handled": _today(
            numbers,
            "handled",
            _("%(direct)d answered directly · %(sent)d dispatched")
            % {"direct": direct, "sent": sent},
        ),
        "on_time": _with_change(numbers),
        "satisfied": FigureShown(
            numbers.month_figure("satisfied"),
            numbers.month.cases_url(REGISTRY["satisfied"]),
            _("participation %(rate)s") % {"rate": said(numbers.month_figure("participation"))},
        ),
        "overdue": FigureShown(
            late,
            numbers.ever.cases_url(REGISTRY["overdue_open"]),
            _("%(n)d of them for more than 5 days") % {"n": numbers.very_late()},
        ),
        "due_today": _today(numbers, "replied_rate"),
    }


def _today(numbers: Numbers, slug: str, more: str = "") -> FigureShown:
    return FigureShown(numbers.day_figure(slug), numbers.today.cases_url(REGISTRY[slug]), more)


def _with_change(numbers: Numbers) -> FigureShown:
    (_before, before, _n), (_now, now, _n) = numbers.twelve[-2:]
    change = None
    if now.percent is not None and before.percent is not None:
        change = round(now.percent - before.percent, 1)
    return FigureShown(now, numbers.month.cases_url(REGISTRY["replied_on_time"]), change=change)


def said(figure: Figure) -> str:
    """A rate as a person reads it: "50.2% (917 / 1,827)", "—" without anything to count."""
    if figure.percent is None:
        return "—"
    return f"{figure.percent:.1f}% ({figure.n:,}/{figure.N:,})"


def units(numbers: Numbers, kind: str = "") -> list[UnitRow]:
    """Units with something due this month or overdue, the best first; few tasks stand at the end."""
    on_time, satisfied = (
        numbers.of_month.counted.by(REGISTRY[slug], "unit")
        for slug in ("replied_on_time", "satisfied")
    )
    keys = {key for key in on_time.keys() | numbers.late_by_unit.keys() if isinstance(key, int)}
    wanted = Unit.objects.filter(pk__in=keys)
    rows = [
        _unit_row(unit, numbers, on_time, satisfied)
        for unit in (wanted.filter(kind=kind) if kind else wanted)
    ]
    return ranked(rows)


def _unit_row(
    unit: Unit,
    numbers: Numbers,
    on_time: dict[Group, Figure],
    satisfied: dict[Group, Figure],
) -> UnitRow:
    nothing, code = Figure(0, 0, is_rate=True), {"unit": unit.code, "alone": "1"}
    timely, month = REGISTRY["replied_on_time"], numbers.month
    return UnitRow(
        unit,
        on_time.get(unit.pk, nothing),
        numbers.late_by_unit.get(unit.pk, 0),
        satisfied.get(unit.pk, nothing),
        month.cases_url(timely, **code),
        month.cases_url(timely, "missed", **code),
        numbers.ever.cases_url(REGISTRY["overdue_open"], **code),
        month.cases_url(REGISTRY["satisfied"], **code),
    )


def ranked(rows: Iterable[UnitRow]) -> list[UnitRow]:
    """Sort by rate, then by number; those below ``FEW`` follow without a rank."""
    rows = sorted(rows, key=lambda r: (-(r.on_time.percent or 0), -r.on_time.total, r.unit.code))
    many = [row for row in rows if row.on_time.total >= FEW]
    few = [row for row in rows if row.on_time.total < FEW]
    return [
        *(replace(row, rank=place) for place, row in enumerate(many, 1)),
        *sorted(few, key=lambda row: (-row.overdue, -row.on_time.total, row.unit.code)),
    ]


def months(numbers: Numbers) -> list[MonthRow]:
    """The last twelve months: on-time rate and cases, with the addresses of their rows."""
    return [
        MonthRow(
            period,
            rate,
            volume.number,
            numbers.chosen.over(period).cases_url(REGISTRY["replied_on_time"]),
        )
        for period, rate, volume in numbers.twelve
    ]


def trend(rows: list[MonthRow]) -> Trend:
    """The same as a drawing."""
    return draw(
        [Month(date_format(row.period.first, "n"), row.rate.percent, row.volume) for row in rows]
    )


def needs(chosen: Selection) -> list[BoardNeed]:
    """The longest overdue tasks, cases returned twice, dissatisfied citizens still waiting."""
    late = (
        overdue(chosen.at).visible_to(chosen.user).select_related("case", "unit").order_by("due_at")
    )
    found = [
        BoardNeed("late", time_over(chosen.at - task.due_at), task.case, name)
        for task in late[:NEEDS]
        for name in [str(task.unit)]
    ]
    seen = Case.objects.visible_to(chosen.user).counted().select_related("lead_unit")
    bounced = dispatch.QUEUE.ordered(seen).filter(
        state=CaseState.ACCEPTED, return_count__gte=MAX_RETURNS
    )
    found += [
        BoardNeed(
            "soon", _("returned %(n)d times") % {"n": case.return_count}, case, _("to be ruled on")
        )
        for case in bounced[:NEEDS]
    ]
    unhappy = deciding.QUEUE.ordered(seen)
    found += [
        BoardNeed("soon", _("dissatisfied"), case, str(case.lead_unit or ""))
        for case in unhappy[:NEEDS]
    ]
    return found
