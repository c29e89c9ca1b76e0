"""The server: one client a process, short patience, and a pause after each failure."""

from collections.abc import Callable
from time import monotonic
from typing import Any, TypeVar

import structlog
from elasticsearch import ApiError, Elasticsearch, NotFoundError, TransportError

from search.port import EngineAway

ASKING_SECONDS = 2  # a page waits no longer
TELLING_SECONDS = 30  # background work may
PAUSE_SECONDS = 5  # after a failure nobody tries for so long
BUSY = frozenset({429, 502, 503, 504})
NO_INDEX = "The search server has no index: run rebuild_index."
T = TypeVar("T")
log = structlog.get_logger("search")


class Server:
    """A cluster by its addresses; whatever fails because it is away raises ``EngineAway``."""

    def __init__(self, urls: list[str], ca_certs: str = "") -> None:
        more: dict[str, Any] = {"ca_certs": ca_certs} if ca_certs else {}
        self.client = Elasticsearch(
            urls,
            request_timeout=ASKING_SECONDS,
            max_retries=len(urls) - 1,  # another node, never the same again
            retry_on_timeout=False,
            **more,
        )
        self.patient = self.client.options(request_timeout=TELLING_SECONDS)
        self._not_before = 0.0

    def ask(self, act: Callable[[Elasticsearch], T]) -> T:
        """Ask for a page that somebody waits for."""
        return self._guarded(act, self.client)

    def tell(self, act: Callable[[Elasticsearch], T]) -> T:
        """Do background work."""
        return self._guarded(act, self.patient)

    def _guarded(self, act: Callable[[Elasticsearch], T], client: Elasticsearch) -> T:
        now = monotonic()
        if now < self._not_before:
            raise EngineAway("The search server did not answer a moment ago.")
        was_away = self._not_before > 0
        if was_away:
            self._not_before = now + PAUSE_SECONDS  # one tries, the others go on without
        try:
            answer = act(client)
        except NotFoundError as error:
            self._not_before = 0.0  # it answered
            raise EngineAway(NO_INDEX) from error
        except (TransportError, ApiError) as error:
            if isinstance(error, ApiError) and error.status_code not in BUSY:
                self._not_before = 0.0
                raise
            self._not_before = monotonic() + PAUSE_SECONDS
            if not was_away:
                log.warning("search server away", reason=type(error).__name__)
            raise EngineAway("The search server does not answer.") from error
        self._not_before = 0.0
        return answer
