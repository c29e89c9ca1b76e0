"""Load units, places, categories, reasons, calendar, policies and what other apps register."""

import importlib
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _
from tqdm import tqdm

from cases.reference import Subject, in_order
from cases.reference.shelf import FaultyFileError, Tally

OWN = ("units", "regions", "categories", "reasons", "deadlines")


def register_own() -> None:
    """Import the loaders of this app, which register themselves."""
    for name in OWN:
        importlib.import_module(f"cases.reference.{name}")


class Command(BaseCommand):
    help = (
        "Load the reference data (units, places, categories, reasons, calendar, deadlines, "
        "dispatch catalogue and rules). Safe to run again: rows the office has edited are kept, "
        "unless --update is given. All or nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--only", nargs="+", metavar="NAME", help="load only these subjects")
        parser.add_argument(
            "--update", action="store_true", help="rewrite rows that differ from the file"
        )
        parser.add_argument(
            "--folder",
            type=Path,
            help="take the files (units.csv, regions.csv, …) from here; absent ones are skipped",
        )

    def handle(
        self,
        *,
        only: list[str] | None,
        update: bool,
        folder: Path | None,
        verbosity: int,
        **_options: object,
    ) -> None:
        register_own()
        tallies = {}
        try:
            with transaction.atomic():
                for one, path in tqdm(
                    self._chosen(set(only or ()), folder), disable=None, unit="file"
                ):
                    tallies[one.name] = one.load(path, update)
        except FaultyFileError as error:
            raise CommandError(_("Nothing was loaded. %(why)s") % {"why": error}) from error
        if verbosity:
            for name, tally in tallies.items():
                self.stdout.write(f"{name:<12} {summary(tally)}")

    def _chosen(self, only: set[str], folder: Path | None) -> list[tuple[Subject, Path]]:
        subjects = in_order()
        unknown = only - {one.name for one in subjects}
        if unknown:
            raise CommandError(_("Unknown: %(names)s") % {"names": ", ".join(sorted(unknown))})
        if folder and not folder.is_dir():
            raise CommandError(_("There is no folder %(path)s.") % {"path": folder})
        pairs = [
            (one, folder / one.file.name if folder else one.file)
            for one in subjects
            if not only or one.name in only
        ]
        chosen = [(one, path) for one, path in pairs if not folder or path.is_file()]
        if not chosen:
            raise CommandError(_("There is no reference file in %(path)s.") % {"path": folder})
        return chosen


def summary(tally: Tally) -> str:
    """One line a person reads: what happened to the rows of a file."""
    return _("%(created)d new, %(changed)d updated, %(kept)d kept as edited, %(same)d the same") % {
        "created": tally.created,
        "changed": tally.changed,
        "kept": tally.kept,
        "same": tally.unchanged,
    }
