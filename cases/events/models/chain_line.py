"""What the lines of all records share: their place, who did what and when, and the hash that binds them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.shapes import Payload


class ChainLine(models.Model):
    """One line of a record: written by ``events.recorder`` alone, never changed, never removed."""

    seq = models.PositiveIntegerField()
    kind = models.CharField(_("act"), max_length=20)
    at = models.DateTimeField(_("at"))
    actor_kind = models.CharField(max_length=8)
    actor = models.ForeignKey("cases.User", models.PROTECT, null=True, related_name="+")
    actor_name = models.CharField(_("by"), max_length=40)
    hash = models.CharField(max_length=64)

    class Meta:
        abstract = True

    def facts(self) -> Payload:
        """What the chain binds: every column except the hash itself. Subclasses add theirs."""
        return {
            "seq": self.seq,
            "kind": self.kind,
            "at": int(self.at.timestamp() * 1_000_000),
            "actor": [self.actor_kind, self.actor_id, self.actor_name],
        }
