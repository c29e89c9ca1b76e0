"""An export of a search result: asked with a reason, decided by a second person, made, and expired.

The file is made in the permission the asker has when it is made. Everything that happens to it, each
download too, is one row of ``ExportStep``, which is only ever added to.
"""

import functools
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, Concatenate, ParamSpec

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, TransitionNotAllowed, transition

from cases.errors import IllegalStep, NotPermitted, Refused
from cases.events.models.leased import Leased
from cases.lifecycle.step import Steps
from cases.models import Notice
from cases.people.permissions import may
from cases.people.person import Person
from cases.words import group
from search.asking.question import Question

KEPT = timedelta(days=7)  # a made file may be fetched; an undecided request waits as long

P = ParamSpec("P")
TOLD = ("export_refused", "export_made", "export_failed")  # the asker gets a notice of these


def _tell(export: "ExportRequest", event: str, at: datetime) -> None:
    facts = {"export": export.pk, "number": export.number, "note": export.problem or export.note}
    Notice.objects.create(
        user_id=export.asker_id, kind=event, at=at, payload=facts | {"rows": export.rows}
    )


def _arrow(
    act: str, event: str, *, source: str | Sequence[str], target: str
) -> Callable[
    [Callable[Concatenate["ExportRequest", P], str]],
    Callable[Concatenate["ExportRequest", P], "ExportRequest"],
]:
    """One arrow: lock the row, source state, body, permission, save and one ``ExportStep``."""

    def decorate(
        body: "Callable[Concatenate[ExportRequest, P], str]",
    ) -> "Callable[Concatenate[ExportRequest, P], ExportRequest]":
        moved = transition(field="state", source=source, target=target)(body)

        @functools.wraps(moved)
        def take(self: "ExportRequest", *_args: P.args, **facts: P.kwargs) -> "ExportRequest":
            with transaction.atomic():
                fresh = ExportRequest.objects.select_for_update().get(pk=self.pk)
                _take(moved, fresh, act, event, facts)
            self.__dict__.update(fresh.__dict__)
            return self

        # read by ``possible`` and by the drawing of the machines, as those of ``step``
        take.act, take.event, take.needs = act, event, ()  # type: ignore[attr-defined]
        return take

    return decorate


def _take(
    moved: Callable[..., str], fresh: "ExportRequest", act: str, event: str, facts: dict[str, Any]
) -> None:
    """``facts`` are the verb's own words with ``by=`` and ``at=``."""
    by: Person = facts["by"]
    at: datetime = facts["at"]
    try:
        note = moved(fresh, **facts)
    except TransitionNotAllowed as error:
        sentence = gettext("This is no longer possible: the export is now “%(state)s”.")
        raise IllegalStep(sentence % {"state": fresh.get_state_display()}) from error
    if not may(by, act):  # nothing is saved yet
        raise NotPermitted(f"{act} by {by.name}")
    fresh.save()
    ExportStep.add(fresh, event, by=by, at=at, note=note)
    if event in TOLD:
        _tell(fresh, event, at)


class ExportState(models.TextChoices):
    """Where a request for an export stands."""

    ASKED = "asked", _("Waiting for approval")
    APPROVED = "approved", _("Approved, being made")
    REFUSED = "refused", _("Refused")
    MADE = "made", _("Ready")
    FAILED = "failed", _("Could not be made")
    EXPIRED = "expired", _("Expired")

    EXPIRING = group(ASKED, MADE)  # nobody decides, or nobody fetches it any more


class ExportRequest(Steps, Leased):
    """One request for one file."""

    State = ExportState  # for templates, as in ``Case``

    asker = models.ForeignKey("cases.User", models.PROTECT, related_name="exports")
    asker_name = models.CharField(max_length=40)
    unit_name = models.CharField(max_length=80, blank=True)
    question = models.JSONField()  # of ``Question.as_json``, as it was asked
    total = models.PositiveIntegerField(_("cases when asked"))
    reason = models.CharField(_("reason"), max_length=300)
    state = FSMField(
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
        return self.state == ExportState.APPROVED

    @property
    def number(self) -> str:
        """What stands on the file and is said on the telephone: ``20261123-00017``."""
        return f"{timezone.localtime(self.asked_at):%Y%m%d}-{self.pk:05d}"

    @property
    def asked(self) -> Question:
        """The question as it was asked."""
        return Question.from_json(self.question)

    @_arrow(
        "export.decide", "export_approved", source=ExportState.ASKED, target=ExportState.APPROVED
    )
    def approve(self, *, by: Person, at: datetime, note: str) -> str:
        """Let it be made; never by the person who asked."""
        return self._decide(by, at, note)

    @_arrow("export.decide", "export_refused", source=ExportState.ASKED, target=ExportState.REFUSED)
    def refuse(self, *, by: Person, at: datetime, note: str) -> str:
        """Say why not."""
        if not note.strip():
            raise Refused(gettext("Write why the export is refused."))
        return self._decide(by, at, note)

    @_arrow("export.make", "export_made", source=ExportState.APPROVED, target=ExportState.MADE)
    def finish(self, *, by: Person, at: datetime, file: str, sha256: str, rows: int) -> str:
        """The file lies ready under the name ``file`` of the storage; ``""``: nothing was left."""
        self.file, self.sha256, self.rows = file, sha256, rows
        self.made_at, self.expires_at = at, at + KEPT
        self.put_down()
        return str(rows)

    @_arrow("export.make", "export_failed", source=ExportState.APPROVED, target=ExportState.FAILED)
    def fail(self, *, by: Person, at: datetime, problem: str) -> str:
        """It will not be made; the asker may ask again."""
        self.problem = problem[:300]
        self.put_down()
        return self.problem

    @_arrow(
        "export.make", "export_expired", source=ExportState.EXPIRING, target=ExportState.EXPIRED
    )
    def expire(self, *, by: Person, at: datetime) -> str:
        """Nobody decided in time, or the file's days are over; the caller removes the file."""
        return ""

    def _decide(self, by: Person, at: datetime, note: str) -> str:
        if by.pk == self.asker_id:
            raise Refused(
                gettext("An export is approved by another person than the one who asked.")
            )
        self.decider_id, self.decided_at, self.note = by.pk, at, note.strip()[:300]
        self.expires_at = at + KEPT
        return self.note


class ExportStep(models.Model):
    """Something happened to an export: asked, approved, made, downloaded… Never changed."""

    export = models.ForeignKey(ExportRequest, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=20)
    at = models.DateTimeField(_("at"))
    actor = models.ForeignKey("cases.User", models.PROTECT, null=True, related_name="+")
    actor_name = models.CharField(_("by"), max_length=40)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("step of an export")
        verbose_name_plural = _("steps of an export")
        ordering = ["pk"]

    @classmethod
    def add(
        cls, export: ExportRequest, kind: str, *, by: Person, at: datetime, note: str = ""
    ) -> "ExportStep":
        """Write down what happened."""
        return cls.objects.create(
            export=export, kind=kind, at=at, actor_id=by.pk, actor_name=by.name, note=note
        )
