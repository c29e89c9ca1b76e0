"""Load the demo county: staff, today's work, recent months, the year 2018."""

import sys
from collections.abc import Iterable

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from tqdm import tqdm

from cases.models import Case, Unit
from hotline.demo.enclosures import enclose
from hotline.demo.live import play_live
from hotline.demo.papers import lay_out
from hotline.demo.publish import publish_some
from hotline.demo.staff import make_staff
from hotline.demo.year import REST, is_year_played, play_recent, play_year


class Command(BaseCommand):
    help = (
        "Load demo data, played through the product's own verbs. --month: staff, today's live work and "
        "the last month; --year: the year 2018 and eleven more recent months. Safe to run again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--month", action="store_true", help="staff, live work, last month")
        parser.add_argument("--year", action="store_true", help="2018 and recent months")

    def handle(self, *, month: bool, year: bool, **_options: object) -> None:
        if not settings.DEMO:
            raise CommandError(
                "This is not a demo (DEMO=0): demo data is not mixed with real work."
            )
        if not Unit.objects.exists():
            raise CommandError("Load the reference data first: manage.py load_reference.")
        if not (month or year):
            month = year = True
        make_staff()
        today = timezone.localdate()
        if month:
            self._show("last month", play_recent(today, 1, 260))
            self.stdout.write(f"Published replies: {publish_some()} new.")
            made = play_live(timezone.now())
            lay_out(timezone.now())
            enclose()
            self.stdout.write(f"Live work: {made} new cases.")
        if year:
            if not is_year_played():
                self._show("2018", play_year())
            self._show("recent months", play_recent(today, 12, 40, rest=REST))
        self.stdout.write(f"The demo has {Case.objects.count():,} cases.")

    def _show(self, what: str, progress: Iterable[tuple[int, int]]) -> None:
        with tqdm(desc=what, disable=None, unit="case", file=sys.stderr) as shown:
            for done, total in progress:
                shown.total = total
                shown.update(done - shown.n)
