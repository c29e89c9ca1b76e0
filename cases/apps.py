"""The core app: what a case is and what may be done to it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    """Registers the models of the core; it imports none of the other apps."""

    name = "cases"
    verbose_name = _("Cases")
