"""`manage.py run`: everything of one machine, with one command."""

import argparse
import signal
import sys
import time
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from cases import planner
from config import keys, preparation, supervisor


class Command(BaseCommand):
    help = (
        "Prepare the database and start the web server and the background worker; Ctrl-C stops both. "
        "Obeys PORT (8000), HOST (127.0.0.1), DATA_DIR (./data) and DEMO (1; 0 is an empty office)."
    )
    requires_system_checks: list[str] = []  # the processes it starts check for themselves

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--prepare-only", action="store_true", help="Prepare, start nothing.")
        parser.add_argument("--finish-demo", action="store_true", help=argparse.SUPPRESS)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["finish_demo"]:
            self.finish_demo()
            return
        with supervisor.hold(settings.DATA_DIR):
            if options["prepare_only"]:
                self.prepare_with_fitting_keys()
                planner.learn()
                return
            supervisor.refuse_a_taken_port(settings.HOST, settings.PORT)
            memory = self.prepare_with_fitting_keys()
            planner.learn()
            self.welcome()
            supervisor.supervise(finish_demo=settings.DEMO and "demo year" not in memory)
            self.stdout.write(_("Stopped. Everything is kept in %s") % settings.DATA_DIR)

    def prepare_with_fitting_keys(self) -> preparation.Memory:
        """Prepare between two looks at the keys: whether they fit, and to note them."""
        keys.require_fitting(is_prepared=False)
        memory = self.prepare()
        keys.require_fitting()
        return memory

    def prepare(self) -> preparation.Memory:
        """Do the steps that are not done yet, telling each with the seconds it took."""
        memory = preparation.memory()
        if preparation.database_is_new():
            memory.forget()
        elif preparation.tables_missing():
            memory.steps.clear()
        todo = [step for step in preparation.steps(demo=settings.DEMO) if step[0] not in memory]
        for number, (name, words, act) in enumerate(todo, 1):
            self.stdout.write(f"[{number}/{len(todo)}] {words} … ", ending="")
            self.stdout.flush()
            begun = time.monotonic()
            act()
            memory.add(name)
            self.stdout.write(f"{time.monotonic() - begun:.1f} s")
        return memory

    def welcome(self) -> None:
        """Say where to go, and how to get in."""
        shown = "127.0.0.1" if settings.HOST in {"0.0.0.0", "::"} else settings.HOST  # noqa: S104
        address = f"http://{shown}:{settings.PORT}/"
        self.stdout.write("")
        self.stdout.write(self.style.SUCCESS(_("The office opens at %s") % address))
        if settings.DEMO:
            call_command("demo_accounts", stdout=self.stdout)
        else:
            self.stdout.write(
                _("No account yet? Make the first administrator: %s")
                % "python manage.py create_administrator",
            )
        self.stdout.write(_("Stop with Ctrl-C."))

    def finish_demo(self) -> None:
        """Load the rest of the demo year beside the running office, then wait to be stopped."""
        memory = preparation.memory()
        call_command("load_demo", year=True)
        memory.add("demo year")
        self.stdout.write(_("The demo year is complete."))
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        signal.pause()  # the supervisor stops everything when one process ends
