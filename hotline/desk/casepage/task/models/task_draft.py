"""What a clerk has typed but not handed in yet: saved while typing, for that person only."""

from django.db import models


class TaskDraft(models.Model):
    """The unsent reply of one person on one task; ``fields`` are those of the form as typed."""

    assignment = models.ForeignKey("cases.Assignment", models.CASCADE, related_name="+")
    user = models.ForeignKey("cases.User", models.CASCADE, related_name="+")
    fields = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assignment", "user"], name="task_draft_once"),
        ]
