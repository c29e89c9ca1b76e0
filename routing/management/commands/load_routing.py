"""Load the dispatch catalogue and the rules from CSV files."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from routing.rules.loading import DATA, FaultyRows, load_routing


class Command(BaseCommand):
    help = "Load dispatch catalogue, rules and townships' units; safe to run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=DATA, help="where the CSV files are")

    def handle(self, *, folder: Path, verbosity: int, **_options: object) -> None:
        def tick(name: str, line: int) -> None:
            if self.stdout.isatty() and verbosity:
                self.stdout.write(f"\r{name} {line} ", ending="")
                self.stdout.flush()

        try:
            loaded = load_routing(folder, tick)
        except FaultyRows as error:
            raise CommandError("\n".join([_("Nothing was loaded."), *error.faults])) from error
        if self.stdout.isatty():
            self.stdout.write("")
        if verbosity:
            self.stdout.write(
                _("Dispatch catalogue: %(entries)d entries, %(rules)d rules, %(towns)d townships.")
                % {
                    "entries": loaded.entries,
                    "rules": loaded.rules,
                    "towns": loaded.territories,
                }
            )
        if loaded.towns_without_unit:
            names = "、".join(loaded.towns_without_unit)
            self.stderr.write(
                _("Townships without a unit of their name: %(names)s") % {"names": names}
            )
