"""The core app: what a case is and what may be done to it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    """Registers the books of the core; it imports none of the other apps."""

    name = "cases"
    verbose_name = _("Cases")

    def ready(self) -> None:
        """Register the books: what has a record of its own."""
        from cases.accounts import recording  # noqa: F401, PLC0415 - models must be loaded first
        from cases.lifecycle import book  # noqa: F401, PLC0415
        from cases.system import book as of_the_system  # noqa: F401, PLC0415
