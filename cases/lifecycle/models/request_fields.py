"""Requests that hang over a task without replacing its state: return (退单), extension (延期)."""

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from cases.privacy.handling import Knowledge
from cases.privacy.identity.finding import Voice
from cases.privacy.models.handled import Handled
from cases.words import RequestKind, RequestState

if TYPE_CHECKING:
    from cases.lifecycle.identity import CaseIdentity


class RequestFields(Handled):
    """What a unit asks of the office about one task; what may be done to it is in ``Request``."""

    State = RequestState  # for templates, as in ``Case``
    CASE: ClassVar[str] = "assignment__case"
    HANDLED: ClassVar[dict[str, Voice]] = {
        "text": Voice.UNIT,
        "basis": Voice.UNIT,
        "decision_note": Voice.UNIT,
    }

    assignment = models.ForeignKey("cases.Assignment", models.PROTECT, related_name="requests")
    kind = models.CharField(_("kind"), max_length=12, choices=RequestKind)
    state: "models.CharField[str, str]" = FSMField(
        _("state"), default=RequestState.ASKED, choices=RequestState.choices, protected=True
    )
    reason = models.ForeignKey("cases.Reason", models.PROTECT, null=True)
    text = models.TextField(_("explanation"), blank=True)
    basis = models.TextField(_("legal basis"), blank=True)
    suggested_unit = models.ForeignKey("cases.Unit", models.PROTECT, null=True)
    new_due_at = models.DateTimeField(_("asked-for due time"), null=True)
    decide_due_at = models.DateTimeField(_("decision due"), null=True)
    asked_by = models.ForeignKey("cases.User", models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(_("asked at"))
    signed_by = models.ForeignKey("cases.User", models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(_("signed at"), null=True)
    decided_by = models.ForeignKey("cases.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decision_note = models.TextField(_("decision"), blank=True)

    class Meta:
        abstract = True
        verbose_name = _("request")
        verbose_name_plural = _("requests")
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "kind"],
                condition=models.Q(state__in=list(RequestState.PENDING)),
                name="request_one_pending",
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "state"], name="request_kind_state"),
            models.Index(fields=["state", "decide_due_at"], name="request_state_decide"),
        ]

    def reads_with(self, name: str, case: "CaseIdentity") -> Knowledge:
        """A unit's own words: see ``CaseIdentity.knowledge_of_unit``."""
        if name == "decision_note":
            return case.knowledge()
        return case.knowledge_of_unit(self.asked_by_id)
