"""`manage.py run`: everything of one machine, with one command."""

import argparse
import shutil
import time

import structlog
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, OperationalError, connection
from django.utils.translation import gettext as _

from cases.machine.outage import Outage, outage_of
from cases.models import User
from cases.system import planner
from config import keys, preparation
from config.family.bond import Signs
from config.family.claiming import claim_port, hold
from config.family.keeper import Keeper
from config.family.member import members

log = structlog.get_logger("config.run")
DATABASE_PATIENCE = 60.0  # seconds: a machine that starts whole may start its database last


class Command(BaseCommand):
    help = (
        "Prepare the database, then start the web server and the background workers and keep them alive; "
        "Ctrl-C stops all. Obeys PORT (8000), HOST (127.0.0.1), DATA_DIR (./data) and DEMO (1; 0 is an empty "
        "office)."
    )
    requires_system_checks: list[str] = []  # the processes it starts check for themselves

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--prepare-only", action="store_true", help="Prepare, start nothing.")
        parser.add_argument("--finish-demo", action="store_true", help=argparse.SUPPRESS)

    def handle(self, *, finish_demo: bool, prepare_only: bool, **_options: object) -> None:
        if finish_demo:
            self.finish_demo()
            return
        try:
            self.open_office(prepare_only=prepare_only)
        except KeyboardInterrupt:  # while it was being prepared
            raise CommandError(_("Stopped. What is prepared is kept; start again.")) from None

    def open_office(self, *, prepare_only: bool) -> None:
        """Prepare, then keep the processes alive until somebody stops them."""
        with hold(settings.DATA_DIR):
            self.await_database()
            if prepare_only:
                self.prepare_with_fitting_keys()
                learn()
                return
            door = claim_port(settings.HOST, settings.PORT)
            memory = self.prepare_with_fitting_keys()
            learn()
            shutil.rmtree(
                settings.DATA_DIR / "queue", ignore_errors=True
            )  # of versions before this
            self.welcome()
            connection.close()  # the supervisor asks for nothing more
            wanted = members(finish_demo=settings.DEMO and "demo year" not in memory)
            Keeper(wanted, door).run()
            self.stdout.write(_("Stopped. Everything is kept in %s") % settings.DATA_DIR)

    def await_database(self) -> None:
        """Wait a while for a database that does not answer yet; then stop with a sentence."""
        end = time.monotonic() + DATABASE_PATIENCE
        waited = False
        while True:
            try:
                connection.ensure_connection()
            except OperationalError as error:
                if time.monotonic() > end:
                    raise CommandError(
                        _("The database does not answer. Is it running? See DATABASE_URL.")
                    ) from error
            else:
                return
            if not waited:
                self.stdout.write(_("Waiting for the database …"))
            waited = True
            time.sleep(1)

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
            try:
                act()
                memory.add(name)
            except Exception as error:
                kind = outage_of(error)
                if kind is Outage.FULL:
                    raise CommandError(
                        _("The disk is full. Make room, then start again: what is done is kept.")
                    ) from error
                if kind is Outage.READ_ONLY:
                    raise CommandError(
                        _("%s cannot be written. Put that right, then start again.")
                        % settings.DATA_DIR
                    ) from error
                raise
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
        elif not User.objects.exists():
            self.stdout.write(
                _("No account yet? Make the first administrator: %s")
                % "python manage.py create_administrator",
            )
        self.stdout.write(_("Stop with Ctrl-C."))

    def finish_demo(self) -> None:
        """Load the rest of the demo year beside the running office."""
        Signs().begin()
        memory = preparation.memory()
        call_command("load_demo", year=True)
        memory.add("demo year")
        self.stdout.write(_("The demo year is complete."))


def learn() -> None:
    """Let SQLite know its tables; an office on a full disk starts without that."""
    try:
        planner.learn()
    except DatabaseError:
        log.exception("statistics of the tables not gathered")
