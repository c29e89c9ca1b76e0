"""What was proposed and what was chosen at each dispatch: the source of 首派精准率 (`domain.md` §5.2)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Decision(models.Model):
    """One dispatch of a case. Never changed afterwards."""

    class Kind(models.TextChoices):
        """Where the chosen unit came from."""

        RULE = "rule", _("Rule")
        CATALOGUE = "catalogue", _("Catalogue")
        HISTORY = "history", _("Earlier cases")
        RETURN = "return", _("Suggested by the returning unit")
        MANUAL = "manual", _("By hand")

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="decisions")
    turn = models.PositiveSmallIntegerField(_("dispatch no."))
    round = models.PositiveSmallIntegerField(_("round"))
    kind = models.CharField(_("source"), max_length=10, choices=Kind)
    rule = models.ForeignKey("routing.Rule", models.PROTECT, null=True, related_name="decisions")
    entry = models.ForeignKey(
        "routing.CatalogueEntry", models.PROTECT, null=True, related_name="decisions"
    )
    sentence = models.CharField(_("reason"), max_length=400, blank=True)
    confidence = models.FloatField(_("confidence"), null=True)
    suggested_unit = models.ForeignKey("cases.Unit", models.PROTECT, null=True, related_name="+")
    chosen_unit = models.ForeignKey("cases.Unit", models.PROTECT, related_name="+")
    by = models.ForeignKey("cases.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("at"), db_index=True)

    class Meta:
        verbose_name = _("dispatch decision")
        verbose_name_plural = _("dispatch decisions")
        ordering = ["case_id", "turn"]
        constraints = [
            models.UniqueConstraint(fields=["case", "turn"], name="decision_turn"),
            models.CheckConstraint(
                condition=(Q(kind="rule") & Q(rule__isnull=False))
                | (~Q(kind="rule") & Q(rule__isnull=True)),
                name="decision_rule_named",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.turn} {self.kind}"
