"""The server: one client a process, short patience, and a pause after each failure."""

from collections.abc import Callable
from time import monotonic
from typing import Any, TypeVar

import structlog
from elastic_transport import SerializationError, TlsError
from elastic_transport.client_utils import DEFAULT
from elasticsearch import (
    ApiError,
    Elasticsearch,
    NotFoundError,
    TransportError,
    UnsupportedProductError,
)

from search.engines.absence import FOREIGN, LOCKED, NO_INDEX, REFUSED, SILENT, UNTRUSTED
from search.engines.port import EngineAway

ASKING_SECONDS = 2  # a page waits no longer
TELLING_SECONDS = 30  # background work may
PAUSE_SECONDS = 5  # after a failure nobody tries for so long
BUSY = frozenset({429, 502, 503, 504})
SHUT = frozenset({401, 403})  # the account, or the whole index: nothing is wrong with what was told
Json = dict[str, Any]  # what the server is told, and what it answers
T = TypeVar("T")
log = structlog.get_logger("search")


class Server:
    """A cluster by its addresses; whatever fails because it is away raises ``EngineAway``."""

    def __init__(self, urls: list[str], ca_certs: str = "") -> None:
        self.client = Elasticsearch(
            urls,
            request_timeout=ASKING_SECONDS,
            max_retries=len(urls) - 1,  # another node, never the same again
            retry_on_timeout=False,
            ca_certs=ca_certs or DEFAULT,
        )
        self.patient = self.client.options(request_timeout=TELLING_SECONDS)
        self._not_before = 0.0
        self._told = SILENT

    def ask(self, act: Callable[[Elasticsearch], T]) -> T:
        """Ask for a page that somebody waits for."""
        return self._guarded(act, self.client)

    def tell(self, act: Callable[[Elasticsearch], T]) -> T:
        """Do background work."""
        return self._guarded(act, self.patient)

    def _guarded(self, act: Callable[[Elasticsearch], T], client: Elasticsearch) -> T:
        now = monotonic()
        if now < self._not_before:
            raise EngineAway(self._told)  # as it was a moment ago
        was_away = self._not_before > 0
        if was_away:
            self._not_before = now + PAUSE_SECONDS  # one tries, the others go on without
        try:
            answer = act(client)
        except NotFoundError as error:
            self._not_before = 0.0  # it answered
            raise EngineAway(NO_INDEX) from error
        except (TransportError, ApiError) as error:
            if _is_about_the_question(error):
                self._not_before = 0.0
                raise
            self._not_before = monotonic() + PAUSE_SECONDS
            self._told = _absence(error)
            if not was_away:
                log.warning("search server away", reason=self._told)
            raise EngineAway(self._told) from error
        self._not_before = 0.0
        return answer


def _is_about_the_question(error: TransportError | ApiError) -> bool:
    if isinstance(error, TransportError | UnsupportedProductError):
        return False
    return error.status_code not in BUSY | SHUT


def _absence(error: TransportError | ApiError) -> str:
    """Say why it cannot be asked, in a sentence of ours: an error may quote what was sent."""
    if isinstance(error, TlsError):
        return UNTRUSTED
    if isinstance(error, UnsupportedProductError | SerializationError):
        return FOREIGN
    if isinstance(error, ApiError) and error.status_code in SHUT:
        return LOCKED if "cluster_block" in str(error.message) else REFUSED
    return SILENT
