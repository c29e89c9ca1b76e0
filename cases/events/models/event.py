"""What happened to a case: append-only, one row for each act, hash-chained."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.shapes import Payload


class Event(models.Model):
    """An act. ``kind`` is a past participle; states are those of the case and of the task."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="events")
    assignment = models.ForeignKey("cases.Assignment", models.PROTECT, null=True)
    seq = models.PositiveIntegerField()
    kind = models.CharField(_("act"), max_length=32)
    at = models.DateTimeField(_("at"))
    actor_kind = models.CharField(max_length=8)
    actor = models.ForeignKey("cases.User", models.PROTECT, null=True)
    actor_name = models.CharField(_("by"), max_length=40)
    unit_name = models.CharField(_("unit"), max_length=80, blank=True)
    from_state = models.CharField(max_length=16, blank=True)
    to_state = models.CharField(max_length=16)
    task_from = models.CharField(max_length=20, blank=True)
    task_to = models.CharField(max_length=20, blank=True)
    payload = models.JSONField(default=dict)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["case_id", "seq"]
        constraints = [models.UniqueConstraint(fields=["case", "seq"], name="event_case_seq")]

    def facts(self, number: str) -> Payload:
        """What the chain binds: every column except the hash itself."""
        return {
            "case": number,
            "seq": self.seq,
            "kind": self.kind,
            "at": int(self.at.timestamp() * 1_000_000),
            "task": self.assignment_id,
            "actor": [self.actor_kind, self.actor_id, self.actor_name, self.unit_name],
            "states": [self.from_state, self.to_state, self.task_from, self.task_to],
            "payload": self.payload,
        }
