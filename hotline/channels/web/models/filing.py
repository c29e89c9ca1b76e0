"""What a citizen has written on the website and not sent yet, kept between the steps of the form."""

import json
from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models

from cases.privacy.sealing import Sealing

KEPT = timedelta(hours=24)  # an unfinished form; a finished one only points to its case


class FilingQuerySet(models.QuerySet):
    """Which forms."""

    def left(self, at: datetime) -> "FilingQuerySet":
        """Begun more than a day ago."""
        return self.filter(created_at__lt=at - KEPT)


class Filing(Sealing, models.Model):
    """One form being filled in. ``token`` is the secret in its address and the key of its case.

    The fields hold a name and a number and are therefore sealed like personal data.
    """

    SEALED: ClassVar[dict[str, str]] = {"fields_sealed": "filing:{row.token}"}

    token = models.CharField(max_length=43, unique=True)
    channel = models.CharField(max_length=12)
    fields_sealed = models.TextField(blank=True)
    created_at = models.DateTimeField(db_index=True)
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="+")

    objects = FilingQuerySet.as_manager()

    @property
    def fields(self) -> dict[str, str]:
        """What was typed, by field."""
        return json.loads(self.unsealed("fields_sealed") or "{}")

    def keep(self, typed: dict[str, str]) -> None:
        """Add what was typed on one step to the rest."""
        self.seal_in("fields_sealed", json.dumps(self.fields | typed, ensure_ascii=False))
        self.save(update_fields=["fields_sealed"])


class FilingFile(models.Model):
    """A checked file waiting for its case."""

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="files")
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    file = models.FileField(upload_to="attachments/%Y/%m/")

    class Meta:
        ordering = ["pk"]
