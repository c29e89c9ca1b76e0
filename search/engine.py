"""The engine of this installation, chosen by the setting ``SEARCH_URL``."""

from functools import cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from search.engines.embedded import EmbeddedEngine
from search.port import Engine


@cache
def _engine(url: str) -> Engine:
    if url == "embedded://":
        return EmbeddedEngine()
    raise ImproperlyConfigured(f"SEARCH_URL {url!r}: only embedded:// is known")


def engine() -> Engine:
    """Return the engine; without a setting the one inside the database."""
    return _engine(getattr(settings, "SEARCH_URL", "") or "embedded://")


def health() -> dict[str, object]:
    """State of the search for ``/health/``."""
    return engine().health()
