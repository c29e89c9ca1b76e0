"""`manage.py verify_office`: is everything there, and as it was recorded?"""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm

from cases.models import Case
from config.backup.checking import faults


class Command(BaseCommand):
    help = (
        "Check every chain of events, that sealed names and numbers open and are found (a sample), and "
        "that every file a row names is there. Ends with an error when something is not as it was."
    )

    def handle(self, **_options: object) -> None:
        found, looked = [], 0
        for fault in tqdm(faults(), total=Case.objects.count(), disable=None, unit="row"):
            looked += 1
            if fault:
                found.append(fault)
                self.stderr.write(fault)
        if found:
            raise CommandError(_("%(n)d faults; they are named above.") % {"n": len(found)})
        self.stdout.write(
            _("The office is whole: %(cases)d cases, %(looked)d things looked at.")
            % {"cases": Case.objects.count(), "looked": looked}
        )
