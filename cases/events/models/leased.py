"""What a row has that workers take: until when one is at it, and how often that was tried."""

from datetime import datetime

from django.db import models

LEASED = "leased_until"  # for ``update_fields`` of who saves a row held or put down


class Leased(models.Model):
    """A row that one worker at a time is at. Both columns are kept by its ``Lease`` (ADR 22).

    ``leased_until``: nobody else comes to it before. ``attempts``: how often it was taken, so that a row at
    which workers die is given up; whoever gets on with it may begin to count anew.
    """

    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True

    def hold(self, until: datetime) -> None:
        """Keep others off until then; the caller saves it."""
        self.leased_until = until

    def put_down(self) -> None:
        """Nobody is at it any more; the caller saves it."""
        self.leased_until = None
