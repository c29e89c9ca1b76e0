"""What happened to a case: append-only, one row for each act, hash-chained."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.events.models.chain_line import ChainLine
from cases.shapes import Payload


class Event(ChainLine):
    """An act. ``kind`` is a past participle; states are those of the case and of the task."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="events")
    assignment = models.ForeignKey("cases.Assignment", models.PROTECT, null=True)
    kind = models.CharField(_("act"), max_length=32)
    unit_name = models.CharField(_("unit"), max_length=80, blank=True)
    from_state = models.CharField(max_length=16, blank=True)
    to_state = models.CharField(max_length=16)
    task_from = models.CharField(max_length=20, blank=True)
    task_to = models.CharField(max_length=20, blank=True)
    payload = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["case_id", "seq"]
        constraints = [models.UniqueConstraint(fields=["case", "seq"], name="event_case_seq")]

    def facts(self) -> Payload:
        """What the chain binds: every column except the hash itself, and the case by its number."""
        facts = super().facts()
        return facts | {
            "case": self.case.number,
            "task": self.assignment_id,
            "actor": [*facts["actor"], self.unit_name],
            "states": [self.from_state, self.to_state, self.task_from, self.task_to],
            "payload": self.payload,
        }
