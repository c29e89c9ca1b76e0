"""Make the handling texts of cases that were there before there were any; until then no unit sees them."""

import time
from collections import Counter
from collections.abc import Iterator

from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections, connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from tqdm import tqdm

from cases.lifecycle import remaking
from cases.machine.outage import Outage, outage_of

EVERY = 500  # cases between two lines, where no bar is seen
PATIENCE = 120.0  # seconds without any case; SQLite itself waits for twenty of them at each try
PAUSE = 1.0  # seconds between two tries
WHY = {
    Outage.AWAY: gettext_lazy("The database does not answer, or others keep it locked."),
    Outage.FULL: gettext_lazy("The disk is full."),
    Outage.READ_ONLY: gettext_lazy("The disk or the data folder cannot be written."),
}


class Command(BaseCommand):
    help = "Make the handling texts of all cases that have none; may be stopped and run again."

    def handle(self, *_args: object, **_options: object) -> None:
        count: Counter[bool] = Counter()
        try:
            self._make(count)
        except KeyboardInterrupt as stop:
            raise CommandError(
                _("Stopped. %(n)d cases are made and stay so; run it again for the others.")
                % {"n": count[True]}
            ) from stop
        except Exception as error:
            kind = outage_of(error)
            if kind is None:
                raise
            raise CommandError(
                _("%(why)s %(n)d cases are made and stay so; run it again for the others.")
                % {"why": WHY[kind], "n": count[True]}
            ) from error
        self.stdout.write(_("Handling texts made: %(n)d cases.") % {"n": count[True]})
        if count[False]:
            raise CommandError(
                _("Not made for %(n)d cases; the log says why. Units do not see them.")
                % {"n": count[False]}
            )

    def _make(self, count: Counter[bool]) -> None:
        """Make them all and count which went well; a bar on a terminal, lines elsewhere."""
        total = remaking.unmade().count()
        has_bar = self.stdout.isatty() and self.stderr.isatty()
        if not has_bar:
            self._tell(_("Handling texts are to be made for %(n)d cases.") % {"n": total})
        with tqdm(total=total, disable=None, file=self.stderr) as bar:
            for is_made in _made():
                count[is_made] += 1
                bar.update()
                if not has_bar and count.total() % EVERY == 0:
                    said = {"n": count.total(), "total": total}
                    self._tell(_("%(n)d of %(total)d cases …") % said)

    def _tell(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()  # a file shows it at once


def _made() -> Iterator[bool]:
    """Whether each went well; while the database is away or locked it is waited for, then raised."""
    last = time.monotonic()
    is_again: dict[str, bool] = {}
    while True:
        try:
            for is_made in remaking.make_unmade(timezone.now(), **is_again):
                yield is_made
                last = time.monotonic()
        except Exception as error:
            is_away = outage_of(error) is Outage.AWAY
            if not is_away or time.monotonic() - last > PATIENCE:
                raise
        else:
            return
        is_again = {"is_patient": True}  # what failed in this run is not tried again
        time.sleep(PAUSE)
        if not connection.in_atomic_block:  # a transaction of the caller's keeps its connection
            close_old_connections()
