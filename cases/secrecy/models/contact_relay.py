"""The office asks the citizen on a unit's behalf, because the unit must not know who it is (代为联系)."""

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.privacy.handling import Knowledge
from cases.privacy.identity.finding import Voice
from cases.privacy.models.handled import Handled
from cases.words import AssignmentState

if TYPE_CHECKING:
    from cases.lifecycle.identity import CaseIdentity


class RelayResult(models.TextChoices):
    """How the office's call went."""

    REACHED = "reached", _("Reached, answer below")
    NOT_REACHED = "not_reached", _("Not reached on several tries")
    REFUSED = "refused", _("The citizen does not want to be contacted")


class ContactRelayQuerySet(models.QuerySet["ContactRelay"]):
    """Which questions."""

    def waiting(self) -> "ContactRelayQuerySet":
        """Those the office can still answer: their task is with the unit, its reply not signed off."""
        return self.filter(answered_at=None, assignment__state__in=AssignmentState.SIGNED_FOR)


class ContactRelay(Handled):
    """One question of one task; the answer names nobody."""

    CASE: ClassVar[str] = "assignment__case"
    HANDLED: ClassVar[dict[str, Voice]] = {"question": Voice.UNIT, "answer": Voice.CITIZEN}

    assignment = models.ForeignKey("cases.Assignment", models.PROTECT, related_name="relays")
    question = models.TextField(_("what to ask or tell"))
    asked_by = models.ForeignKey("cases.User", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked at"))
    result = models.CharField(_("result"), max_length=12, choices=RelayResult, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey("cases.User", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(_("answered at"), null=True)

    objects = ContactRelayQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact made by the office")
        verbose_name_plural = _("contacts made by the office")
        ordering = ["asked_at", "pk"]
        indexes = [
            models.Index(fields=["asked_at"], condition=Q(answered_at=None), name="relay_waiting"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment"], condition=Q(answered_at=None), name="relay_one_waits"
            ),
        ]

    def reads_with(self, name: str, case: "CaseIdentity") -> Knowledge:
        """A unit's own words: see ``CaseIdentity.knowledge_of_unit``; of the office's answer the flat stays.

        Whoever asks where to go would ask in vain, and the office learnt from the citizen what it may say.
        """
        if name == "question":
            return case.knowledge_of_unit(self.asked_by_id)
        return replace(case.knowledge(), shows_homes=True)

    def _guesses(self, case: "CaseIdentity") -> set[str]:
        return super()._guesses(case) - {"answer"}
