"""What a start must have done before the servers, and the memory of what is done already.

``DATA_DIR/started.json`` remembers, for one version of the product and one database, which steps
are done, so that a second start takes seconds. Every step may run twice: forgetting is harmless.
"""

import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.translation import gettext as _

from config import upgrading
from config.data_folder import close_all
from config.env import ROOT

APPS = ("config", "hotline", "satisfaction", "routing", "search", "cases")


def version() -> str:
    """Fingerprint of the product's own files and of the database it works on."""
    database = settings.DATABASES["default"]
    digest = hashlib.sha256(f"{database['ENGINE']} {database['HOST']} {database['NAME']}".encode())
    for app in APPS:
        for folder, folders, files in os.walk(ROOT / app):
            folders[:] = sorted(name for name in folders if name != "__pycache__")
            for name in sorted(files):
                path = Path(folder, name)
                seen = path.stat()
                digest.update(
                    f"{path.relative_to(ROOT)} {seen.st_size} {seen.st_mtime_ns}\n".encode(),
                )
    return digest.hexdigest()


class Memory:
    """Steps done in this folder for this version; kept in a small file, replaced as a whole."""

    def __init__(self, path: Path, version: str) -> None:
        self.path = path
        self.version = version
        try:
            kept = json.loads(path.read_text())
        except (FileNotFoundError, ValueError):  # absent or cut off: everything is done again
            kept = {}
        self.steps: set[str] = (
            set(kept.get("steps", [])) if kept.get("version") == version else set()
        )
        self.demo: set[str] = set(kept.get("demo", []))

    def __contains__(self, step: str) -> bool:
        return step in self.steps or step in self.demo

    def add(self, step: str) -> None:
        """Remember a step; demo data are remembered across versions of the product."""
        (self.demo if step.startswith("demo") else self.steps).add(step)
        self._write()

    def forget(self) -> None:
        """Begin anew: the database is an empty one."""
        self.steps.clear()
        self.demo.clear()
        self._write()

    def _write(self) -> None:
        body = {
            "version": self.version,
            "steps": sorted(self.steps),
            "demo": sorted(self.demo),
        }
        temporary = self.path.with_suffix(f".{os.getpid()}.tmp")
        temporary.write_text(json.dumps(body))
        temporary.replace(self.path)


def memory() -> Memory:
    """Return what is remembered in ``DATA_DIR``."""
    return Memory(settings.DATA_DIR / "started.json", version())


def tables_missing() -> bool:
    """Whether a migration of ours or of a library is not applied to this database."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def database_is_new() -> bool:
    """Whether this database has no table of ours yet."""
    return "cases_case" not in connection.introspection.table_names()


def migrate() -> None:
    """Apply the migrations; an office in SQLite that exists keeps its database as it was before."""
    if connection.vendor == "sqlite" and not database_is_new() and tables_missing():
        path = upgrading.keep(at=timezone.now())
        sys.stdout.write(_("(the database as it was: %(path)s) ") % {"path": path})
        sys.stdout.flush()
    call_command("migrate", verbosity=0)
    upgrading.settle()


Step = tuple[str, str, Callable[[], object]]


def steps(*, demo: bool) -> Iterator[Step]:
    """Name, words for a person, and act of each step, in order."""
    yield "folder", _("Data folder closed to others"), lambda: close_all(settings.DATA_DIR)
    yield "migrate", _("Database tables"), migrate
    yield "cache", _("Table of the cache"), lambda: call_command("createcachetable", verbosity=0)
    yield "reference", _("Reference data"), lambda: call_command("load_reference", verbosity=0)
    yield "routing", _("Dispatch catalogue"), lambda: call_command("load_routing", verbosity=0)
    yield "site", _("Public site"), lambda: call_command("make_site", verbosity=0)
    if settings.ELASTICSEARCH_URLS:
        yield (
            "search server",
            _("Index on the search server"),
            lambda: call_command("rebuild_index", if_missing=True, verbosity=0),
        )
    if demo:
        yield "demo month", _("Demo county"), lambda: call_command("load_demo", month=True)
    yield (
        "static",
        _("Style sheets and pictures"),
        lambda: call_command("collectstatic", interactive=False, verbosity=0),
    )
