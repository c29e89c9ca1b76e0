"""Compare the search index with the cases."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.drift import drift
from search.drift import repair as put_right


class Command(BaseCommand):
    help = (
        "Compare the search index with the cases and say which are missing, stale or left over. "
        "With --repair they are put right. Ends with an error when something is wrong and stays so."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--repair", action="store_true", help="index again what is wrong")

    def handle(self, *_args: Any, repair: bool, **_options: Any) -> None:
        found = drift()
        said = (
            f"missing {len(found.missing)}, stale {len(found.stale)}, left over {len(found.ghosts)}"
        )
        if not found:
            self.stdout.write(f"Index and cases agree: {said}.")
            return
        if not repair:
            raise CommandError(f"The index has drifted: {said}. Run check_index --repair.")
        for _ in put_right(found):
            pass
        rest = drift()
        if rest:
            raise CommandError(
                f"The index was repaired ({said}), yet some entries are wrong again."
            )
        self.stdout.write(f"The index was repaired: {said}.")
