"""What citizens said: the three rates, and how many said anything (`domain.md` §5.2, §6).

Only valid ratings of the handling count; who was not reached or did not answer is in no rate of opinion
but in the participation that stands beside it.
"""

from datetime import datetime
from functools import partial

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from cases.words import AssignmentState, CaseState
from satisfaction.metrics.metric import RATING, TASK, Metric
from satisfaction.metrics.timeliness import LEADS
from satisfaction.metrics.volume import always, counted_tasks, uncounted_cases
from satisfaction.rating.models.evaluation import Evaluation, EvaluationQuerySet
from satisfaction.words import LEAST_SATISFIED

KEPT_OUT = _("test, void and merged cases; citizens not reached or not answering")
BY_RATING = _("the day of the rating")


def ratings() -> EvaluationQuerySet:
    """Valid ratings of the handling of counted cases; one at most for each round."""
    return Evaluation.objects.valid().handling().exclude(case__in=uncounted_cases())


def rated(_at: datetime) -> Q:
    """Tasks of a round with a valid rating."""
    mine = {"case": OuterRef("case"), "round": OuterRef("round")}
    return Q(Exists(Evaluation.objects.valid().handling().filter(**mine).order_by()))


def ended(at: datetime) -> Q:
    """Rounds whose reply was accepted and whose call-back is over, as their lead tasks.

    A round superseded before the citizen was asked (sent to rework by the office) is none.
    """
    asked = Q(state=AssignmentState.DONE) | (Q(state=AssignmentState.REWORKED) & rated(at))
    waiting = Case.objects.filter(
        pk=OuterRef("case"), state=CaseState.CALLBACK, round__lte=OuterRef("round")
    )
    return LEADS & asked & ~Q(Exists(waiting.order_by()))


_rating = partial(
    Metric,
    of=RATING,
    exclusions=KEPT_OUT,
    dated="at",
    attribution=BY_RATING,
    source="domain §6",
    rows=ratings,
)

METRICS = (
    _rating(
        slug="satisfied",
        name=_("Satisfaction rate"),
        definition=_(
            "Fairly satisfied and better, of all valid ratings. No answer is never satisfied."
        ),
        numerator=_("valid ratings of 3, 4 or 5"),
        denominator=_("valid ratings of the handling given in the period"),
        counted=always(Q(score__gte=LEAST_SATISFIED)),
    ),
    _rating(
        slug="satisfied_top_two",
        name=_("Satisfaction rate, top two levels"),
        definition=_("The narrower reading: only the two highest of five levels."),
        numerator=_("valid ratings of 4 or 5"),
        denominator=_("valid ratings of the handling given in the period"),
        counted=always(Q(score__gte=LEAST_SATISFIED + 1)),
    ),
    Metric(
        slug="participation",
        name=_("Participation rate"),
        of=TASK,
        definition=_("How many of those who could say something did."),
        numerator=_("rounds with a valid rating"),
        denominator=_("rounds whose reply was accepted in the period and whose call-back is over"),
        exclusions=_("test, void and merged cases; rounds sent to rework before the call-back"),
        dated="reviewed_at",
        attribution=_("the day the reply was accepted"),
        rows=counted_tasks,
        among=ended,
        counted=rated,
        source="domain §6",
    ),
    _rating(
        slug="solved_rate",
        name=_("Solved rate"),
        definition=_("Solved in the citizen's own word, not the unit's."),
        numerator=_("answered “solved”"),
        denominator=_("valid ratings with an answer to “is it solved?”"),
        among=always(Q(solved__isnull=False)),
        counted=always(Q(solved=True)),
    ),
    _rating(
        slug="contacted_rate",
        name=_("Contact rate"),
        definition=_("The unit got in touch, in the citizen's own word."),
        numerator=_("answered “contacted”"),
        denominator=_(
            "valid ratings with an answer to “were you contacted?”"
        ),  # see ``passing_on``
        among=always(Q(contacted__isnull=False)),
        counted=always(Q(contacted=True)),
    ),
)
