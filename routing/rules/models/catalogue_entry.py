"""The dispatch catalogue (派单目录): which matter is whose, and by which law (66号文 (五))."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from routing.rules.faults import known_codes, units_fault


class CatalogueEntry(models.Model):
    """One matter and the unit responsible for it."""

    number = models.CharField(_("number"), max_length=16, unique=True)
    matter = models.CharField(_("matter"), max_length=80)
    keywords = models.CharField(_("words, separated by spaces"), max_length=300, blank=True)
    category = models.ForeignKey(
        "cases.Category", models.PROTECT, null=True, blank=True, verbose_name=_("category")
    )
    lead = models.CharField(
        _("lead unit"),
        max_length=40,
        help_text=_("Unit code, or @town for the township of the place."),
    )
    assisting = models.CharField(_("assisting units"), max_length=200, blank=True)
    legal_basis = models.CharField(_("legal basis"), max_length=300, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)
    precedent = models.ForeignKey(
        "cases.Case",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("case that set it"),
    )

    class Meta:
        verbose_name = _("catalogue entry")
        verbose_name_plural = _("dispatch catalogue")
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number} {self.matter}"

    def clean(self) -> None:
        """Refuse what could never be applied; the sentence says what is wrong."""
        if fault := self.fault:
            raise ValidationError(fault)

    @property
    def fault(self) -> str:
        """Why the entry cannot be applied, in words for its owner; "" when it can. Costs a query."""
        return units_fault(self, known_codes())
