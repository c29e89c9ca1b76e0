"""What is kept of call-backs, ratings and figures, one file a subject."""

from satisfaction.models.attempt import CallbackAttempt
from satisfaction.models.evaluation import Evaluation
from satisfaction.models.review import DissatisfactionReview
from satisfaction.models.rolled import RolledMonth

__all__ = ["CallbackAttempt", "DissatisfactionReview", "Evaluation", "RolledMonth"]
