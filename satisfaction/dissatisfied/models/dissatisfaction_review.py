"""What a second person decided about a dissatisfied citizen (不满意核实)."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.privacy.identity.finding import Voice
from cases.privacy.models.handled import Handled
from satisfaction.words import DissatisfactionDecision


class DissatisfactionReview(Handled):
    """Rework or explained closing, with the reason; the rating itself stays in the raw rate."""

    HANDLED: ClassVar[dict[str, Voice]] = {"reason": Voice.UNIT}

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="dissatisfaction_reviews")
    round = models.PositiveSmallIntegerField(_("round"))
    decision = models.CharField(_("decision"), max_length=10, choices=DissatisfactionDecision)
    reason = models.TextField(_("reason"))
    unit = models.ForeignKey("cases.Unit", models.PROTECT, null=True, verbose_name=_("unit"))
    by = models.ForeignKey("cases.User", models.PROTECT, null=True, verbose_name=_("reviewer"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("review of dissatisfaction")
        verbose_name_plural = _("reviews of dissatisfaction")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.case_id} · {self.get_decision_display()}"
