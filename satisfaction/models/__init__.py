"""What is kept of call-backs and ratings, one file a subject."""

from satisfaction.models.attempt import CallbackAttempt
from satisfaction.models.evaluation import Evaluation
from satisfaction.models.review import DissatisfactionReview

__all__ = ["CallbackAttempt", "DissatisfactionReview", "Evaluation"]
