"""How much a unit has in hand (C5), shown beside a suggestion."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time

from django.db.models import Count, Q
from django.utils import timezone

from cases.models import Assignment


@dataclass(frozen=True)
class Load:
    """Open tasks, those due today, those late."""

    open: int = 0
    today: int = 0
    late: int = 0


def loads(unit_ids: Collection[int], at: datetime) -> dict[int, Load]:
    """The load of each unit at ``at``; one query."""
    now = timezone.localtime(at)
    midnight = datetime.combine(now.date(), time.max, now.tzinfo)
    rows = (
        Assignment.objects.open()
        .filter(unit__in=unit_ids)
        .order_by()
        .values("unit")
        .annotate(
            all=Count("pk"),
            today=Count("pk", filter=Q(due_at__gte=at, due_at__lte=midnight)),
            late=Count("pk", filter=Q(due_at__lt=at)),
        )
    )
    found = {row["unit"]: Load(row["all"], row["today"], row["late"]) for row in rows}
    return {pk: found.get(pk, Load()) for pk in unit_ids}
