"""`manage.py backup`: one backup of the running office."""

import getpass
import sys
from argparse import SUPPRESS, ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from config.backup import BackupBusy, BackupError, state
from config.backup.making import Made, Wish, make
from config.backup.progress import Bars, first_line, stoppable
from config.backup.scheduled import end_with_parent
from config.backup.sealing import Lock, by_passphrase, to_certificate
from config.backup.space import readable


@contextmanager
def _told(*, noted: bool, at: datetime) -> Iterator[None]:
    """Say in a sentence why there is no backup, and note it where it is the routine's (``noted``)."""
    try:
        yield
    except BackupBusy as error:
        raise CommandError(str(error)) from error
    except KeyboardInterrupt:
        raise CommandError(_("Stopped. Nothing is left of this backup; run it again.")) from None
    except Exception as error:
        if noted:
            state.note_failure(str(error) or type(error).__name__, at=at)
        if isinstance(error, BackupError):
            raise CommandError(str(error)) from error
        raise


class Command(BaseCommand):
    help = (
        "Back up database, uploaded files and keys while the office works, into a new folder under "
        "BACKUP_DIR or --to. The keys are locked by a passphrase or to a certificate. Can be stopped: "
        "then nothing is left of it, and it can be run again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", type=Path, metavar="DIR", help="instead of BACKUP_DIR")
        parser.add_argument("--keys-to", type=Path, metavar="DIR", help="put the locked keys there")
        parser.add_argument(
            "--public-key", type=Path, metavar="FILE", help="certificate to lock the keys to (PEM)"
        )
        parser.add_argument(
            "--passphrase-file", type=Path, metavar="FILE", help="passphrase, in its first line"
        )
        parser.add_argument("--keep", type=int, metavar="N", help="instead of BACKUP_KEEP")
        parser.add_argument(
            "--whole",
            action="store_true",
            help="copy every file anew instead of linking unchanged ones",
        )

        parser.add_argument("--scheduled", action="store_true", help=SUPPRESS)

    def handle(
        self,
        *,
        to: Path | None,
        keys_to: Path | None,
        public_key: Path | None,
        passphrase_file: Path | None,
        keep: int | None,
        whole: bool,
        scheduled: bool,
        **_options: object,
    ) -> None:
        if scheduled:
            end_with_parent()
        folder = to or settings.BACKUP.folder
        if folder is None:
            raise CommandError(_("Say where to: --to DIR, or the setting BACKUP_DIR."))
        noted = folder.resolve() == settings.BACKUP.folder  # others are nobody's routine
        at = timezone.now()
        with _told(noted=noted, at=at):
            wish = Wish(
                folder=folder.resolve(),
                keep=self.count(keep),
                keep_days=settings.BACKUP.keep_days if keep is None else 0,
                lock=self.lock(public_key, passphrase_file),
                keys_folder=keys_to or settings.BACKUP.keys_folder,
                whole=whole,
            )
            with stoppable(), Bars() as told:
                made = make(wish, at=at, told=told)
        if noted:
            state.note_success(made, at=timezone.now())
        self.tell(made)

    def count(self, keep: int | None) -> int:
        """How many stay; raises ``BackupError`` for none."""
        asked: int = settings.BACKUP.keep if keep is None else keep
        if asked < 1:
            raise BackupError(_("At least one backup is kept: --keep takes a number from 1."))
        return asked

    def lock(self, public_key: Path | None, passphrase_file: Path | None) -> Lock:
        """How the keys are locked: by certificate or passphrase, of the options before the settings."""
        if public_key:
            return to_certificate(public_key)
        if passphrase_file:
            return by_passphrase(first_line(passphrase_file))
        if settings.BACKUP.certificate:
            return to_certificate(settings.BACKUP.certificate)
        if settings.BACKUP.passphrase_file:
            return by_passphrase(first_line(settings.BACKUP.passphrase_file))
        return by_passphrase(self.ask())

    def ask(self) -> str:
        """Ask for a passphrase twice; without a terminal there is nobody to answer."""
        if not sys.stdin.isatty():
            raise BackupError(
                _(
                    "Say how the keys are locked: BACKUP_PASSPHRASE_FILE or BACKUP_PUBLIC_KEY "
                    "(or --passphrase-file, --public-key)."
                )
            )
        first = getpass.getpass(_("Passphrase for the keys: "))
        if first != getpass.getpass(_("Passphrase again: ")):
            raise BackupError(_("The two passphrases differ; nothing was written."))
        return first

    def tell(self, made: Made) -> None:
        """Say what there is now."""
        told = made.manifest
        self.stdout.write(
            _("Backed up to %(folder)s in %(seconds)s s: database %(database)s, %(cases)d cases")
            % {
                "folder": made.folder,
                "seconds": f"{made.seconds:.1f}",
                "database": readable(told.database["bytes"]),
                "cases": told.heads["cases"]["count"],
            }
        )
        self.stdout.write(
            _(
                "%(count)d files, %(size)s, of which %(new)s new; earlier backups removed: %(removed)d"
            )
            % {
                "count": told.files["count"],
                "size": readable(told.files["bytes"]),
                "new": readable(made.new),
                "removed": made.removed,
            }
        )
        self.stdout.write(_("Keys, locked: %(path)s") % {"path": made.keys})
        for path in told.missing:
            self.stderr.write(_("A row names a file that is not there: %(path)s") % {"path": path})
