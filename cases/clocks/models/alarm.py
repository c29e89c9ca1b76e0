"""Moments at which somebody must be told that a clock is running out."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Alarm(models.Model):
    """One stage of one clock of a task; fires once, by compare-and-set on ``fired_at``."""

    assignment = models.ForeignKey("cases.Assignment", models.CASCADE, related_name="alarms")
    clock = models.CharField(_("clock"), max_length=12)
    stage = models.CharField(_("stage"), max_length=12)
    at = models.DateTimeField(_("at"))
    fired_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        verbose_name = _("alarm")
        verbose_name_plural = _("alarms")
        indexes = [
            models.Index(fields=["at"], condition=models.Q(fired_at=None), name="alarm_pending"),
        ]
