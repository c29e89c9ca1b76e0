"""Short messages to a unit or a person on their screen."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Notice(models.Model):
    """Something a unit (all its people) or one person should know.

    ``event`` makes it once only and gives its sentence; what is about no single case has none, and its
    ``kind`` and ``payload`` say it.
    """

    unit = models.ForeignKey("cases.Unit", models.CASCADE, null=True, related_name="notices")
    user = models.ForeignKey("cases.User", models.CASCADE, null=True, related_name="notices")
    case = models.ForeignKey("cases.Case", models.CASCADE, null=True)
    event = models.ForeignKey("cases.Event", models.CASCADE, null=True)
    payload = models.JSONField(default=dict)
    kind = models.CharField(_("kind"), max_length=32)
    at = models.DateTimeField(_("at"))
    read_at = models.DateTimeField(_("read at"), null=True)
    read_by = models.ForeignKey("cases.User", models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["unit", "read_at"], name="notice_unit_unread")]
        constraints = [
            models.UniqueConstraint(fields=["event", "unit", "user"], name="notice_once"),
        ]
