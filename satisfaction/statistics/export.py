"""The figures as CSV and Excel: numbers as numbers, texts that no spreadsheet takes for a formula."""

import csv
from collections.abc import Iterator, Sequence
from io import BytesIO, StringIO

from django.utils.translation import gettext as _
from openpyxl import Workbook

from cases.pages.spreadsheet import harmless
from satisfaction.statistics.cells import Cell
from satisfaction.statistics.selection import Selection
from satisfaction.statistics.tables import COLUMNS, StatisticsShown

Value = str | float | None


def sheets(chosen: Selection) -> Iterator[tuple[str, list[Sequence[Value]]]]:
    """Name and rows of each sheet: all metrics, then each table."""
    head = [_("Figure"), "n", "N", _("Value"), _("How it is counted"), _("Counts by"), _("Version")]
    shown = StatisticsShown(chosen)
    rows = [_metric_row(cell) for cell in shown.declared()]
    yield _("Figures"), [_about(chosen), head, *rows]
    for table in shown.tables():
        names = [str(cell.metric.name) for cell in table.rows[0][1]] if table.rows else []
        head = [str(table.head)]
        for name, slug in zip(names, COLUMNS, strict=False):
            head += [name] if slug == "handled" else [f"{name} %", f"{name} n", f"{name} N"]
        lines = [[label, *_flat(cells)] for label, cells in table.rows]
        yield str(table.title), [_about(chosen), head, *lines]


def as_csv(chosen: Selection) -> bytes:
    """UTF-8 with a byte order mark, so that Excel reads the Chinese."""
    text = StringIO()
    writer = csv.writer(text)
    for title, rows in sheets(chosen):
        writer.writerow([harmless(title)])
        writer.writerows([[harmless(value) for value in row] for row in rows])
        writer.writerow([])
    return ("\ufeff" + text.getvalue()).encode()


def as_xlsx(chosen: Selection) -> bytes:
    """One sheet for each table, written row by row."""
    book = Workbook(write_only=True)
    for title, rows in sheets(chosen):
        sheet = book.create_sheet(title[:31])
        for row in rows:
            sheet.append([harmless(value) for value in row])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _about(chosen: Selection) -> list[str]:
    parts = [
        f"{chosen.period.first} – {chosen.period.last}",
        chosen.channel,
        str(chosen.unit or ""),
    ]
    return [part for part in parts if part]


def _metric_row(cell: Cell) -> list[Value]:
    metric, figure = cell.metric, cell.figure
    value = figure.percent if figure.is_rate and not metric.is_hours else figure.value
    unit = "" if not metric.is_rate else " h" if metric.is_hours else " %"
    return [
        f"{metric.name}{unit}",
        figure.n,
        figure.N,
        None if value is None else round(float(value), 2),
        f"{metric.definition} n: {metric.numerator}; N: {metric.denominator}; {metric.exclusions}",
        str(metric.attribution),
        metric.version,
    ]


def _flat(cells: list[Cell]) -> Iterator[Value]:
    for cell in cells:
        figure = cell.figure
        if figure.is_rate:
            percent = figure.percent
            yield from (None if percent is None else round(percent, 2), figure.n, figure.N)
        else:
            yield figure.n
