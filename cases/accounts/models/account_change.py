"""Who changed which account, and what: append-only, hash-chained for each account (等保2.0, audit)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.shapes import Payload


class AccountChange(models.Model):
    """One act on an account. ``changes`` holds ``{field: [before, after]}``, never a password."""

    OPENED, CHANGED = "opened", "changed"

    account = models.ForeignKey("cases.User", models.PROTECT, related_name="history")
    seq = models.PositiveIntegerField()
    kind = models.CharField(_("act"), max_length=8)
    at = models.DateTimeField(_("at"), db_index=True)
    actor_kind = models.CharField(max_length=8)
    actor = models.ForeignKey("cases.User", models.PROTECT, null=True, related_name="+")
    actor_name = models.CharField(_("by"), max_length=40)
    changes = models.JSONField(default=dict)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("change of an account")
        verbose_name_plural = _("changes of accounts")
        ordering = ["account_id", "seq"]
        constraints = [models.UniqueConstraint(fields=["account", "seq"], name="account_seq")]

    def facts(self) -> Payload:
        """What the chain binds: every column except the hash itself."""
        return {
            "account": self.account_id,
            "seq": self.seq,
            "kind": self.kind,
            "at": int(self.at.timestamp() * 1_000_000),
            "actor": [self.actor_kind, self.actor_id, self.actor_name],
            "changes": self.changes,
        }
