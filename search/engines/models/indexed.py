"""What the index knows of: one row per indexed case, beside the engine's own table.

The embedded index table itself is made by migration 0002: an FTS5 table on SQLite, a ``tsvector``
column of this very table on PostgreSQL; for files by migration 0009.
"""

from django.db import models


class IndexedCase(models.Model):
    """Version of a case that the index holds; the index never goes back behind it."""

    case = models.OneToOneField(
        "cases.Case", models.CASCADE, primary_key=True, related_name="indexed"
    )
    version = models.PositiveIntegerField()
    indexed_at = models.DateTimeField(db_index=True)  # subscriptions ask for what came since

    def __str__(self) -> str:
        return f"{self.case_id} v{self.version}"


class IndexedFile(models.Model):
    """Text of a file that the index holds, beside the engine's own table as with the cases.

    ``stamp`` is when the text was read; the index never goes back behind it.
    """

    attachment = models.OneToOneField(
        "cases.Attachment", models.CASCADE, primary_key=True, related_name="indexed"
    )
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="indexed_files")
    stamp = models.BigIntegerField()

    def __str__(self) -> str:
        return f"file {self.attachment_id} of {self.case_id}"


class IndexedName(models.Model):
    """Name of a unit, category or place as the entries of its cases hold it (``search.indexing.renaming``).

    While ``cursor`` is set the cases up to that id have been indexed again under the new name.
    """

    kind = models.CharField(max_length=8)
    subject_id = models.BigIntegerField()
    name = models.CharField(max_length=300)
    cursor = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "subject_id"], name="one_name_each")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}: {self.name}"
