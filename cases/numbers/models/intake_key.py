"""Makes intake idempotent: one key, one case, whatever a browser or a network repeats."""

from django.db import models


class IntakeKey(models.Model):
    """A key the sender chose (form token, message id) and the digest of what came with it."""

    key = models.CharField(max_length=80, unique=True)
    digest = models.CharField(max_length=64)
    case = models.ForeignKey("cases.Case", models.CASCADE)
    at = models.DateTimeField(db_index=True)


class NumberCounter(models.Model):
    """The last serial given out for a day and channel."""

    day = models.DateField()
    channel = models.CharField(max_length=12)
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "channel"], name="counter_day_channel")
        ]
