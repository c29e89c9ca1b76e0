"""What the index knows of: one row per indexed case, beside the engine's own table.

The embedded index table itself is made by migration 0002: an FTS5 table on SQLite, a ``tsvector``
column of this very table on PostgreSQL.
"""

from django.db import models


class IndexedCase(models.Model):
    """Version of a case that the index holds; the index never goes back behind it."""

    case = models.OneToOneField(
        "cases.Case", models.CASCADE, primary_key=True, related_name="indexed"
    )
    version = models.PositiveIntegerField()
    indexed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.case_id} v{self.version}"
