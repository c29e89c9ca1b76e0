"""The closed lists of call-backs and ratings: stored slug (English) and the word a person reads.

Sources: five levels GB/T 39734 and GB/T 39735 (`domain.md` §6); result codes `domain.md` §10.3.
"""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Score(IntegerChoices):
    """The citizen's word in five levels."""

    VERY_SATISFIED = 5, pgettext_lazy("rating", "Very satisfied")
    SATISFIED = 4, pgettext_lazy("rating", "Satisfied")
    FAIRLY_SATISFIED = 3, pgettext_lazy("rating", "Fairly satisfied")
    DISSATISFIED = 2, pgettext_lazy("rating", "Dissatisfied")
    VERY_DISSATISFIED = 1, pgettext_lazy("rating", "Very dissatisfied")


LEAST_SATISFIED = 3  # 基本满意 and better count as satisfied; below, a reason is needed


class CallResult(TextChoices):
    """How one attempt to call back went."""

    REACHED = "reached", _("Reached")
    NO_ANSWER = "no_answer", _("No answer")
    BUSY = "busy", _("Busy")
    REFUSED = "refused", _("Does not want to answer")
    WRONG_NUMBER = "wrong_number", _("Wrong number")


class Rated(TextChoices):
    """What is rated: the call itself or how the matter was handled; never mixed."""

    HANDLING = "handling", pgettext_lazy("rated", "Handling")
    CALL = "call", pgettext_lazy("rated", "Call")


class RatingChannel(TextChoices):
    """The way the rating reached the office."""

    PHONE = "phone", _("Call-back")
    WEB = "web", _("Website")
    SMS = "sms", _("Text message")
    IVR = "ivr", _("Phone keys")


class Discontent(TextChoices):
    """Why a citizen is dissatisfied; one is asked for at two points or fewer."""

    NOT_CONTACTED = "not_contacted", _("Nobody contacted me")
    NOT_SOLVED = "not_solved", _("The problem is still there")
    UNTRUE = "untrue", _("The reply does not say what is so")
    EMPTY = "empty", _("The reply is too general")
    SLOW = "slow", _("It took too long")
    ATTITUDE = "attitude", _("The manner was not good")
    POLICY = "policy", _("I do not agree with the rule")
    OTHER = "other", _("Another reason")


class DissatisfactionDecision(TextChoices):
    """What a second person decides about a dissatisfied citizen's case."""

    REWORK = "rework", pgettext_lazy("decision", "Rework")
    EXPLAINED = "explained", _("Close with explanation")
