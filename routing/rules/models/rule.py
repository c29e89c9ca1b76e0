"""Ordered dispatch rules: a closed set of conditions as columns, not a language (C2)."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.words import Channel, DemandType, Urgency
from routing.rules.faults import fault_of, known_codes


class Rule(models.Model):
    """When all conditions that are filled in hold, ``lead`` is proposed; the first rule wins."""

    order = models.PositiveIntegerField(_("order"), unique=True)
    name = models.CharField(_("name"), max_length=60)
    category_code = models.CharField(_("category begins with"), max_length=12, blank=True)
    region_code = models.CharField(_("place begins with"), max_length=12, blank=True)
    words = models.CharField(_("any of these words"), max_length=300, blank=True)
    channel = models.CharField(_("channel"), max_length=12, choices=Channel, blank=True)
    urgency = models.CharField(_("urgency"), max_length=10, choices=Urgency, blank=True)
    demand_type = models.CharField(_("type"), max_length=12, choices=DemandType, blank=True)
    hours = models.CharField(
        _("hours of the day"), max_length=11, blank=True, help_text=_("For example 20:00-06:00.")
    )
    lead = models.CharField(_("lead unit"), max_length=40, help_text=_("Unit code, or @town."))
    assisting = models.CharField(_("assisting units"), max_length=200, blank=True)
    sentence = models.CharField(_("reason shown"), max_length=200)
    is_active = models.BooleanField(_("in use"), default=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    class Meta:
        verbose_name = _("dispatch rule")
        verbose_name_plural = _("dispatch rules")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return f"{self.order} {self.name}"

    def clean(self) -> None:
        """Refuse what could never be applied; the sentence says what is wrong."""
        if fault := self.fault:
            raise ValidationError(fault)

    @property
    def fault(self) -> str:
        """Why the rule cannot be applied, in words for its owner; "" when it can. Costs a query."""
        return fault_of(self, known_codes())
