"""Saved questions, whom they are shared with, and who is told of new matches.

Only the question is kept, never what it found: whoever opens it gets the answer they may see.
"""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.people.permissions import SightScope, scope_of
from cases.people.person import Person
from search.asking.question import Question

MORNING = 8  # o'clock, office time: when the daily word comes
LOOK_AGAIN = timedelta(minutes=10)  # after a look that found nothing new


class Audience(models.TextChoices):
    """Who may open a saved search besides its owner."""

    PRIVATE = "private", _("Only me")
    OFFICE = "office", _("Everybody in the office")
    UNIT = "unit", _("Everybody in my unit")


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    """Which saved searches."""

    def open_to(self, user: Person) -> "SavedSearchQuerySet":
        """The person's own, and what the office (or their very unit) shares; none without a role."""
        scope = scope_of(user)
        if scope.sees_nothing:
            return self.none()
        shared = (
            Q(audience=Audience.OFFICE)
            if scope.is_office
            else Q(audience=Audience.UNIT, unit=user.unit_id)
        )
        return self.filter(Q(owner=user.pk) | shared)


class SavedSearch(models.Model):
    """A question under a name."""

    owner = models.ForeignKey("cases.User", models.CASCADE, related_name="saved_searches")
    name = models.CharField(_("name"), max_length=40)
    question = models.JSONField()  # of ``Question.as_json``
    audience = models.CharField(
        _("shared with"), max_length=8, choices=Audience, default=Audience.PRIVATE
    )
    unit = models.ForeignKey("cases.Unit", models.CASCADE, null=True, related_name="+")
    saved_at = models.DateTimeField(_("saved at"))

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="saved_search_name_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def asked(self) -> Question:
        """The question itself."""
        return Question.from_json(self.question)

    @property
    def is_shared(self) -> bool:
        """Whether others may open it."""
        return self.audience != Audience.PRIVATE

    def share(self, user: Person, *, shared: bool) -> None:
        """Share with the owner's office or unit, or no longer; strangers' subscriptions end with it."""
        scope: SightScope = scope_of(user)
        self.audience, self.unit_id = Audience.PRIVATE, None
        if shared:
            self.audience = Audience.OFFICE if scope.is_office else Audience.UNIT
            self.unit_id = None if scope.is_office else user.unit_id
        self.save(update_fields=["audience", "unit"])
        if not shared:
            self.subscriptions.exclude(user=self.owner_id).delete()


class Subscription(models.Model):
    """Somebody wants to be told of new matches, at most once an hour or a day."""

    class Every(models.TextChoices):
        """How often at most."""

        HOUR = "hour", _("At most once an hour")
        DAY = "day", _("Once a day at 8:00")

    search = models.ForeignKey(SavedSearch, models.CASCADE, related_name="subscriptions")
    user = models.ForeignKey("cases.User", models.CASCADE, related_name="+")
    every = models.CharField(max_length=4, choices=Every)
    next_at = models.DateTimeField(db_index=True)
    known = models.BinaryField(null=True)  # of ``search.asking.known``; none until the first look
    indexed = models.DateTimeField()  # what was indexed later is to be looked at
    sight = models.CharField(
        max_length=64, blank=True
    )  # what the person might see at the last look
    looked_at = models.DateTimeField(null=True)  # the last look that was answered in full
    failing_since = models.DateTimeField(null=True)
    is_delay_told = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        constraints = [
            models.UniqueConstraint(fields=["search", "user"], name="subscription_once"),
        ]

    def rest(self, *, at: datetime, has_told: bool) -> None:
        """Set when to look next (not saved)."""
        if self.every == self.Every.DAY:
            local = timezone.localtime(at)
            morning = local.replace(hour=MORNING, minute=0, second=0, microsecond=0)
            self.next_at = morning if local < morning else morning + timedelta(days=1)
        else:
            self.next_at = at + (timedelta(hours=1) if has_told else LOOK_AGAIN)
