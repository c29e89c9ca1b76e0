"""What the system administrator had the system do, by whom, and how it went. Rows are never removed.

What was asked and what came of it is also written into the record (``system_record.py``).
"""

from django.db import models
from django.db.models import Q

from cases.events.models.leased import Leased


class SystemAct(Leased):
    """One act. Work that takes long is done in the background; ``finished_at`` says that it is over.

    ``found`` is what was found and done, by part: numbers and words of the system, nothing of a case.
    """

    CHECK, REPAIR, REBUILD, RELEASE = "check", "repair", "rebuild", "release"
    ROTATE = "rotate"

    kind = models.CharField(max_length=8)
    at = models.DateTimeField()
    actor = models.ForeignKey("cases.User", models.PROTECT, null=True, related_name="+")
    actor_name = models.CharField(max_length=40)
    finished_at = models.DateTimeField(null=True)
    found = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind"], condition=Q(finished_at=None), name="one_act_under_way"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
