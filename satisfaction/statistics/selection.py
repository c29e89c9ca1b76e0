"""What a person wants to see figures of: a period, a channel, a unit, taken from the address.

A wrong word in the address is told in a sentence and the default shown instead; nothing fails.
"""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.models import Unit, User
from cases.pages.days import is_within
from cases.people.permissions import ACTS
from cases.people.person import Person
from cases.words import Channel
from satisfaction.metrics import Metric, MetricScope
from satisfaction.periods import Period, month_named, month_of, today, year_of

LONGEST = timedelta(days=3653)  # ten years: counted within the time a page has


def sees_all_units(user: Person) -> bool:
    """Whether the person sees every unit's figures, not only those of their own."""
    return bool(user.roles & ACTS["figures.see"].office)


@dataclass(frozen=True)
class Selection:
    """A period with, perhaps, a channel and a unit; ``faults`` are sentences for the person.

    ``is_alone``: only the unit itself, without the units below it, as in a line of a table by unit.
    """

    user: User
    at: datetime
    period: Period
    channel: str = ""
    unit: Unit | None = None
    is_alone: bool = False
    faults: tuple[str, ...] = field(default=())

    @cached_property
    def unit_ids(self) -> frozenset[int] | None:
        """Units to count: the chosen one and those below it; own units for unit people."""
        if self.unit is not None and self.is_alone:
            return frozenset([self.unit.pk])
        if self.unit is not None:
            return frozenset(self.unit.tree_ids())
        return None if sees_all_units(self.user) else self.user.unit_ids

    @property
    def scope(self) -> MetricScope:
        """What the metrics count."""
        return MetricScope(self.period, self.at, self.channel, self.unit_ids, self.user)

    def over(self, period: Period) -> "Selection":
        """The same for another period."""
        return replace(self, period=period)

    def query(self, **more: str) -> str:
        """The selection as an address's query; ``more`` replaces or, when empty, drops a part."""
        parts = {
            "from": self.period.first.isoformat(),
            "to": self.period.last.isoformat(),
            "channel": self.channel,
            "unit": self.unit.code if self.unit else "",
            "alone": "1" if self.is_alone else "",
        } | more
        return urlencode({name: value for name, value in parts.items() if value})

    def cases_url(self, metric: Metric, which: str = "all", **more: str) -> str:
        """The address of the rows behind a figure."""
        query = self.query(which="" if which == "all" else which, **more)
        return f"{reverse('satisfaction:figure_cases', args=[metric.slug])}?{query}"

    def page_url(self, **more: str) -> str:
        """The address of the figures of this selection."""
        return f"{reverse('satisfaction:figures')}?{self.query(**more)}"


def selected(asked: QueryDict, user: User, at: datetime) -> Selection:
    """Read ``?month=2018-06``, ``?year=2018`` or ``?from=…&to=…``, ``&channel=``, ``&unit=``."""
    faults: list[str] = []
    period = _period(asked, at, faults)
    channel = asked.get("channel", "")
    if channel and channel not in Channel.values:
        faults.append(_("There is no such channel; all channels are shown."))
        channel = ""
    unit = _unit(asked.get("unit", ""), user, faults)
    alone = unit is not None and asked.get("alone") == "1"
    return Selection(user, at, period, channel, unit, alone, tuple(faults))


def _period(asked: QueryDict, at: datetime, faults: list[str]) -> Period:
    try:
        period = _period_asked(asked)
    except (ValueError, OverflowError):
        faults.append(_("This period cannot be read; write it like 2018-06. This month is shown."))
        period = None
    if period and not (is_within(period.first) and is_within(period.last)):
        faults.append(_("Choose days between 2000 and 2099. This month is shown."))
    elif period and period.last - period.first > LONGEST:
        faults.append(_("At most ten years can be counted at once. This month is shown."))
    elif period:
        return period
    return month_of(today(at))


def _period_asked(asked: QueryDict) -> Period | None:
    """The period an address names; raises ``ValueError`` for one that cannot be read."""
    if month := asked.get("month", ""):
        return month_named(month)
    if year := asked.get("year", ""):
        return year_of(int(year))
    first, last = asked.get("from", ""), asked.get("to", "")
    if not (first or last):
        return None
    return Period(date.fromisoformat(first or last), date.fromisoformat(last or first))


def _unit(code: str, user: User, faults: list[str]) -> Unit | None:
    if not code:
        return None
    known = Unit.objects.filter(code=code[:40])
    if not sees_all_units(user):
        known = known.filter(pk__in=user.unit_ids)
    unit = known.first()
    if unit is None:
        faults.append(_("There is no such unit; all units you may see are shown."))
    return unit
