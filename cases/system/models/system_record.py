"""What was asked of the system and what came of it: append-only, one hash chain (等保2.0, audit)."""

from django.db import models

from cases.events.models.chain_line import ChainLine
from cases.shapes import Payload


class SystemRecord(ChainLine):
    """One line: an act was asked for, is over, or was asked for and done at once.

    ``told`` holds the act's kind and, at its end, what was found: numbers and words of the system.
    """

    ASKED, OVER, DONE = "asked", "over", "done"

    seq = models.PositiveIntegerField(unique=True)
    act = models.ForeignKey("cases.SystemAct", models.PROTECT, related_name="records")
    kind = models.CharField(max_length=8)
    at = models.DateTimeField(db_index=True)
    told = models.JSONField(default=dict)

    class Meta:
        ordering = ["seq"]

    def facts(self) -> Payload:
        """What the chain binds: every column except the hash itself."""
        return super().facts() | {"act": self.act_id, "told": self.told}


class SystemHistory(models.Model):
    """The end of the record, apart from it: who cuts lines off must change this row too. One row."""

    ONLY = 1

    length = models.PositiveIntegerField(default=0)
    head = models.CharField(max_length=64, blank=True)
