"""Index every case anew."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm

from cases.models import Case
from search.drift import BATCH, drift
from search.engine import engine
from search.engines.embedded import dialect
from search.upkeep import refresh


class Command(BaseCommand):
    help = (
        "Index every case anew, oldest first. Searching goes on meanwhile. When stopped with Ctrl-C "
        "it says how to go on from there."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--after", type=int, default=0, metavar="ID", help="go on behind this case id"
        )

    def handle(self, *_args: Any, after: int, **_options: Any) -> None:
        started, done, last = time.monotonic(), 0, after
        cases = Case.objects.order_by("pk").values_list("pk", flat=True)
        with tqdm(total=cases.filter(pk__gt=after).count(), unit="case", disable=None) as bar:
            try:
                while ids := list(cases.filter(pk__gt=last)[:BATCH]):
                    done += refresh(ids)
                    last = ids[-1]
                    bar.update(len(ids))
            except KeyboardInterrupt:
                self.stdout.write(f"\nStopped. To go on: manage.py rebuild_index --after {last}")
                raise SystemExit(130) from None
        engine().remove(drift().ghosts)
        dialect().settle()
        took = time.monotonic() - started
        self.stdout.write(f"{done} cases indexed in {took:.1f} s.")
