"""Who changed which account, and what: append-only, hash-chained for each account (等保2.0, audit)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.events.models.chain_line import ChainLine
from cases.shapes import Payload


class AccountChange(ChainLine):
    """One act on an account. ``changes`` holds ``{field: [before, after]}``, never a password."""

    OPENED, CHANGED = "opened", "changed"

    account = models.ForeignKey("cases.User", models.PROTECT, related_name="history")
    kind = models.CharField(_("act"), max_length=8)
    at = models.DateTimeField(_("at"), db_index=True)
    changes = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("change of an account")
        verbose_name_plural = _("changes of accounts")
        ordering = ["account_id", "seq"]
        constraints = [models.UniqueConstraint(fields=["account", "seq"], name="account_seq")]

    def facts(self) -> Payload:
        """What the chain binds: every column except the hash itself."""
        return super().facts() | {"account": self.account_id, "changes": self.changes}
