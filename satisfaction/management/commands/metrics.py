"""``manage.py metrics``: every declared figure of a period, for people or as JSON."""

import sys
from argparse import ArgumentParser
from datetime import date
from fractions import Fraction
from json import dumps

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cases.models import Unit
from cases.words import Channel
from satisfaction.metrics import REGISTRY, Figure, Metric, MetricScope
from satisfaction.periods import Period
from satisfaction.rollup.comparing import compared


class Command(BaseCommand):
    help = (
        "Count every declared figure of a period now and print it: calls, cases, timeliness, "
        "satisfaction and more. "
        "Both days are included; days are those of the office (Asia/Shanghai)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--from", dest="first", required=True, metavar="DAY", help="first day, like 2018-01-01"
        )
        parser.add_argument(
            "--to", dest="last", required=True, metavar="DAY", help="last day, like 2018-12-31"
        )
        parser.add_argument(
            "--channel", default="", metavar="SLUG", help="only this channel: phone, web, mayor, …"
        )
        parser.add_argument(
            "--unit", default="", metavar="CODE", help="only this unit and the units below it"
        )
        parser.add_argument("--json", action="store_true", help="print a JSON list for programs")
        parser.add_argument(
            "--check",
            action="store_true",
            help="instead compare the rolled-up months of the period with counting them now; "
            "fails when they differ",
        )

    def handle(
        self,
        *,
        first: str,
        last: str,
        channel: str,
        unit: str,
        json: bool,
        check: bool,
        **_options: object,
    ) -> None:
        scope = MetricScope(
            _period(first, last), timezone.now(), _channel(channel), _unit_ids(unit)
        )
        if check:
            self._check(scope)
            return
        metrics = list(REGISTRY.values())
        figures = []
        for place, metric in enumerate(metrics, 1):
            self._progress(place, len(metrics))
            figures.append((metric, metric.count(scope)))
        if json:
            self.stdout.write(dumps([_as_json(*pair) for pair in figures], indent=1))
        else:
            self._table(figures, scope.period)

    def _check(self, scope: MetricScope) -> None:
        months, found = 0, []
        for month, differences in compared(scope.period, scope.at):
            months += 1
            found += differences
            self.stdout.write(f"{month.first:%Y-%m} {'differs' if differences else 'is right'}")
        if found:
            words = ", ".join(
                f"{one.month.first:%Y-%m} {one.slug}: rolled up {one.rolled}, now {one.live}"
                for one in found
            )
            raise CommandError(
                f"The rolled-up figures differ from the counted ones: {words[:2000]}"
            )
        self.stdout.write(f"{months} month{'' if months == 1 else 's'} compared, none differs.")

    def _progress(self, place: int, total: int) -> None:
        if sys.stderr.isatty():
            self.stderr.write(f"\r{place}/{total} ", ending="" if place < total else "\r")
            self.stderr.flush()

    def _table(self, figures: list[tuple[Metric, Figure]], period: Period) -> None:
        for metric, figure in figures:
            self.stdout.write(f"{metric.slug:32}{_said(metric, figure):>14}  {metric.name}")
        self.stdout.write(
            f"{len(figures)} figures of {period.first} to {period.last}, both days included."
        )


def _period(first: str, last: str) -> Period:
    days = []
    for text in (first, last):
        try:
            days.append(date.fromisoformat(text))
        except ValueError as error:
            raise CommandError(f"“{text}” is not a day; write it like 2018-01-31.") from error
    try:
        return Period(*days)
    except ValueError as error:
        raise CommandError("The last day lies before the first; turn them round.") from error


def _channel(slug: str) -> str:
    if slug and slug not in Channel.values:
        raise CommandError(f"There is no channel “{slug}”; choose {', '.join(Channel.values)}.")
    return slug


def _unit_ids(code: str) -> frozenset[int] | None:
    if not code:
        return None
    unit = Unit.objects.filter(code=code).first()
    if unit is None:
        raise CommandError(f"There is no unit with the code “{code}”.")
    return frozenset(unit.tree_ids())


def _as_json(metric: Metric, figure: Figure) -> dict[str, str | float | None]:
    value = figure.value
    if isinstance(value, Fraction):
        value = float(value)
    return {"metric": metric.slug, "n": figure.n, "N": figure.N, "value": value}


def _said(metric: Metric, figure: Figure) -> str:
    if figure.value is None:
        return "—"
    if metric.is_hours:
        return f"{float(figure.value):.1f} h"
    if figure.is_rate:
        return f"{figure.percent:.2f}% {figure.n}/{figure.N}"
    return f"{figure.n:,}"
