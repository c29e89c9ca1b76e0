"""Ask the server's engine, and the one inside the database when it is away."""

from dataclasses import replace
from typing import TYPE_CHECKING

from cases.people.person import Person
from search.engines.port import Engine, EngineAway, Health, Like, Query, Result

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cases.models import Case


class Standby:
    """What pages ask: ``first``, or ``second`` with the answer marked ``degraded``."""

    def __init__(self, first: Engine, second: Engine) -> None:
        self.first = first
        self.second = second

    def search(self, query: Query, visible: "QuerySet[Case]") -> Result:
        """Answer within ``visible``; by relevance the other engine begins at its first page."""
        try:
            return self.first.search(query, visible)
        except EngineAway:
            return replace(self.second.search(query, visible), degraded=True)

    def similar(
        self, text: str, visible: "QuerySet[Case]", limit: int = 5, *, viewer: Person | None = None
    ) -> list[Like]:
        """Return the most alike cases within ``visible``, best first."""
        try:
            return self.first.similar(text, visible, limit, viewer=viewer)
        except EngineAway:
            return self.second.similar(text, visible, limit, viewer=viewer)

    def health(self) -> Health:
        """State of both: ``broken`` only when neither can answer."""
        parts = {one.name: one.health() for one in (self.first, self.second)}
        said = {part["status"] for part in parts.values()}
        if said <= {"ok", "behind"}:
            status = "behind" if "behind" in said else "ok"
        else:
            status = "degraded" if said & {"ok", "behind"} else "broken"
        return {"status": status, "engines": parts}
