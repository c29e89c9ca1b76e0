"""The columns of one unit's task on a case (承办): a unit, a role, a round, its clocks and its reply."""

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from cases.privacy.handling import Knowledge
from cases.privacy.identity.finding import Voice
from cases.privacy.models.handled import Handled
from cases.words import (
    AssignmentRole,
    AssignmentState,
    Channel,
    ContactMethod,
    FactTrue,
    Solved,
)

if TYPE_CHECKING:
    from cases.lifecycle.identity import CaseIdentity

OF_UNIT = ("first_contact_note", "unsolved_reason", "internal_note", "public_reply")


class AssignmentFields(Handled):
    """What is kept of one task; what may be done to it is in ``Assignment``."""

    State = AssignmentState  # for templates, as in ``Case``
    HANDLED: ClassVar[dict[str, Voice]] = dict.fromkeys(
        (
            "basis",
            "note",
            "first_contact_note",
            "unsolved_reason",
            "internal_note",
            "public_reply",
            "review_note",
        ),
        Voice.UNIT,
    )

    is_edited_by_office = False  # set while the office approves a reply that it changed

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="assignments")
    unit = models.ForeignKey("cases.Unit", models.PROTECT, verbose_name=_("unit"))
    unit_name = models.CharField(_("unit's name then"), max_length=80)
    # the case's own, which never changes: figures group tasks by it without reading their cases
    channel = models.CharField(_("channel"), max_length=12, choices=Channel)
    role = models.CharField(_("role"), max_length=8, choices=AssignmentRole)
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    state: "models.CharField[str, str]" = FSMField(
        _("state"),
        default=AssignmentState.DISPATCHED,
        choices=AssignmentState.choices,
        protected=True,
    )
    basis = models.CharField(_("basis of the dispatch"), max_length=300, blank=True)
    note = models.TextField(_("dispatcher's note"), blank=True)
    dispatched_at = models.DateTimeField(_("dispatched at"))
    dispatched_by = models.ForeignKey("cases.User", models.PROTECT, null=True, related_name="+")
    sign_due_at = models.DateTimeField(_("signature due"))
    signed_at = models.DateTimeField(_("signed at"), null=True)
    signed_by = models.ForeignKey("cases.User", models.PROTECT, null=True, related_name="+")
    contact_required = models.BooleanField(default=True)
    contact_due_at = models.DateTimeField(_("first contact due"), null=True)
    first_contact_at = models.DateTimeField(_("first contact at"), null=True)
    first_contact_by = models.ForeignKey("cases.User", models.PROTECT, null=True, related_name="+")
    first_contact_method = models.CharField(max_length=16, choices=ContactMethod, blank=True)
    first_contact_note = models.TextField(blank=True)
    original_due_at = models.DateTimeField(_("original due time"))
    due_at = models.DateTimeField(_("due"))
    due_provisional = models.BooleanField(_("provisional"), default=False)
    term = models.CharField(_("term"), max_length=12)
    policy_code = models.CharField(max_length=48, blank=True)
    fact_true = models.CharField(_("true"), max_length=8, choices=FactTrue, blank=True)
    solved = models.CharField(_("solved"), max_length=10, choices=Solved, blank=True)
    unsolved_reason = models.TextField(_("why not solved"), blank=True)
    internal_note = models.TextField(_("internal handling text"), blank=True)
    public_reply = models.TextField(_("reply to the citizen"), blank=True)
    submitted_by = models.ForeignKey("cases.User", models.PROTECT, null=True, related_name="+")
    replied_at = models.DateTimeField(_("replied at"), null=True)
    signed_off_by = models.ForeignKey("cases.User", models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(_("reviewed at"), null=True)
    reviewed_by = models.ForeignKey("cases.User", models.PROTECT, null=True, related_name="+")
    review_note = models.TextField(_("reviewer's note"), blank=True)
    format_returns = models.PositiveSmallIntegerField(default=0)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = ["case_id", "pk"]
        indexes = [
            models.Index(
                fields=["unit", "due_at"],
                condition=Q(state__in=list(AssignmentState.OPEN)),
                name="task_open_unit_due",
            ),
            models.Index(
                fields=["due_at"],
                condition=Q(state__in=list(AssignmentState.OPEN)),
                name="task_open_due",
            ),
            models.Index(fields=["due_at", "unit"], name="task_due_unit"),
            models.Index(fields=["unit", "dispatched_at"], name="task_unit_dispatched"),
            # figures are dated by them, each table read once for a period of any
            models.Index(fields=["sign_due_at"], name="task_sign_due"),
            models.Index(fields=["contact_due_at"], name="task_contact_due"),
            models.Index(fields=["dispatched_at"], name="task_dispatched"),
            models.Index(fields=["replied_at"], name="task_replied"),
            models.Index(fields=["reviewed_at"], name="task_reviewed"),
            models.Index(fields=["closed_at"], name="task_closed"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(channel=""), name="task_has_channel"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_name} · {self.get_role_display()}"

    @property
    def is_open(self) -> bool:
        """Whether the unit still has to do something."""
        return self.state in AssignmentState.OPEN

    @property
    def on_time(self) -> bool | None:
        """Replied by the effective due time; ``None`` while unanswered."""
        return None if self.replied_at is None else self.replied_at <= self.due_at

    def reads_with(self, name: str, case: "CaseIdentity") -> Knowledge:
        """A unit's own words: see ``CaseIdentity.knowledge_of_unit``."""
        is_of_unit = name in OF_UNIT and not self.is_edited_by_office
        is_of_unit |= name == "review_note" and self.state != AssignmentState.FORMAT_RETURN
        if not is_of_unit:
            return case.knowledge()
        writers = {
            "first_contact_note": self.first_contact_by_id,
            "review_note": None,
        }  # the leader
        return case.knowledge_of_unit(writers.get(name, self.submitted_by_id))
