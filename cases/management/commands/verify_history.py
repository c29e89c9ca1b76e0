"""Verify that nothing recorded of a case, an account or the system was altered, nor anything sealed."""

from collections.abc import Iterable

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from cases.accounts.recording import broken_accounts
from cases.integrity.checking import check_sealed
from cases.integrity.fitting import Misfit, require_fit
from cases.integrity.verifying import broken_chains
from cases.lifecycle.models.case import Case
from cases.system.record import broken_acts


class Command(BaseCommand):
    help = (
        "Check the chain of events of every case and of every account, the record of what "
        "administrators had the system do, and that every sealed value opens for its own row; ends with "
        "an error when one is not as it was."
    )

    def handle(self, *_args: object, **_options: object) -> None:
        try:
            require_fit(timezone.now())
        except Misfit as misfit:  # with other keys every case would seem altered
            raise CommandError(str(misfit)) from misfit
        total = Case.objects.count()
        cases = tqdm(broken_chains(), total=total, disable=None, unit="case")
        broken = self._tell("", cases)
        self.stdout.write(f"{total} cases checked, {broken} broken.")
        accounts = list(broken_accounts())
        faults = self._tell("account ", accounts)
        self.stdout.write(f"{len(accounts)} accounts checked, {faults} broken.")
        acts = list(broken_acts())
        changed = self._tell("system ", acts)
        self.stdout.write(f"{len(acts) - 1} acts on the system checked, {changed} faults.")
        closed = self._sealed()
        if broken or faults or changed or closed:
            raise CommandError(
                "上面列出的记录与当时写下的不一致：请保留现场，与备份核对（manage.py restore 到另一处），"
                "查清是谁改动的。\n"
                "The history of what is named above is not as it was recorded. Change nothing, restore "
                "a backup elsewhere and compare, and find out who did it."
            )

    def _tell(self, what: str, found: Iterable[tuple[str, str | None]]) -> int:
        """Name what has a fault; returns how many."""
        count = 0
        for name, fault in found:
            if fault:
                count += 1
                self.stderr.write(f"{what}{name}: {fault}")
        return count

    def _sealed(self) -> int:
        """Open every sealed value; returns how many do not open."""
        values = unbound = faults = 0
        with tqdm(disable=None, unit="value") as bar:
            for checked in check_sealed():
                bar.update(checked.values)
                values, unbound = values + checked.values, unbound + checked.unbound
                faults += len(checked.faults)
                for fault in checked.faults:
                    self.stderr.write(fault)
        self.stdout.write(f"{values} sealed values opened, {faults} faults.")
        if unbound:
            self.stdout.write(
                f"{unbound} were sealed by an earlier version and would open in any row: "
                "run manage.py rotate_keys personal."
            )
        return faults
