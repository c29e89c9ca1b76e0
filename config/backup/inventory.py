"""What is in a database at one moment, by plain SQL: migrations, rows of each table, heads, named files.

Plain, because it is asked of a copy in a file, of a snapshot of PostgreSQL, and of restored databases of
earlier versions whose tables the models do not fit yet.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.apps import apps
from django.db.models import FileField

from cases.models import Case, SystemHistory, User
from config.backup.manifest import Head

Row = Sequence[Any]
Ask = Callable[[str], Iterator[Row]]  # a query, its rows
TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~'"
    " AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name",
    "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename",
}


def tables(kind: str, ask: Ask) -> list[str]:
    """Name every table of ours and of the libraries; ``kind`` is ``sqlite`` or ``postgresql``."""
    return [row[0] for row in ask(TABLES[kind])]


def rows(kind: str, ask: Ask) -> dict[str, int]:
    """Count the rows of every table."""
    found = {}
    for name in tables(kind, ask):
        ((found[name],),) = ask(f'SELECT count(*) FROM "{name}"')  # noqa: S608 - a name of the database's own
    return found


def schema(ask: Ask) -> list[str]:
    """Name the migrations that were applied: ``cases.0001_initial``."""
    return sorted(f"{app}.{name}" for app, name in ask("SELECT app, name FROM django_migrations"))


def heads(ask: Ask) -> dict[str, Head]:
    """Count and digest the heads of the chains of each record: cases, accounts, acts on the system."""
    chains = {
        "cases": (Case, "number, version, event_head", "id"),
        "accounts": (User, "username, history_length, history_head", "id"),
        "system": (SystemHistory, "id, length, head", "id"),
    }
    found: dict[str, Head] = {}
    for name, (model, columns, order) in chains.items():
        known, count = hashlib.sha256(), 0
        table = model._meta.db_table  # noqa: SLF001
        for row in ask(f"SELECT {columns} FROM {table} ORDER BY {order}"):  # noqa: S608 - ours
            known.update("\t".join(map(str, row)).encode() + b"\n")
            count += 1
        found[name] = {"count": count, "sha256": known.hexdigest()}
    return found


def named_files(kind: str, ask: Ask) -> set[str]:
    """Every path under ``media/`` that a row of any table names."""
    known, found = set(tables(kind, ask)), set()
    for model in apps.get_models():
        meta = model._meta  # noqa: SLF001
        if meta.proxy or meta.db_table not in known:
            continue
        for field in meta.local_fields:
            if isinstance(field, FileField):
                asked = (
                    f'SELECT "{field.column}" FROM "{meta.db_table}" WHERE "{field.column}" <> \'\''  # noqa: S608
                )
                found |= {row[0] for row in ask(asked)}
    return found
