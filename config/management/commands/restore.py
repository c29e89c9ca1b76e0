"""`manage.py restore`: put an office back from a backup, into an empty place."""

import getpass
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from config.backup import BackupError, manifest, restoring, sealing, secret_keys, soundness
from config.backup.progress import Bars, first_line, stoppable


@contextmanager
def _told() -> Iterator[None]:
    """Say in a sentence why nothing was restored."""
    try:
        yield
    except BackupError as error:
        raise CommandError(str(error)) from error
    except KeyboardInterrupt:
        raise CommandError(
            _("Stopped. The folder is empty again; empty the database too when it is on a server.")
        ) from None


class Command(BaseCommand):
    help = (
        "Restore a backup into an empty DATA_DIR (or --into), on PostgreSQL also into the empty database of "
        "DATABASE_URL (or --database). Everything is checked before anything is written, and compared "
        "afterwards; ends with an error when something is missing. --check only checks the backup."
    )
    requires_system_checks: list[str] = []  # it works beside an office, not in one

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", type=Path, metavar="FROM", help="folder of the backup")
        parser.add_argument("--into", type=Path, metavar="DIR", help="instead of DATA_DIR")
        parser.add_argument("--database", metavar="URL", help="instead of DATABASE_URL")
        parser.add_argument(
            "--keys",
            type=Path,
            metavar="FILE",
            help="the keys, locked or opened; else those in the backup",
        )
        parser.add_argument(
            "--passphrase-file", type=Path, metavar="FILE", help="passphrase, in its first line"
        )
        parser.add_argument("--check", action="store_true", help="check the backup, write nothing")

    def handle(
        self,
        *,
        source: Path,
        into: Path | None,
        database: str | None,
        keys: Path | None,
        passphrase_file: Path | None,
        check: bool,
        **_options: object,
    ) -> None:
        begun = time.monotonic()
        folder = source.resolve()
        with _told(), stoppable(), Bars() as told:
            manifest.read(folder)  # first of all: is it a backup?
            opened = self.keys(keys or soundness.locked_keys(folder), passphrase_file)
            checked = soundness.check(folder, opened, told)
            if check:
                self.tell(checked, _("The backup is complete and unchanged"), begun)
                return
            place = self.place(into, database)
            restoring.require_empty(checked, place)
            faults = restoring.put_back(checked, place, told)
        for fault in faults:
            self.stderr.write(fault)
        for path in checked.manifest.missing:
            self.stderr.write(
                _("Was missing already when the backup was made: %(path)s") % {"path": path}
            )
        self.stdout.flush()
        if not restoring.verify(checked, place) or faults:
            raise CommandError(_("Restored, but not everything is as it was: see above."))
        self.tell(checked, _("Restored into %(folder)s") % {"folder": place.folder}, begun)

    def place(self, into: Path | None, database: str | None) -> restoring.Place:
        """Where to: options before the environment."""
        folder = into or getattr(settings, "RESTORE_INTO", None)
        if folder is None:
            raise CommandError(_("Say where to: DATA_DIR=… or --into DIR."))
        url = database or getattr(settings, "RESTORE_DATABASE_URL", "") or ""
        return restoring.Place(folder.resolve(), url)

    def keys(self, path: Path, passphrase_file: Path | None) -> dict[str, str]:
        """Open the keys."""
        try:
            content = path.read_bytes()
        except OSError as error:
            raise BackupError(
                _("The keys are not in %(path)s. Say where they are: --keys FILE.") % {"path": path}
            ) from error
        if sealing.is_for_certificate(content):
            raise BackupError(
                _(
                    "%(path)s is locked to a certificate. Open it where the private key is: openssl cms "
                    "-decrypt -inform PEM -in keys.sealed -inkey private.pem -out keys.json; then give "
                    "--keys keys.json."
                )
                % {"path": path}
            )
        if sealing.is_locked(content):
            content = sealing.open_by_passphrase(content, self.passphrase(passphrase_file))
        return secret_keys.read(content)

    def passphrase(self, given: Path | None) -> str:
        """The passphrase: from the file, else asked for."""
        path = given or settings.BACKUP.passphrase_file
        if path:
            return first_line(path)
        if not sys.stdin.isatty():
            raise CommandError(_("Give the passphrase of the keys: --passphrase-file FILE."))
        return getpass.getpass(_("Passphrase for the keys: "))

    def tell(self, source: soundness.CheckedBackup, what: str, begun: float) -> None:
        """Say what there is, of when, and what is next."""
        told = source.manifest
        self.stdout.write(
            _("%(what)s in %(seconds)s s: as of %(at)s, %(cases)d cases, %(files)d files.")
            % {
                "what": what,
                "seconds": f"{time.monotonic() - begun:.1f}",
                "at": told.made_at_office,
                "cases": told.heads["cases"]["count"],
                "files": told.files["count"],
            }
        )
