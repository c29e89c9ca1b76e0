"""Rows of the public index: one for each published letter or guide, and what waits to be indexed.

The text itself stands in ``search_public_text`` on SQLite and in the column ``terms`` of this table on
PostgreSQL, as for the cases (migration of this file's models).
"""

from django.db import models


class PublicEntry(models.Model):
    """One public document: where it comes from, at which stamp, and what it is filtered by."""

    kind = models.CharField(max_length=12)
    key = models.BigIntegerField()
    stamp = models.BigIntegerField()
    at = models.DateTimeField()
    month = models.CharField(max_length=7, blank=True)  # "2026-11", office time; "": undated
    title = models.CharField(max_length=255)
    channel = models.CharField(max_length=12, blank=True)
    category = models.CharField(max_length=12, blank=True)  # code of the top of its branch
    unit = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="public_entry_once")]
        indexes = [models.Index(fields=["-at", "-id"], name="public_entry_newest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class PublicChange(models.Model):
    """A document that may have changed: served by the worker, whatever it is by then."""

    kind = models.CharField(max_length=12)
    key = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
