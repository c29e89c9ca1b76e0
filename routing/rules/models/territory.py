"""Which unit governs a township: what ``@town`` in a rule or the catalogue stands for."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Territory(models.Model):
    """One township (nine digits) and its unit."""

    region = models.OneToOneField("cases.Region", models.PROTECT, verbose_name=_("place"))
    unit = models.ForeignKey("cases.Unit", models.PROTECT, verbose_name=_("unit"))

    class Meta:
        verbose_name = _("territory")
        verbose_name_plural = _("territories")
        ordering = ["region__code"]

    def __str__(self) -> str:
        return f"{self.region} → {self.unit}"
