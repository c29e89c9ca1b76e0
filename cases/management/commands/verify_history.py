"""Verify that nothing recorded of a case, an account or the system was altered, nor anything sealed."""

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Model
from django.utils import timezone
from tqdm import tqdm

from cases.events.books import BOOKS, RecordBook
from cases.integrity.checking import check_sealed
from cases.integrity.fitting import Misfit, require_fit


class Command(BaseCommand):
    help = (
        "Check every record of the office (of cases, accounts, exports, acts on the system), and that every "
        "sealed value opens for its own row; ends with an error when one is not as it was."
    )

    def handle(self, *_args: object, **_options: object) -> None:
        try:
            require_fit(timezone.now())
        except Misfit as misfit:  # with other keys every case would seem altered
            raise CommandError(str(misfit)) from misfit
        faults = sum(map(self._read, BOOKS.values())) + self._sealed()
        if faults:
            raise CommandError(
                "上面列出的记录与当时写下的不一致：请保留现场，与备份核对（manage.py restore 到另一处），"
                "查清是谁改动的。\n"
                "The history of what is named above is not as it was recorded. Change nothing, restore "
                "a backup elsewhere and compare, and find out who did it."
            )

    def _read(self, book: RecordBook[Model]) -> int:
        """Name what has a fault in a book; returns how many."""
        seen, broken = set(), set()
        for what, fault in tqdm(book.faults(), disable=None, unit=book.name):
            seen.add(what)
            if fault:
                broken.add(what)
                self.stderr.write(f"{book.name} {what}: {fault}")
        seen.discard(book.name)  # of a single record: itself is not one of what it holds
        self.stdout.write(f"{len(seen)} {book.counted} checked, {len(broken)} broken.")
        return len(broken)

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
