"""What needs a second person: to keep a case less secret than it is."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.privacy.identity.finding import Voice
from cases.privacy.models.handled import Handled
from cases.words import Secrecy


class SecrecyRequest(Handled):
    """Asked by one, decided by another; one waits at a time."""

    HANDLED: ClassVar[dict[str, Voice]] = {"reason": Voice.UNIT, "decision_note": Voice.UNIT}

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="secrecy_requests")
    level = models.CharField(_("secrecy"), max_length=12, choices=Secrecy)
    reason = models.TextField(_("reason"))
    asked_by = models.ForeignKey("cases.User", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked at"))
    granted = models.BooleanField(null=True)
    decided_by = models.ForeignKey("cases.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decision_note = models.TextField(_("decision"), blank=True)

    class Meta:
        verbose_name = _("request to lower secrecy")
        verbose_name_plural = _("requests to lower secrecy")
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(decided_at=None),
                name="secrecy_request_one_waits",
            ),
        ]
