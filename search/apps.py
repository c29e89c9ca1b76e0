"""Application settings of search."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """Finding cases and their like."""

    name = "search"
    verbose_name = _("Search")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the upkeep of the index, the synonyms as reference data, the book of exports."""
        from search.asking import reference  # noqa: F401, PLC0415 - models must be loaded first
        from search.exports import book  # noqa: F401, PLC0415
        from search.indexing import upkeep  # noqa: F401, PLC0415 - models must be loaded first
