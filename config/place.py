"""Whether an office is kept here already, asked of its database before Django is there to ask.

Keys are made only for a place that is new: new keys for an old office would open nothing of it and call its
whole history altered.
"""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg

Database = dict[str, Any]  # Django's settings of one
TABLE = "cases_case"
PATIENCE = 10  # seconds until a database counts as away
OF_DJANGO = {"assume_role", "isolation_level", "pool", "server_side_binding"}  # not for the driver


class CannotAsk(Exception):  # noqa: N818 - a state of affairs
    """The database is away, or is none; the text says why in the driver's words."""


def holds_an_office(database: Database) -> bool:
    """Whether Django's settings of a database name one with our tables; raises ``CannotAsk``."""
    try:
        if database["ENGINE"].endswith("sqlite3"):
            return _in_a_file(str(database["NAME"]))
        return _on_a_server(database)
    except (sqlite3.Error, psycopg.Error) as error:
        raise CannotAsk(str(error).strip()) from error


def _in_a_file(name: str) -> bool:
    if not Path(name).is_file():
        return False
    with closing(sqlite3.connect(f"{Path(name).resolve().as_uri()}?mode=ro", uri=True)) as opened:
        found = opened.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (TABLE,)).fetchone()
    return found is not None


def _on_a_server(database: Database) -> bool:
    options = {k: v for k, v in database.get("OPTIONS", {}).items() if k not in OF_DJANGO}
    names = {
        "NAME": "dbname",
        "USER": "user",
        "PASSWORD": "password",
        "HOST": "host",
        "PORT": "port",
    }
    where = {there: database[ours] for ours, there in names.items() if database.get(ours)}
    with psycopg.connect(**{"connect_timeout": PATIENCE, **options, **where}) as opened:
        found = opened.execute("SELECT to_regclass(%s)", (TABLE,)).fetchone()
    return bool(found and found[0])
