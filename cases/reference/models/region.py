"""Places: county 6 digits (GB/T 2260), township 9, village or community 12 digits."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Region(models.Model):
    """A place; the code of a place inside another begins with the other's code."""

    class Level(models.TextChoices):
        """How large the place is."""

        COUNTY = "county", _("County")
        TOWN = "town", _("Township")
        VILLAGE = "village", _("Village or community")

    code = models.CharField(_("code"), max_length=12, unique=True)
    name = models.CharField(_("name"), max_length=60)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    level = models.CharField(_("level"), max_length=8, choices=Level)
    path = models.CharField(_("path"), max_length=160, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.path or self.name
