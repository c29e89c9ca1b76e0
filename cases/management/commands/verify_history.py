"""Verify that no recorded event of a case, an account or the system was altered, removed or reordered."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from cases.account_recording import broken_accounts
from cases.models import Case
from cases.system_recording import broken_acts
from cases.verifying import broken_chains


class Command(BaseCommand):
    help = (
        "Check the chain of events of every case and of every account, and the record of what "
        "administrators had the system do; ends with an error when one is broken."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        broken = []
        total = Case.objects.count()
        for number, fault in tqdm(broken_chains(), total=total, disable=None, unit="case"):
            if fault:
                broken.append(number)
                self.stderr.write(f"{number}: {fault}")
        self.stdout.write(f"{total} cases checked, {len(broken)} broken.")
        accounts = list(broken_accounts())
        faults = [(username, fault) for username, fault in accounts if fault]
        for username, fault in faults:
            self.stderr.write(f"account {username}: {fault}")
        self.stdout.write(f"{len(accounts)} accounts checked, {len(faults)} broken.")
        acts = list(broken_acts())
        changed = [(what, fault) for what, fault in acts if fault]
        for what, fault in changed:
            self.stderr.write(f"system {what}: {fault}")
        self.stdout.write(f"{len(acts) - 1} acts on the system checked, {len(changed)} faults.")
        if broken or faults or changed:
            raise CommandError("The history of what is named above is not as it was recorded.")
