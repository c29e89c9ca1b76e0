"""Verify that no recorded event was altered, removed or reordered."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from cases.models import Case
from cases.verifying import broken_chains


class Command(BaseCommand):
    help = "Check the chain of events of every case; ends with an error when one is broken."

    def handle(self, *args: Any, **options: Any) -> None:
        broken = []
        total = Case.objects.count()
        for number, fault in tqdm(broken_chains(), total=total, disable=None, unit="case"):
            if fault:
                broken.append(number)
                self.stderr.write(f"{number}: {fault}")
        self.stdout.write(f"{total} cases checked, {len(broken)} broken.")
        if broken:
            raise CommandError("The history of the cases named above is not as it was recorded.")
