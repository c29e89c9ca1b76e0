"""What the system administrator had the system do, by whom, and how it went. Rows are never removed.

What was asked and what came of it is also written into the record (``cases/system/record.py``).
"""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from cases.events.models.leased import LEASED, Leased
from cases.people.person import Person
from cases.shapes import Payload
from cases.steps.possible import Steps
from cases.steps.step import step
from cases.system.models.system_record import SystemRecord
from cases.system.record import record_act


class ActState(models.TextChoices):
    """Where an act on the system stands."""

    UNDER_WAY = "under_way", _("under way")
    OVER = "over", _("over")


class SystemAct(Steps, Leased):
    """One act. Work that takes long is done in the background; ``finished_at`` says since when it is over.

    ``found`` is what was found and done, by part: numbers and words of the system, nothing of a case.
    """

    State = ActState  # for templates, as in ``Case``
    MOVED_ON: ClassVar[str | Promise] = _("This is no longer possible: the act is %(state)s.")
    CHECK, REPAIR, REBUILD, RELEASE = "check", "repair", "rebuild", "release"
    ROTATE = "rotate"

    kind = models.CharField(max_length=8)
    state: "models.CharField[str, str]" = FSMField(
        _("state"),
        max_length=12,
        default=ActState.UNDER_WAY,
        choices=ActState.choices,
        protected=True,
    )
    at = models.DateTimeField()
    actor = models.ForeignKey("cases.User", models.PROTECT, null=True, related_name="+")
    actor_name = models.CharField(max_length=40)
    finished_at = models.DateTimeField(null=True)
    found = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("act on the system")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind"], condition=Q(finished_at=None), name="one_act_under_way"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to be done."""
        return self.state == ActState.OVER

    def held(self) -> Self:
        """A fresh copy, locked; the end of the record is locked after it."""
        return type(self).objects.select_for_update().get(pk=self.pk)

    def recording(self) -> "ActRecording":
        """Its line in the record."""
        return ActRecording(self)

    @step("system.work", SystemRecord.OVER, source=ActState.UNDER_WAY, target=ActState.OVER)
    def finish(self, *, by: Person, at: datetime, found: Payload) -> None:
        """Write down what came of it."""
        self.found, self.finished_at = found, at
        self.put_down()


class ActRecording:
    """An act whose end is saved and recorded."""

    def __init__(self, act: SystemAct) -> None:
        self.act = act

    def keep(self, event: str, _payload: Payload, *, by: Person, at: datetime) -> None:
        """What was found stands in the record as it stands on the act."""
        self.act.save(update_fields=["state", "found", LEASED, "finished_at"])
        record_act(self.act, event, by=by, at=at)
