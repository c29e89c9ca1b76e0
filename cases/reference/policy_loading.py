"""Load the county's deadline policies from the file shipped with the product.

A row that differs from the newest version of its code becomes the next version, valid from the
day of loading; versions are never rewritten, so what was computed by them can always be explained.
Safe to run again. A row that left the file stays in force: end it by its ``valid_to``.
"""

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction

from cases.clocks import in_force
from cases.clocks.models.policy import DeadlinePolicy
from cases.clocks.policy import CLOCKS, Policy
from cases.shapes import Payload

POLICY_FILE = Path(__file__).parents[1] / "data" / "policies.csv"
FIRST_DAY = date(2004, 1, 1)  # first versions hold for imported history too
CONDITIONS = ("channel", "demand_type", "category_code", "urgency", "source_level")


@dataclass(frozen=True)
class LoadedPolicies:
    """How many policies were new, got a new version, or stayed."""

    created: int
    new_versions: int
    unchanged: int


def load_policies(on: date, path: Path = POLICY_FILE) -> LoadedPolicies:
    """Bring ``DeadlinePolicy`` up to the file; new versions hold from ``on``. All or nothing.

    Raises ``ValueError`` naming the line for a row that no clock could use.
    """
    created = new_versions = unchanged = 0
    with transaction.atomic():
        for code, fields in _read(path).items():
            newest = DeadlinePolicy.objects.filter(code=code).order_by("-version").first()
            if newest is None:
                DeadlinePolicy.objects.create(code=code, valid_from=FIRST_DAY, **fields)
                created += 1
            elif any(getattr(newest, name) != value for name, value in fields.items()):
                version = newest.version + 1
                DeadlinePolicy.objects.create(code=code, version=version, valid_from=on, **fields)
                new_versions += 1
            else:
                unchanged += 1
        transaction.on_commit(in_force.forget)
    in_force.forget()
    return LoadedPolicies(created, new_versions, unchanged)


def _read(path: Path) -> dict[str, Payload]:
    rows: dict[str, Payload] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), start=2):
            try:
                code, fields = _parsed(row)
            except (KeyError, ValueError) as error:
                raise ValueError(f"{path.name}, line {line}: {error}") from error
            if code in rows:
                raise ValueError(f"{path.name}, line {line}: {code} is there twice.")
            rows[code] = fields
    return rows


def _parsed(row: dict[str, str]) -> tuple[str, Payload]:
    """Return code and model fields of a row; ``Policy`` refuses what no clock can use."""
    terms = {clock: row[clock] for clock in sorted(CLOCKS) if row[clock]}
    fields: Payload = {name: row[name] for name in CONDITIONS}
    Policy(0, None, None, None, None, None, FIRST_DAY, None, terms, code=row["code"])
    return row["code"], {**fields, "terms": terms, "note": row["note"]}
