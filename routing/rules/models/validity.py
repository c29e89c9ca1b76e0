"""Rows that hold for a time: from a day on, perhaps up to another."""

from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.db.models import Q

Row = TypeVar("Row", bound=models.Model)


class ValidityQuerySet(models.QuerySet[Row]):
    """Which rows hold."""

    def in_force(self, day: date) -> Self:
        """Active, begun, and not yet over on ``day`` (local date; the last day still counts)."""
        begun = Q(valid_from=None) | Q(valid_from__lte=day)
        return self.filter(begun, Q(valid_to=None) | Q(valid_to__gte=day), is_active=True)
