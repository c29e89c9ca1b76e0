"""`manage.py backup`: one backup of the running office."""

import getpass
import sys
from argparse import SUPPRESS, ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from config.backup import BackupBusy, BackupError, scheduled, state
from config.backup.making import Made, Wish, make
from config.backup.progress import Bars, first_line, stoppable
from config.backup.sealing import Lock, by_passphrase, to_certificate
from config.backup.space import readable


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

    def handle(self, *args: Any, **options: Any) -> None:
        if options["scheduled"]:
            scheduled.end_with_parent()
        folder = options["to"] or settings.BACKUP.folder
        if folder is None:
            raise CommandError(_("Say where to: --to DIR, or the setting BACKUP_DIR."))
        noted = folder.resolve() == settings.BACKUP.folder  # others are nobody's routine
        at = timezone.now()
        try:
            wish = self.wish(folder.resolve(), options)
            with stoppable(), Bars() as told:
                made = make(wish, at=at, told=told)
        except BackupBusy as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt:
            raise CommandError(
                _("Stopped. Nothing is left of this backup; run it again.")
            ) from None
        except Exception as error:
            if noted:
                state.note_failure(str(error) or type(error).__name__, at=at)
            if isinstance(error, BackupError):
                raise CommandError(str(error)) from error
            raise
        if noted:
            state.note_success(made, at=timezone.now())
        self.tell(made)

    def wish(self, folder: Path, options: dict[str, Any]) -> Wish:
        """What is asked for; raises ``BackupError`` for what cannot be."""
        asked = settings.BACKUP
        keep = asked.keep if options["keep"] is None else options["keep"]
        if keep < 1:
            raise BackupError(_("At least one backup is kept: --keep takes a number from 1."))
        return Wish(
            folder=folder,
            lock=self.lock(options),
            keep=keep,
            keep_days=asked.keep_days if options["keep"] is None else 0,
            keys_folder=options["keys_to"] or asked.keys_folder,
            whole=options["whole"],
        )

    def lock(self, options: dict[str, Any]) -> Lock:
        """How the keys are locked: by certificate or passphrase, of the options before the settings."""
        if options["public_key"]:
            return to_certificate(options["public_key"])
        if options["passphrase_file"]:
            return by_passphrase(first_line(options["passphrase_file"]))
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
