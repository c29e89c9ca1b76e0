"""The app that asks whether it helped: call-backs, ratings, reviews, figures."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SatisfactionConfig(AppConfig):
    """Registers the models of call-backs and ratings."""

    name = "satisfaction"
    verbose_name = _("Satisfaction and figures")
