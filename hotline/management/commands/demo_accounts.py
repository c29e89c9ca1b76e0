"""Print the demo's accounts."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from hotline.demo.staff import demo_accounts


class Command(BaseCommand):
    help = "Print the demo's accounts, one a role, and their password."

    def handle(self, **_options: object) -> None:
        if not settings.DEMO:
            raise CommandError("This is not a demo (DEMO=0): there are no demo accounts.")
        for username, name, roles in demo_accounts():
            self.stdout.write(f"{username:<14} {name}\t{roles}")
        self.stdout.write(f"password: {settings.DEMO_PASSWORD}")
