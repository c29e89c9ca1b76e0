"""What is kept of call-backs, ratings and figures, one file a subject."""

from satisfaction.calling.models.attempt import CallbackAttempt
from satisfaction.dissatisfied.models.dissatisfaction_review import DissatisfactionReview
from satisfaction.rating.models.evaluation import Evaluation
from satisfaction.rollup.models.rolled import RolledMonth

__all__ = ["CallbackAttempt", "DissatisfactionReview", "Evaluation", "RolledMonth"]
