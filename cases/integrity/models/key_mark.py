"""Which keys this database works with, so that a start with others is refused. No key stands here."""

from django.db import models


class KeyMark(models.Model):
    """One key that came into force here. A retired one has nothing left that it opens or finds."""

    purpose = models.CharField(max_length=8)
    key_id = models.CharField(max_length=8)
    check_value = models.CharField(max_length=64)  # only the key itself can tell it again
    since = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["purpose", "check_value"], name="key_mark_once")
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.key_id}"
