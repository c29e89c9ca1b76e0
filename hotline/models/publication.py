"""A letter and its reply as everybody may read them: de-identified, checked by a second person."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PublicationState(models.TextChoices):
    """Its small life."""

    DRAFTED = "drafted", _("Waiting for the second person")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class PublicationQuerySet(models.QuerySet):
    """Which publications."""

    def published(self) -> "PublicationQuerySet":
        """Those on the public site."""
        return self.filter(state=Publication.State.PUBLISHED)

    def current(self) -> "PublicationQuerySet":
        """Drafted or published; at most one for each case."""
        return self.exclude(state=Publication.State.WITHDRAWN)


class Publication(models.Model):
    """The public copy of one case. Nothing else of the case is ever shown beside it."""

    State = PublicationState
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="publications")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFTED)
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
