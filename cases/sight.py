"""Rows that hang on a case or a task, seen only where that one may be seen.

As ``EXISTS``, asked of each row: for somebody who sees every case, ``IN`` names the whole table, and SQLite
walks it to find the few rows (on a hundred thousand cases 17 ms for a number in the bar of every page).
"""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet


def stands_in(rows: QuerySet[Any], path: str) -> Exists:
    """The condition that what ``path`` leads to (``"assignment__case"``) is one of ``rows``."""
    return Exists(rows.order_by().filter(pk=OuterRef(path)))
