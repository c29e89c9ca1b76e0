"""The columns of a case (工单): what a citizen wants, from the first contact to the archive."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from cases.privacy.identity.finding import Voice
from cases.privacy.models.handled import Handled
from cases.privacy.sealing import Sealing
from cases.words import (
    CaseState,
    Channel,
    DemandType,
    Outcome,
    RespondentState,
    Secrecy,
    SourceLevel,
    Urgency,
)


class CaseFields(Sealing, Handled):
    """What is kept of one matter; what may be done to it is in ``Case``."""

    State = CaseState  # for templates: ``case.state == case.State.CALLBACK``
    SEALED: ClassVar[dict[str, str]] = {
        "query_code_sealed": "case.query_code:{row.number}",
        "identity_sealed": "case.identity:{row.number}",
    }
    HANDLED: ClassVar[dict[str, Voice]] = {
        "title": Voice.CITIZEN,
        "content": Voice.CITIZEN,
        "request": Voice.CITIZEN,
        "address": Voice.CITIZEN,
        "respondent_text": Voice.CITIZEN,
        "answer_text": Voice.UNIT,
        "legal_route": Voice.UNIT,
    }

    number = models.CharField(_("case number"), max_length=20, unique=True)
    query_code_sealed = models.CharField(max_length=140)
    channel = models.CharField(_("channel"), max_length=12, choices=Channel)
    source_level = models.CharField(
        _("source level"), max_length=10, choices=SourceLevel, default="county"
    )
    source_system = models.CharField(max_length=40, blank=True)
    source_case_no = models.CharField(max_length=60, blank=True, db_index=True)
    demand_type = models.CharField(_("type"), max_length=12, choices=DemandType)
    category = models.ForeignKey(
        "cases.Category", models.PROTECT, null=True, verbose_name=_("category")
    )
    region = models.ForeignKey("cases.Region", models.PROTECT, null=True, verbose_name=_("place"))
    address = models.CharField(_("address"), max_length=200, blank=True)
    title = models.CharField(_("title"), max_length=120)
    content = models.TextField(_("content"))
    request = models.TextField(_("what the citizen asks for"), blank=True)
    petitioner = models.ForeignKey("cases.Petitioner", models.PROTECT, null=True)
    # names its texts introduce, words a person added or took out (``cases.privacy.handling.Identity``)
    identity_sealed = models.TextField(blank=True)
    handled_at = models.DateTimeField(null=True)  # its texts were made anew; null: no unit sees it
    is_anonymous = models.BooleanField(_("anonymous"), default=False)
    secrecy = models.CharField(_("secrecy"), max_length=12, choices=Secrecy, default="normal")
    publish_consent = models.BooleanField(_("may be published without identity"), default=False)
    urgency = models.CharField(_("urgency"), max_length=10, choices=Urgency, default="normal")
    respondent_text = models.CharField(_("complained about"), max_length=200, blank=True)
    respondent_state = models.CharField(max_length=8, choices=RespondentState, blank=True)
    state: "models.CharField[str, str]" = FSMField(
        _("state"),
        default=CaseState.SUBMITTED,
        choices=CaseState.choices,
        protected=True,
        db_index=False,
    )
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome, blank=True)
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    return_count = models.PositiveSmallIntegerField(_("returns"), default=0)
    urge_count = models.PositiveSmallIntegerField(_("urges"), default=0)
    lead_unit = models.ForeignKey("cases.Unit", models.PROTECT, null=True, related_name="+")
    contact_at = models.DateTimeField(_("contacted at"))
    registered_at = models.DateTimeField(_("registered at"))
    registered_by = models.ForeignKey("cases.User", models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField(_("accepted at"), null=True)
    dispatched_at = models.DateTimeField(_("dispatched at"), null=True)
    answered_at = models.DateTimeField(_("answered at"), null=True)
    answered_in_workdays = models.PositiveSmallIntegerField(null=True)
    closed_at = models.DateTimeField(_("closed at"), null=True)
    archived_at = models.DateTimeField(_("archived at"), null=True)
    intake_due_at = models.DateTimeField(_("acceptance due"), null=True)
    dispatch_due_at = models.DateTimeField(_("dispatch due"), null=True)
    promise_due_at = models.DateTimeField(_("promised to the citizen"), null=True)
    promise_provisional = models.BooleanField(default=False)
    review_due_at = models.DateTimeField(_("review due"), null=True)
    callback_due_at = models.DateTimeField(_("call-back due"), null=True)
    answer_text = models.TextField(_("reply to the citizen"), blank=True)
    reject_reason = models.ForeignKey("cases.Reason", models.PROTECT, null=True, related_name="+")
    legal_route = models.TextField(_("legal route"), blank=True)
    transfer_target = models.CharField(_("transferred to"), max_length=80, blank=True)
    is_test = models.BooleanField(_("test case"), default=False)
    is_void = models.BooleanField(_("void"), default=False)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    version = models.PositiveIntegerField(default=0)
    event_head = models.CharField(max_length=64, blank=True)

    class Meta:
        abstract = True
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["-registered_at", "-pk"]
        indexes = [
            models.Index(fields=["-registered_at", "-id"], name="case_newest"),
            models.Index(fields=["channel", "registered_at"], name="case_channel_reg"),
            models.Index(fields=["state", "dispatch_due_at"], name="case_state_dispatch"),
            models.Index(
                fields=["state", "callback_due_at"],
                condition=Q(state__in=list(CaseState.AFTER_REPLY)),
                name="case_callback",
            ),
            models.Index(fields=["lead_unit", "registered_at"], name="case_lead_reg"),
            models.Index(fields=["contact_at"], name="case_contact"),  # figures are dated by them
            models.Index(fields=["promise_due_at"], name="case_promise"),
            models.Index(fields=["dispatched_at"], name="case_dispatched"),
            models.Index(
                fields=["id"],
                condition=Q(is_test=True) | Q(is_void=True) | Q(merged_into__isnull=False),
                name="case_uncounted",  # few: what every figure leaves out
            ),
            models.Index(
                fields=["id"], condition=Q(handled_at__isnull=True), name="case_unhandled"
            ),
            models.Index(fields=["category", "registered_at"], name="case_category_reg"),
            models.Index(fields=["registered_by", "registered_at"], name="case_by_reg"),
            models.Index(
                fields=["answered_at"], condition=Q(publish_consent=True), name="case_consent"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["source_system", "source_case_no"],
                condition=~Q(source_case_no=""),
                name="case_source_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def query_code(self) -> str:
        """The citizen's ten digits, in clear."""
        return self.unsealed("query_code_sealed")

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something."""
        return self.state in CaseState.OPEN

    @property
    def is_respondent_open(self) -> bool:
        """Whether somebody has to settle who is complained about."""
        return self.respondent_state == RespondentState.OPEN

    @property
    def is_respondent_outside(self) -> bool:
        """Whether it is settled that none of our units is complained about."""
        return self.respondent_state == RespondentState.OUTSIDE

    @property
    def category_code(self) -> str:
        """Code of the category for policies and rules; empty while unclassified."""
        return self.category.code if self.category else ""
