"""Looks of members of staff: which case they opened, what they searched for, how much they were shown."""

from enum import StrEnum

from django.db import models


class Look(models.Model):
    """What one person looked at within some minutes, in sum (``cases.looks.looking``).

    A case is named by its number, a file by its id, a list by the name of its screen, a person by a
    mask: nothing here tells who a citizen is.
    """

    class Kind(StrEnum):
        """What was looked at; ``CALLER``: searched for by an operator, whose duty it is."""

        CASE = "case"
        FILE = "file"
        SEARCH = "search"
        CALLER = "caller"
        LIST = "list"

    user = models.ForeignKey("cases.User", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8)
    span = models.DateTimeField()  # when the minutes began that the row sums up
    number = models.CharField(max_length=24, blank=True)  # of the case
    subject = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField(db_index=True)  # the last of them
    times = models.PositiveIntegerField(default=1)
    rows = models.PositiveIntegerField(default=0)  # cases shown, all times together

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            # In this order it also counts what a person opened lately
            models.UniqueConstraint(
                fields=["user", "kind", "span", "number", "subject"], name="look_once"
            )
        ]
        indexes = [models.Index(fields=["number", "at"], name="look_number_at")]
