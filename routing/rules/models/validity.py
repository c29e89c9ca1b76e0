"""Rows that hold for a time: from a day on, perhaps up to another."""

from datetime import date
from typing import Protocol


class Validity(Protocol):
    """A row that holds for a time; days are local dates."""

    is_active: bool
    valid_from: date | None
    valid_to: date | None


def holds_on(row: Validity, day: date) -> bool:
    """Active, begun, and not yet over on ``day``; the last day still counts."""
    begun = row.valid_from is None or row.valid_from <= day
    return row.is_active and begun and (row.valid_to is None or row.valid_to >= day)
