"""How long each act may take, as versioned rows; a change never rewrites history (B18)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.words import Channel, DemandType, SourceLevel, Urgency


class DeadlinePolicy(models.Model):
    """Terms for the cases that fit; an empty condition fits all.

    ``terms`` maps a clock to a written term: "5wd", "1h" and so on.
    """

    code = models.SlugField(_("code"), max_length=40)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    channel = models.CharField(_("channel"), max_length=12, blank=True, choices=Channel)
    demand_type = models.CharField(_("type"), max_length=12, blank=True, choices=DemandType)
    category_code = models.CharField(_("category begins with"), max_length=12, blank=True)
    urgency = models.CharField(_("urgency"), max_length=10, blank=True, choices=Urgency)
    source_level = models.CharField(
        _("source level"), max_length=10, blank=True, choices=SourceLevel
    )
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    terms = models.JSONField(_("terms"), default=dict)
    note = models.CharField(_("source"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("deadline policy")
        verbose_name_plural = _("deadline policies")
        ordering = ["code", "version"]
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="policy_version")]
