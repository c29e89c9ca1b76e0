"""After a unit, category or place is renamed its cases are found by the new name: indexed again.

The names that the entries hold are kept beside the index and compared with the tables, so it does not
matter who renamed or how. A run is bounded and goes on where the last one stopped.
"""

from collections.abc import Iterator

from django.db.models import Q, QuerySet

from cases.models import Case, Category, Region, Unit
from search.engines.models.indexed import IndexedName
from search.indexing.upkeep import refresh

BATCH = 200  # cases indexed at once
MOST = 2_000  # of one run
LENGTH = 300


def follow_names(*, most: int = MOST) -> int:
    """Index cases of what was renamed since; returns how many. Safe to run twice or by two workers."""
    known = {(row.kind, row.subject_id): row for row in IndexedName.objects.all()}
    fresh = []
    done = 0
    for kind, pk, name in _names():
        row = known.get((kind, pk))
        if row is None:  # new: its cases are indexed as they come
            fresh.append(IndexedName(kind=kind, subject_id=pk, name=name))
        elif row.name != name and done < most:
            done += _follow(row, name, most - done)
    IndexedName.objects.bulk_create(fresh, ignore_conflicts=True)
    return done


def _names() -> Iterator[tuple[str, int, str]]:
    for pk, full, short in Unit.objects.values_list("pk", "name", "short_name"):
        yield "unit", pk, f"{full}\n{short}"[:LENGTH]
    for pk, path in Category.objects.values_list("pk", "path"):
        yield "category", pk, path[:LENGTH]
    for pk, path in Region.objects.values_list("pk", "path"):
        yield "region", pk, path[:LENGTH]


def _cases(row: IndexedName) -> "QuerySet[Case, int]":
    about = {
        "unit": Q(assignments__unit=row.subject_id),
        "category": Q(category=row.subject_id),
        "region": Q(region=row.subject_id),
    }
    found = Case.objects.filter(about[row.kind], pk__gt=row.cursor or 0)
    return found.order_by("pk").values_list("pk", flat=True).distinct()


def _follow(row: IndexedName, name: str, most: int) -> int:
    """Index up to ``most`` cases of a renamed thing; the name counts as followed after the last."""
    done = 0
    while done < most:
        size = min(BATCH, most - done)
        ids = list(_cases(row)[:size])
        if ids:
            refresh(ids)
            done += len(ids)
            row.cursor = ids[-1]
        if len(ids) < size:
            row.name, row.cursor = name, None
            row.save()
            return done
        row.save()
    return done
