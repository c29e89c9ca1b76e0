"""Figures of a past month, counted beforehand; what makes them stale is in the row itself (ADR 0007)."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q


class RolledMonthQuerySet(models.QuerySet["RolledMonth"]):
    """Which months."""

    def usable(self, at: datetime, declared: str) -> "RolledMonthQuerySet":
        """Counted by these declarations, with nothing changed since and nothing that time changed."""
        lasting = Q(good_until=None) | Q(good_until__gt=at)
        return self.filter(lasting, counted=F("changes"), declared=declared, counted_at__lte=at)


class RolledMonth(models.Model):
    """One calendar month of the office, every channel, unit and secret case included.

    ``changes`` goes up with everything that may have changed the month; ``counted`` is what it was when
    counting began. Equal: the figures hold. ``good_until``: when time alone may change them.
    """

    first = models.DateField(unique=True)
    changes = models.PositiveBigIntegerField(default=0)
    counted = models.PositiveBigIntegerField(null=True)
    declared = models.CharField(max_length=16, blank=True)
    counted_at = models.DateTimeField(null=True)
    good_until = models.DateTimeField(null=True)
    whole = models.JSONField(default=dict)  # slug: [N, n], of a percentile [hours]
    groups = models.JSONField(default=dict)  # slug: [[unit id, channel, N, n], …]

    objects = RolledMonthQuerySet.as_manager()

    class Meta:
        ordering = ["first"]

    def __str__(self) -> str:
        return f"{self.first:%Y-%m}"
