"""An export of a search result: asked with a reason, decided by a second person, made, and expired.

The file is made in the permission the asker has when it is made. Everything that happens to it, each
download too, is one line of its record.
"""

from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.db import models
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from cases.errors import Refused
from cases.events.models.leased import Leased
from cases.people.person import Person, account_of
from cases.shapes import Payload
from cases.steps.possible import Need, Steps
from cases.steps.step import step
from cases.words import group
from search.asking.question import Question
from search.exports.record import ExportRecording

KEPT = timedelta(days=7)  # a made file may be fetched; an undecided request waits as long
SECOND_PERSON = Need(
    lambda export, by, _at: by.pk != export.asker_id,
    _("An export is approved by another person than the one who asked."),
)


class ExportState(models.TextChoices):
    """Where a request for an export stands."""

    ASKED = "asked", _("Waiting for approval")
    APPROVED = "approved", _("Approved, being made")
    REFUSED = "refused", _("Refused")
    MADE = "made", _("Ready")
    FAILED = "failed", _("Could not be made")
    EXPIRED = "expired", _("Expired")

    EXPIRING = group(ASKED, MADE)  # nobody decides, or nobody fetches it any more


S = ExportState


class ExportRequest(Steps, Leased):
    """One request for one file."""

    State = ExportState  # for templates, as in ``Case``
    MOVED_ON: ClassVar[str | Promise] = _(
        "This is no longer possible: the export is now “%(state)s”."
    )

    asker = models.ForeignKey("cases.User", models.PROTECT, related_name="exports")
    asker_name = models.CharField(max_length=40)
    unit_name = models.CharField(max_length=80, blank=True)
    question = models.JSONField()  # of ``Question.as_json``, as it was asked
    total = models.PositiveIntegerField(_("cases when asked"))
    reason = models.CharField(_("reason"), max_length=300)
    state: "models.CharField[str, str]" = FSMField(
        _("state"), default=ExportState.ASKED, choices=ExportState.choices, protected=True
    )
    asked_at = models.DateTimeField(_("asked at"))
    decider = models.ForeignKey("cases.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(_("decided at"), null=True)
    note = models.CharField(_("decision"), max_length=300, blank=True)
    rows = models.PositiveIntegerField(_("rows written"), default=0)
    problem = models.CharField(max_length=300, blank=True)
    file = models.FileField(upload_to="exports/%Y/%m/", blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField(_("made at"), null=True)
    expires_at = models.DateTimeField(_("kept until"))
    history_length = models.PositiveIntegerField(default=0)
    history_head = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["state", "expires_at"], name="export_state_expiry")]

    def __str__(self) -> str:
        return self.number

    @property
    def is_being_made(self) -> bool:
        """Whether the page asks again by itself: it was approved, and the file is not there yet."""
        return self.state == S.APPROVED

    @property
    def number(self) -> str:
        """What stands on the file and is said on the telephone: ``20261123-00017``."""
        return f"{timezone.localtime(self.asked_at):%Y%m%d}-{self.pk:05d}"

    @property
    def asked(self) -> Question:
        """The question as it was asked."""
        return Question.from_json(self.question)

    def held(self) -> Self:
        """A fresh copy, locked."""
        return type(self).objects.select_for_update().get(pk=self.pk)

    def recording(self) -> ExportRecording:
        """Its line in its record."""
        return ExportRecording(self)

    @step("export.decide", "export_approved", SECOND_PERSON, source=S.ASKED, target=S.APPROVED)
    def approve(self, *, by: Person, at: datetime, note: str) -> Payload:
        """Let it be made; never by the person who asked."""
        return self._decide(by, at, note)

    @step("export.decide", "export_refused", SECOND_PERSON, source=S.ASKED, target=S.REFUSED)
    def refuse(self, *, by: Person, at: datetime, note: str) -> Payload:
        """Say why not."""
        if not note.strip():
            raise Refused(gettext("Write why the export is refused."))
        return self._decide(by, at, note)

    @step("export.make", "export_made", source=S.APPROVED, target=S.MADE)
    def finish(self, *, by: Person, at: datetime, file: str, sha256: str, rows: int) -> Payload:
        """The file lies ready under the name ``file`` of the storage; ``""``: nothing was left."""
        self.file, self.sha256, self.rows = file, sha256, rows
        self.made_at, self.expires_at = at, at + KEPT
        self.put_down()
        return {"note": str(rows)}

    @step("export.make", "export_failed", source=S.APPROVED, target=S.FAILED)
    def fail(self, *, by: Person, at: datetime, problem: str) -> Payload:
        """It will not be made; the asker may ask again."""
        self.problem = problem[:300]
        self.put_down()
        return {"note": self.problem}

    @step("export.make", "export_expired", source=S.EXPIRING, target=S.EXPIRED)
    def expire(self, *, by: Person, at: datetime) -> None:
        """Nobody decided in time, or the file's days are over; the caller removes the file."""

    def _decide(self, by: Person, at: datetime, note: str) -> Payload:
        self.decider_id, self.decided_at, self.note = account_of(by), at, note.strip()[:300]
        self.expires_at = at + KEPT
        return {"note": self.note}
