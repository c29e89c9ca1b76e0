"""Make the handling texts of cases that were there before there were any; until then no unit sees them."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from tqdm import tqdm

from cases import handling


class Command(BaseCommand):
    help = "Make the handling texts of all cases that have none; may be stopped and run again."

    def handle(self, *args: Any, **options: Any) -> None:
        count = {True: 0, False: 0}
        try:
            with tqdm(total=handling.unmade().count(), disable=None, file=self.stderr) as bar:
                for is_made in handling.make_unmade(timezone.now()):
                    count[is_made] += 1
                    bar.update()
        except KeyboardInterrupt as stop:
            raise CommandError(
                _("Stopped. %(n)d cases are made and stay so; run it again for the others.")
                % {"n": count[True]}
            ) from stop
        self.stdout.write(_("Handling texts made: %(n)d cases.") % {"n": count[True]})
        if count[False]:
            raise CommandError(
                _("Not made for %(n)d cases; the log says why. Units do not see them.")
                % {"n": count[False]}
            )
