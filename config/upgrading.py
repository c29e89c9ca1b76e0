"""Before a new version changes the tables of an office, the database as it was is kept, to go back to.

On SQLite only; PostgreSQL is backed up by `manage.py backup` first. The last two copies stay.
"""

from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError
from django.db import connection
from django.utils.translation import gettext as _

from config.backup import BackupError, space, sqlite

FOLDER, KEPT = "before-upgrade", 2
UNFINISHED = "unfinished"  # names the copy of an upgrade that has not come to its end


def keep(*, at: datetime) -> Path:
    """Copy the database; raises ``CommandError`` when there is no room. Return the copy.

    An upgrade that failed and is begun again keeps the first copy, which is the one to go back to.
    """
    folder = settings.DATA_DIR / FOLDER
    folder.mkdir(exist_ok=True, mode=0o700)
    note = folder / UNFINISHED
    if note.exists() and (begun := folder / note.read_text().strip()).is_file():
        return begun
    source = Path(connection.settings_dict["NAME"])
    path = folder / f"hotline-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}.sqlite3"
    partial = path.with_suffix(".partial")
    partial.unlink(missing_ok=True)
    try:
        with space.watched(folder):
            space.require(folder, 2 * sqlite.size(source))  # the migrations need as much again
            sqlite.copy(source, partial, lambda _done, _whole: None)
    except BackupError as error:
        partial.unlink(missing_ok=True)
        raise CommandError(
            _("The upgrade has not begun, the database is as it was. %(why)s") % {"why": error}
        ) from error
    partial.rename(path)
    note.write_text(path.name)
    return path


def settle() -> None:
    """The upgrade is over: only the last copies stay."""
    folder = settings.DATA_DIR / FOLDER
    (folder / UNFINISHED).unlink(missing_ok=True)
    for path in sorted(folder.glob("hotline-*.sqlite3"), reverse=True)[KEPT:]:
        path.unlink()
