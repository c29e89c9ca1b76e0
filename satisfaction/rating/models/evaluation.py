"""A citizen's rating (评价) of one round: kept whoever recorded it, one of them valid."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.privacy.identity.finding import Voice
from cases.privacy.models.handled import Handled
from satisfaction.words import LEAST_SATISFIED, Discontent, Rated, RatingChannel, Score


class EvaluationQuerySet(models.QuerySet["Evaluation"]):
    """Which ratings."""

    def valid(self) -> "EvaluationQuerySet":
        """The one of each round that counts."""
        return self.filter(is_valid=True)

    def handling(self) -> "EvaluationQuerySet":
        """Ratings of how the matter was handled, not of a call."""
        return self.filter(rated=Rated.HANDLING)


class Evaluation(Handled):
    """``unit`` is the lead unit of that round, so that a later rework elsewhere changes no figure."""

    HANDLED: ClassVar[dict[str, Voice]] = {"comment": Voice.CITIZEN}

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="evaluations")
    round = models.PositiveSmallIntegerField(_("round"))
    unit = models.ForeignKey("cases.Unit", models.PROTECT, null=True, verbose_name=_("unit"))
    rated = models.CharField(_("object"), max_length=10, choices=Rated, default="handling")
    score = models.PositiveSmallIntegerField(_("satisfaction"), choices=Score)
    contacted = models.BooleanField(_("contacted"), null=True)
    passed_on = models.BooleanField(_("passed on by the office"), null=True)  # see ``passing_on``
    solved = models.BooleanField(_("solved"), null=True)
    reasons = models.JSONField(_("reasons"), default=list)
    comment = models.TextField(_("comment"), blank=True)
    channel = models.CharField(_("channel"), max_length=6, choices=RatingChannel)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey("cases.User", models.PROTECT, null=True, verbose_name=_("agent"))
    is_valid = models.BooleanField(_("counts"), default=True)

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "round", "rated"],
                condition=Q(is_valid=True),
                name="evaluation_one_valid",
            ),
            models.CheckConstraint(
                condition=Q(score__gte=1, score__lte=5), name="evaluation_score_1_to_5"
            ),
        ]
        indexes = [
            models.Index(fields=["at"], condition=Q(is_valid=True), name="evaluation_valid_at"),
            models.Index(fields=["unit", "at"], name="evaluation_unit_at"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} · {self.get_score_display()}"

    @property
    def is_satisfied(self) -> bool:
        """基本满意 and better."""
        return self.score >= LEAST_SATISFIED

    def reason_words(self) -> str:
        """The reasons as a person reads them."""
        words = dict(Discontent.choices)
        return "、".join(str(words.get(code, code)) for code in self.reasons)
