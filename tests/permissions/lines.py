"""One line of the declared table: an address, who may open it, and how it is asked for."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from tests.permissions.county import County

UNIT = frozenset({"clerk", "leader"})
UNITS = UNIT | {"stranger", "accused"}  # whatever unit they work for
OFFICE = frozenset({"operator", "dispatcher", "reviewer", "callback", "supervisor"})
ADMINISTRATORS = frozenset({"system_admin", "security_admin", "audit_admin"})
STAFF = OFFICE | UNITS | ADMINISTRATORS
EVERYBODY = STAFF | {"anonymous"}

Given = Callable[[County], dict[str, Any]]


def nothing(_county: County) -> dict[str, Any]:
    """No parts in the address, nothing to send."""
    return {}


@dataclass(frozen=True)
class Line:
    """One address and method. ``data``: what is posted, complete, so that the right role succeeds.

    ``is_act``: for the allowed something is written; ``None``: perhaps.
    ``others``: other statuses, by column.
    """

    name: str
    allowed: frozenset[str]
    parts: Given = nothing
    data: Given | None = None
    status: int = 200
    is_act: bool | None = False
    others: dict[str, int] = field(default_factory=dict)

    @property
    def method(self) -> str:
        """GET, or POST when something is sent."""
        return "GET" if self.data is None else "POST"

    def url(self, county: County) -> str:
        """The address of the row the line speaks of."""
        return reverse(self.name, args=list(self.parts(county).values()))

    def writes(self, column: str) -> bool | None:
        """Whether this column's request leaves a trace."""
        return self.is_act if column in self.allowed else False

    def expected(self, column: str) -> int:
        """The status this column gets."""
        if column in self.others:
            return self.others[column]
        if column in self.allowed:
            return self.status
        return 302 if column == "anonymous" else 404


def page(name: str, *allowed: str, parts: Given = nothing, **more: Any) -> Line:
    """A page to be read."""
    return Line(name, frozenset(allowed), parts, **more)


def act(name: str, *allowed: str, parts: Given, data: Given = nothing, status: int = 303) -> Line:
    """A form of one verb."""
    return Line(name, frozenset(allowed), parts, data, status, is_act=True)


def case(stage: str) -> Given:
    """The number of the case at a stage."""
    return lambda county: {"number": county.case[stage].number}


def task(stage: str) -> Given:
    """The lead task of the case at a stage."""
    return lambda county: {"pk": county.case[stage].lead().pk}


def sent(**data: Any) -> Given:
    """The same form whatever the rows."""
    return lambda _county: data
