"""The one person of a unit who may know who the citizen of a confidential case is (named by the office)."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.privacy.identity.finding import Voice
from cases.privacy.models.handled import Handled


class ContactGrant(Handled):
    """Holds until it is ended; every look is logged besides (``ViewLog``)."""

    HANDLED: ClassVar[dict[str, Voice]] = {"reason": Voice.UNIT}

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="contact_grants")
    user = models.ForeignKey("cases.User", models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=200)
    granted_by = models.ForeignKey("cases.User", models.PROTECT, related_name="+")
    granted_at = models.DateTimeField(_("granted at"))
    ended_by = models.ForeignKey("cases.User", models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(_("ended at"), null=True)

    class Meta:
        verbose_name = _("person who may contact the citizen")
        verbose_name_plural = _("people who may contact the citizen")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "user"],
                condition=models.Q(ended_at=None),
                name="contact_grant_once",
            ),
        ]
