"""Verify that no recorded event of a case or account was altered, removed or reordered."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from cases.account_recording import broken_accounts
from cases.models import Case
from cases.verifying import broken_chains


class Command(BaseCommand):
    help = (
        "Check the chain of events of every case and of every account; ends with an error when one "
        "is broken."
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
        if broken or faults:
            raise CommandError("The history of what is named above is not as it was recorded.")
