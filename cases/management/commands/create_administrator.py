"""`manage.py create_administrator`: the first person of an empty office."""

import getpass
import sys
from argparse import ArgumentParser

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.accounts.keeping import keep_account
from cases.people.models.staff import User
from cases.people.person import SYSTEM
from cases.words import Role


class Command(BaseCommand):
    help = (
        "Make a system administrator, who can then make every other account. Asks for name and "
        "password; with --username the password is read from standard input when that is no terminal."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--username", help="Login name; asked for when left out.")
        parser.add_argument("--name", default="", help="Name shown on screen; else the login name.")

    def handle(self, *, username: str | None, name: str, **_options: object) -> None:
        username = (username or self.ask(_("Login name: "))).strip()
        user = User(username=username, name=name.strip() or username)
        try:
            user.full_clean(exclude=["password"])
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        password = self.password()
        try:
            validate_password(password, user)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        keep_account(
            user, roles=[Role.SYSTEM_ADMIN], password=password, by=SYSTEM, at=timezone.now()
        )
        self.stdout.write(_("Made the system administrator %s.") % username)

    def ask(self, prompt: str) -> str:
        """Ask on the terminal; without one there is nobody to answer."""
        if not sys.stdin.isatty():
            raise CommandError(_("Give the login name with --username."))
        return input(prompt)

    def password(self) -> str:
        """Ask twice on a terminal, else take the first line of standard input."""
        if not sys.stdin.isatty():
            return sys.stdin.readline().rstrip("\n")
        first = getpass.getpass(_("Password: "))
        if first != getpass.getpass(_("Password again: ")):
            raise CommandError(_("The two passwords differ; nothing was changed."))
        return first
