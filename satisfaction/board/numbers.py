"""The numbers of the board, each table read once a period; months that are over as rolled up."""

from datetime import date, timedelta
from functools import cached_property

from satisfaction.metrics import REGISTRY, Figure, Metric
from satisfaction.metrics.metric import Group
from satisfaction.periods import Period, day_of, last_months, month_of, today
from satisfaction.rollup.reading import MonthsReading, ScopeReading
from satisfaction.statistics.selection import Selection

EVER = date(2000, 1, 1)
LONG_OVERDUE = timedelta(days=5)
TWELVE = 12


def metrics(*slugs: str) -> list[Metric]:
    """Declared metrics by their names."""
    return [REGISTRY[slug] for slug in slugs]


class Numbers:
    """Today, this month and the months before it, and all that is late, as one person sees them."""

    def __init__(self, chosen: Selection) -> None:
        self.chosen = chosen
        self.today = chosen.over(day_of(chosen.at))
        self.month = chosen.over(month_of(today(chosen.at)))
        self.ever = chosen.over(Period(EVER, today(chosen.at)))

    @cached_property
    def of_today(self) -> ScopeReading:
        """What came in and falls due today."""
        wanted = metrics("calls", "handled", "direct_answered", "dispatched", "replied_rate")
        return ScopeReading(wanted, self.today.scope, [])

    @cached_property
    def of_month(self) -> ScopeReading:
        """The rates of the running month, by unit too."""
        by_unit = metrics("replied_on_time", "satisfied")
        return ScopeReading(
            [*by_unit, *metrics("participation", "handled")], self.month.scope, by_unit
        )

    @cached_property
    def late_by_unit(self) -> dict[Group, int]:
        """Units with open lead tasks past their due time, and how many."""
        found = REGISTRY["overdue_open"].by(self.ever.scope, "unit")
        return {unit: figure.number for unit, figure in found.items()}

    def very_late(self) -> int:
        """How many of the late ones are late for more than five days."""
        late = REGISTRY["overdue_open"].eligible(self.ever.scope)
        return late.filter(due_at__lt=self.chosen.at - LONG_OVERDUE).count()

    def calls_yesterday(self) -> int:
        """Yesterday's calls."""
        yesterday = self.today.over(self.today.period.earlier())
        return REGISTRY["calls"].count(yesterday.scope).number

    @cached_property
    def twelve(self) -> list[tuple[Period, Figure, Figure]]:
        """The last twelve months: on-time rate and cases handled."""
        months = last_months(today(self.chosen.at), TWELVE)
        wanted = metrics("replied_on_time", "handled")
        earlier = MonthsReading(wanted, self.chosen.scope, months[:-1])
        rates, volumes = (
            [*earlier.figures[metric], self.of_month.counted.total(metric)] for metric in wanted
        )
        return list(zip(months, rates, volumes, strict=True))

    def day_figure(self, slug: str) -> Figure:
        """One figure of today."""
        return self.of_today.counted.total(REGISTRY[slug])

    def month_figure(self, slug: str) -> Figure:
        """One figure of the month."""
        return self.of_month.counted.total(REGISTRY[slug])
