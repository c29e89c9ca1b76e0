"""Import earlier letters with their replies from a spreadsheet."""

import csv
import sys
from collections.abc import Sequence
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from tqdm import tqdm

from cases.models import Category
from cases.words import Channel, DemandType
from hotline.importing.letters import bring_in
from hotline.importing.sheet import BadRow, Letter, SheetError, check_letters, letter_rows
from satisfaction.metrics import Period, figure


class Command(BaseCommand):
    help = (
        "Import letters with replies from an Excel file as closed cases, with their own times. "
        "Every row is checked first; with a bad row nothing is imported unless --skip-bad-rows is given. "
        "Can be stopped and run again: letters that are there already are left as they are."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", type=Path, metavar="FILE.xlsx", help="the sheet, one letter a row"
        )
        parser.add_argument("--channel", default="mayor", help="mailbox the letters came to")
        parser.add_argument(
            "--category", default="", help="category code; default: the one named 其他"
        )
        parser.add_argument(
            "--demand-type",
            default="help",
            choices=DemandType.values,
            help="demand type of all letters",
        )
        parser.add_argument("--dry-run", action="store_true", help="check only, change nothing")
        parser.add_argument("--skip-bad-rows", action="store_true", help="import the good rows")
        parser.add_argument("--batch", type=int, default=100, help="rows of one transaction")
        parser.add_argument("--errors", type=Path, help="write the bad rows to this CSV file")

    def handle(
        self,
        *,
        file: Path,
        channel: str,
        category: str,
        demand_type: str,
        batch: int,
        errors: Path | None,
        dry_run: bool,
        skip_bad_rows: bool,
        **_options: object,
    ) -> None:
        if channel not in Channel.values:
            raise CommandError(f"Unknown channel {channel!r}; one of {Channel.values}.")
        if batch < 1:
            raise CommandError("--batch takes a number of rows from 1.")
        of_all = self._category(category)
        try:
            rows = letter_rows(file)
        except SheetError as error:
            raise CommandError(str(error)) from error
        judged = list(check_letters(rows, timezone.now()))
        letters = [one for one in judged if isinstance(one, Letter)]
        bad = [one for one in judged if isinstance(one, BadRow)]
        self._report(bad, errors)
        self.stdout.write(f"{len(rows)} rows checked: {len(letters)} good, {len(bad)} bad.")
        if bad and not skip_bad_rows:
            raise CommandError("Nothing was imported. Mend the rows above, or use --skip-bad-rows.")
        if dry_run:
            self.stdout.write("Dry run: nothing was changed.")
            return
        self._import(letters, channel, of_all, demand_type, batch)

    def _category(self, code: str) -> Category:
        found = Category.objects.filter(code=code) if code else Category.objects.filter(name="其他")
        category = found.order_by("level", "code").first()
        if category is None:
            raise CommandError(
                "No such category; run load_reference first, or give --category CODE."
            )
        return category

    def _report(self, bad: Sequence[BadRow], path: Path | None) -> None:
        for one in bad:
            self.stderr.write(f"row {one.row} ({one.number or '-'}): {one.reason}")
        if path:
            with path.open("w", encoding="utf-8-sig", newline="") as file:
                writer = csv.writer(file)
                writer.writerow(["row", "number", "reason"])
                writer.writerows((one.row, one.number, one.reason) for one in bad)

    def _import(
        self,
        letters: Sequence[Letter],
        channel: str,
        category: Category,
        demand_type: str,
        batch: int,
    ) -> None:
        imported = present = 0
        refused: list[BadRow] = []
        shown = tqdm(total=len(letters), disable=None, unit="letter", file=sys.stderr)
        with shown:
            for done in bring_in(
                letters,
                channel=channel,
                category=category,
                demand_type=demand_type,
                batch=batch,
            ):
                imported, present = imported + done.imported, present + done.present
                refused += done.refused
                shown.update(batch)
        self._report(refused, None)
        self.stdout.write(
            f"{imported} imported, {present} were there already, {len(refused)} refused."
        )
        self._figures(letters, channel)
        if refused:
            raise CommandError("The batches of the rows above were not imported; the others were.")

    def _figures(self, letters: Sequence[Letter], channel: str) -> None:
        if not letters:
            return
        days = [timezone.localtime(letter.received).date() for letter in letters]
        period = Period(min(days), max(days))
        for slug in (f"answered_within_{n}_workdays" for n in (5, 10, 15)):
            found = figure(slug, period, channel=channel)
            self.stdout.write(f"{slug}: {found.n} / {found.N}")
