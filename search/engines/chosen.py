"""The engines of this installation.

The one inside the database is always kept up. With ``ELASTICSEARCH_URL`` the server's is asked first and
the other stands by.
"""

from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings

from search.engines.embedded import EmbeddedEngine
from search.engines.port import Engine, Health, SearchPort
from search.engines.standby import Standby

if TYPE_CHECKING:
    from search.engines.elastic.engine import ElasticEngine

EMBEDDED = EmbeddedEngine()


def elastic() -> "ElasticEngine | None":
    """Return the engine on the search server, if one is set."""
    urls = settings.ELASTICSEARCH_URLS
    if not urls:
        return None
    return _elastic(tuple(urls), settings.ELASTICSEARCH_PREFIX, settings.ELASTICSEARCH_CA)


@cache
def _elastic(urls: tuple[str, ...], prefix: str, ca_certs: str) -> "ElasticEngine":
    from search.engines.elastic.engine import ElasticEngine  # noqa: PLC0415 - only where it is used

    return ElasticEngine(list(urls), prefix, ca_certs)


def engines() -> list[Engine]:
    """Every index that is kept up."""
    server = elastic()
    return [EMBEDDED, server] if server else [EMBEDDED]


def engine() -> SearchPort:
    """Return the engine that pages ask."""
    server = elastic()
    return Standby(server, EMBEDDED) if server else EMBEDDED


def health() -> Health:
    """State of the search for ``/health/``."""
    return engine().health()
