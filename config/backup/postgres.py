"""PostgreSQL: dump one snapshot with its own tool, ask the same snapshot, put a dump back."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.utils.translation import gettext as _
from psycopg import sql
from psycopg.rows import TupleRow

from config.backup import BackupError
from config.backup.inventory import Ask, Row, tables
from config.place import Database

FILE = "database.dump"
PLACES = "/usr/lib/postgresql"  # where Debian keeps one folder of tools for each version
Told = Callable[[int], None]  # bytes written so far
WAIT = 0.2  # seconds between looks at the tool


def connected(settings: Database) -> psycopg.Connection[TupleRow]:
    """Connect to the database that Django's settings name."""
    try:
        return psycopg.connect(**_parts(settings), autocommit=True)
    except psycopg.OperationalError as error:
        raise BackupError(_("The database does not answer: %(why)s") % {"why": error}) from error


def _parts(settings: Database) -> Database:
    known = {
        "dbname": "NAME",
        "user": "USER",
        "password": "PASSWORD",
        "host": "HOST",
        "port": "PORT",
    }
    said = {name: settings[django] for name, django in known.items() if settings.get(django)}
    more = {
        name: value for name, value in settings.get("OPTIONS", {}).items() if name.startswith("ssl")
    }
    return said | more


def size(live: psycopg.Connection[TupleRow]) -> int:
    """Bytes of the database on the server's disk; its dump is smaller."""
    return int(_first(live, "SELECT pg_database_size(current_database())"))


def version(live: psycopg.Connection[TupleRow]) -> int:
    """Major version of the server."""
    return live.info.server_version // 10000


def _first(live: psycopg.Connection[TupleRow], query: str) -> int | str:
    row = live.execute(sql.SQL(query)).fetchone()
    return row[0] if row else ""


@contextmanager
def snapshot(live: psycopg.Connection[TupleRow]) -> Iterator[tuple[str, Ask]]:
    """Hold one moment: its name for the dump, and the means to ask it."""
    live.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    try:
        yield str(_first(live, "SELECT pg_export_snapshot()")), asking(live)
    finally:
        live.execute("ROLLBACK")


def asking(live: psycopg.Connection[TupleRow]) -> Ask:
    """Give the means to ask this connection."""

    def ask(query: str) -> Iterator[Row]:
        with live.cursor() as cursor:
            yield from cursor.stream(sql.SQL(query))

    return ask


def tool(name: str, least: int) -> str:
    """Path of ``pg_dump`` or ``pg_restore`` of at least this major version; raises ``BackupError``."""
    found = [path for path in (shutil.which(name), *_installed(name)) if path]
    for path in found:
        if _version_of(path) >= least:
            return path
    needed = {"tool": name, "version": least}
    if not found:
        raise BackupError(
            _("%(tool)s is missing. Install it (postgresql-client-%(version)s), then try again.")
            % needed
        )
    raise BackupError(
        _(
            "%(tool)s is older than the database server, version %(version)s. "
            "Install postgresql-client-%(version)s, then try again."
        )
        % needed
    )


def _installed(name: str) -> list[str]:
    return [str(path) for path in sorted(Path(PLACES).glob(f"*/bin/{name}"), reverse=True)]


def _version_of(path: str) -> int:
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    number = re.search(r"(\d+)(\.|devel|beta|rc|\s|$)", said.stdout)
    return int(number[1]) if number else 0


def _run(words: list[str], settings: Database, told: Callable[[], None]) -> None:
    """Run one of PostgreSQL's tools; the password goes by its environment, its complaint into the error."""
    parts = _parts(settings)
    environment = {**os.environ, "PGPASSWORD": str(parts.pop("password", ""))}
    target = psycopg.conninfo.make_conninfo(**parts)
    with subprocess.Popen(  # noqa: S603 - our own command line
        [*words, "--no-password", f"--dbname={target}"],
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        try:
            while True:
                try:
                    _out, complaint = running.communicate(timeout=WAIT)
                    break
                except subprocess.TimeoutExpired:
                    told()
        except BaseException:
            running.kill()
            raise
    if running.returncode:
        raise BackupError(
            _("%(tool)s failed: %(why)s")
            % {"tool": Path(words[0]).name, "why": complaint.strip()[-1000:]}
        )


def dump(settings: Database, name: str, target: Path, least: int, told: Told) -> None:
    """Write the snapshot ``name`` into a compressed dump; raises ``BackupError`` with the tool's words."""
    words = [
        tool("pg_dump", least),
        "--format=custom",
        "--no-owner",
        "--no-privileges",
        "--no-comments",
        "--compress=1",  # half the time of the usual level, for a fifth more room
    ]
    words += [f"--snapshot={name}", f"--file={target}"]
    _run(words, settings, lambda: told(target.stat().st_size if target.exists() else 0))


def is_empty(live: psycopg.Connection[TupleRow]) -> bool:
    """Whether nobody has put a table into this database."""
    return not tables("postgresql", asking(live))


def load(settings: Database, source: Path, least: int, told: Callable[[], None]) -> None:
    """Put a dump into an empty database, wholly or not at all."""
    words = [tool("pg_restore", least), "--single-transaction", "--exit-on-error", "--no-owner"]
    _run([*words, "--no-privileges", "--no-comments", str(source)], settings, told)
