"""The units a case is about (被反映单位): each a row, so that a letter about two bureaus bars both lines."""

from collections.abc import Iterable

from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _


class RespondentQuerySet(models.QuerySet["Respondent"]):
    """Which of them."""

    def accused(self) -> "RespondentQuerySet":
        """Complained about at this moment: their lines must not learn of the case."""
        return self.filter(is_accused=True, withdrawn_at=None)


class Respondent(models.Model):
    """What somebody said of one unit and one case: it is complained about, or only named in the text.

    Never changed, only withdrawn; ``named_by`` is empty where the citizen or a program said it.
    """

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="respondents")
    unit = models.ForeignKey("cases.Unit", models.PROTECT, related_name="+")
    is_accused = models.BooleanField(default=True)
    named_by = models.ForeignKey("cases.User", models.PROTECT, null=True, related_name="+")
    named_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey("cases.User", models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    objects = RespondentQuerySet.as_manager()

    class Meta:
        verbose_name = _("unit complained about")
        verbose_name_plural = _("units complained about")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(  # also the index by which each row of a list is asked
                fields=["case", "unit"],
                condition=Q(withdrawn_at=None),
                name="respondent_one_word_a_unit",
            ),
        ]


class IsAbout(Func):
    """Whether one of ``units`` (ids) is accused in the case at ``path``; a condition of the asking row.

    Says in SQL what ``accused`` says: unit people's every query holds it once or oftener, and a subquery of
    the ORM takes longer to write than to answer (a page of five such queries: 3 ms).
    """

    output_field = models.BooleanField()
    template = (
        "EXISTS(SELECT 1 FROM cases_respondent about WHERE about.case_id = %(expressions)s"
        " AND about.is_accused AND about.withdrawn_at IS NULL AND about.unit_id IN (%(units)s))"
    )

    def __init__(self, path: str, units: Iterable[int]) -> None:
        """``units`` are numbers; none: about nobody."""
        ids = ", ".join(str(int(unit)) for unit in sorted(units)) or "NULL"
        super().__init__(F(path), units=ids)


def is_about(units: Iterable[int], path: str = "pk") -> IsAbout:
    """The condition that the case at ``path`` (from the asking row) is about one of ``units`` (ids)."""
    return IsAbout(path, units)
