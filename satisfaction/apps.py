"""The app that asks whether it helped: call-backs, ratings, reviews, figures."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SatisfactionConfig(AppConfig):
    """Registers the models of call-backs and ratings."""

    name = "satisfaction"
    verbose_name = _("Satisfaction and figures")

    def ready(self) -> None:
        """Register the upkeep of the rolled-up figures as a consumer of the outbox."""
        from satisfaction.rollup import upkeep  # noqa: F401, PLC0415 - models must be loaded first
