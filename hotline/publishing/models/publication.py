"""A letter and its reply as everybody may read them: de-identified, checked by a second person."""

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from cases.errors import IllegalStep, Refused
from cases.lifecycle.of_case import OfCase
from cases.models import Case
from cases.people.person import Person, account_of
from cases.shapes import Payload
from cases.steps.possible import Need
from cases.steps.step import step
from cases.words import group
from hotline.publishing.rules import check, publishable
from search.public.upkeep import note

if TYPE_CHECKING:
    from cases.lifecycle.models.case import CaseQuerySet

KIND = "letter"  # what it is in the public search
CHANGED = _("Somebody has changed this copy meanwhile. Read it again as it is now.")
OTHER_PERSON = Need(
    lambda copy, by, _at: copy.drafted_by_id != by.pk,
    _("Another person than the one who prepared it has to check it."),
)


class PublicationState(models.TextChoices):
    """Its small life."""

    DRAFTED = "drafted", _("Waiting for the second person")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")

    CURRENT = group(DRAFTED, PUBLISHED)  # at most one for each case


class PublicationQuerySet(models.QuerySet):
    """Which publications."""

    def published(self) -> "PublicationQuerySet":
        """Those on the public site."""
        return self.filter(state=Publication.State.PUBLISHED)

    def current(self) -> "PublicationQuerySet":
        """Drafted or published; at most one for each case."""
        return self.exclude(state=Publication.State.WITHDRAWN)


class Publication(OfCase, models.Model):
    """The public copy of one case. Nothing else of the case is ever shown beside it."""

    State = PublicationState
    MOVED_ON: ClassVar[str | Promise] = CHANGED
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="publications")
    state: "models.CharField[str, str]" = FSMField(
        _("state"),
        max_length=10,
        choices=PublicationState.choices,
        default=PublicationState.DRAFTED,
        protected=True,
    )
    title = models.CharField(_("title"), max_length=120)
    letter = models.TextField(_("letter"))
    reply = models.TextField(_("reply"))
    unit_name = models.CharField(max_length=80)
    channel = models.CharField(max_length=12)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField()
    revision = models.PositiveSmallIntegerField(default=1)
    drafted_by = models.ForeignKey("cases.User", models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    checked_by = models.ForeignKey("cases.User", models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True, db_index=True)
    withdrawn_by = models.ForeignKey("cases.User", models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=200, blank=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("public copy")
        ordering = ["-published_at", "-pk"]
        indexes = [  # every public search asks which are published
            models.Index(
                fields=["id"],
                condition=Q(state=PublicationState.PUBLISHED),
                name="publication_public",
            ),
            models.Index(fields=["state", "drafted_at"], name="publication_state_drafted"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=~Q(state=PublicationState.WITHDRAWN),
                name="publication_current_once",
            ),
            models.CheckConstraint(
                condition=~Q(state=PublicationState.PUBLISHED)
                | ~Q(checked_by=models.F("drafted_by")),
                name="publication_second_person",
            ),
        ]

    @property
    def days(self) -> int:
        """Natural days from the letter to its reply; 0 is the same day."""
        asked, answered = timezone.localdate(self.asked_at), timezone.localdate(self.answered_at)
        return (answered - asked).days

    def case_rows(self) -> "CaseQuerySet":
        """The table of cases."""
        return Case.objects.all()

    def case_pk(self) -> int:
        """Id of the case whose row is locked first."""
        return self.case_id

    def fresh(self, case: Case) -> "Publication":
        """A newly read copy bound to the locked case."""
        found = type(self).objects.get(pk=self.pk)
        found.case = case
        return found

    def parties(self) -> "tuple[Case, None]":
        """The case, which keeps what happens to its copy."""
        return self.case, None

    def told(self) -> Payload:
        """Which copy, in which wording: an event never holds the text."""
        return {"publication": self.pk, "revision": self.revision}

    @step("case.publish", "publication_revised", source=PublicationState.DRAFTED)
    def revise(
        self, *, by: Person, at: datetime, revision: int, title: str, letter: str, reply: str
    ) -> Payload:
        """Change a copy that waits; whoever changed it last may not be its checker."""
        self._must_be(revision)
        check(self.case, title, letter, reply)
        self.title, self.letter, self.reply = title.strip(), letter.strip(), reply.strip()
        self.drafted_by_id, self.drafted_at = account_of(by), at
        self.revision += 1
        return self.told()

    @step(
        "case.publish",
        "published",
        OTHER_PERSON,
        source=PublicationState.DRAFTED,
        target=PublicationState.PUBLISHED,
    )
    def publish(self, *, by: Person, at: datetime, revision: int) -> Payload:
        """The second person puts it on the public site, exactly as they saw it (``revision``)."""
        self._must_be(revision)
        publishable(self.case)
        check(self.case, self.title, self.letter, self.reply)
        self.checked_by_id, self.published_at = account_of(by), at
        note(KIND, self.pk)
        return self.told()

    @step(
        "case.publish",
        "withdrawn_publication",
        source=PublicationState.CURRENT,
        target=PublicationState.WITHDRAWN,
    )
    def withdraw(self, *, by: Person, at: datetime, reason: str) -> Payload:
        """Take it off the site, or drop one that was prepared; the citizen may ask for it any time."""
        if not reason.strip():
            raise Refused(gettext("Write why it is withdrawn."))
        self.withdrawn_by_id, self.withdrawn_at = account_of(by), at
        self.withdrawn_reason = reason.strip()[:200]
        note(KIND, self.pk)
        return self.told() | {"reason": self.withdrawn_reason}

    def _must_be(self, revision: int) -> None:
        if self.revision != revision:
            raise IllegalStep(str(CHANGED))
