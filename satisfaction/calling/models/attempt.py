"""One attempt to call a citizen back (回访) about one round of a case."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.privacy.identity.finding import Voice
from cases.privacy.models.handled import Handled
from satisfaction.words import CallResult, Discontent, Score


class CallbackAttempt(Handled):
    """What happened on the line; kept whatever came of it."""

    HANDLED: ClassVar[dict[str, Voice]] = {"note": Voice.CITIZEN}

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="callbacks")
    round = models.PositiveSmallIntegerField(_("round"))
    number = models.PositiveSmallIntegerField(_("attempt"))
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey("cases.User", models.PROTECT, null=True, verbose_name=_("agent"))
    result = models.CharField(_("result"), max_length=16, choices=CallResult)
    contacted = models.BooleanField(_("contacted"), null=True)
    passed_on = models.BooleanField(_("passed on by the office"), null=True)  # see ``passing_on``
    solved = models.BooleanField(_("solved"), null=True)
    satisfaction = models.PositiveSmallIntegerField(_("satisfaction"), choices=Score, null=True)
    attitude = models.PositiveSmallIntegerField(_("manner"), choices=Score, null=True)
    speed = models.PositiveSmallIntegerField(_("speed"), choices=Score, null=True)
    outcome = models.PositiveSmallIntegerField(_("result of handling"), choices=Score, null=True)
    reason = models.CharField(_("reason"), max_length=16, choices=Discontent, blank=True)
    note = models.TextField(_("note"), blank=True)
    next_try_at = models.DateTimeField(_("next attempt"), null=True)

    class Meta:
        verbose_name = _("call-back attempt")
        verbose_name_plural = _("call-back attempts")
        ordering = ["case_id", "at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "round", "number"], name="attempt_once"),
        ]
        indexes = [models.Index(fields=["by", "at"], name="attempt_by_at")]

    def __str__(self) -> str:
        return f"{self.case_id} · {self.number} · {self.get_result_display()}"
