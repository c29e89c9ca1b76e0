"""Coded reasons for refusing, transferring, returning, extending (`domain.md` §3.3, §3.4)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.words import ReasonKind


class Reason(models.Model):
    """One reason; ``guidance`` is the legal route told to the citizen, or the hint to the unit."""

    kind = models.CharField(_("act"), max_length=12, choices=ReasonKind)
    code = models.SlugField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=80)
    guidance = models.TextField(_("guidance"), blank=True)
    makes_void = models.BooleanField(
        _("no matter at all"),
        default=False,
        help_text=_("Nuisance or advertising: what is refused for it counts in no figure."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("reason")
        verbose_name_plural = _("reasons")
        ordering = ["kind", "order", "code"]
        constraints = [models.UniqueConstraint(fields=["kind", "code"], name="reason_kind_code")]

    def __str__(self) -> str:
        return self.name
