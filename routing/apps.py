"""Who should handle a case, and why."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RoutingConfig(AppConfig):
    """Dispatch catalogue, rules, suggestions, the dispatcher's desk."""

    name = "routing"
    verbose_name = _("Routing")
