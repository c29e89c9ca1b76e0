"""Who acts, as every verb knows them: a member of staff, the citizen, or the system itself.

Verbs take ``by: Person``. There is no ambient user. A platform that hands cases over will be one more.
"""

from dataclasses import dataclass
from typing import Protocol

from cases.errors import NotPermitted


class Person(Protocol):
    """What is asked of whoever acts; ``User`` has it, and ``Actor`` for those without an account."""

    @property
    def kind(self) -> str:
        """``staff``, ``citizen`` or ``system``, as events keep it."""

    @property
    def pk(self) -> int | None:
        """The account; ``None`` without one."""

    @property
    def name(self) -> str:
        """As it is shown."""

    @property
    def unit_id(self) -> int | None:
        """Where they work."""

    @property
    def unit_name(self) -> str:
        """Its name at this moment, for the record; empty without a unit."""

    @property
    def roles(self) -> frozenset[str]:
        """Slugs of ``words.Role``."""

    @property
    def unit_ids(self) -> frozenset[int]:
        """Their unit and the units below it."""

    @property
    def barred_ids(self) -> frozenset[int]:
        """The units whose being complained about hides a case from them (``recusal``)."""

    def has_role(self, *roles: str) -> bool:
        """Whether they hold at least one of the roles."""


@dataclass(frozen=True)
class Actor:
    """Somebody without an account."""

    kind: str
    name: str
    pk: None = None
    unit_id: None = None
    unit_name: str = ""
    roles: frozenset[str] = frozenset()
    unit_ids: frozenset[int] = frozenset()
    barred_ids: frozenset[int] = frozenset()

    def has_role(self, *roles: str) -> bool:
        """None."""
        return False


def account_of(by: Person) -> int:
    """Id of the account, where only a member of staff may act; ``NotPermitted`` without one."""
    if by.pk is None:
        raise NotPermitted(f"{by.name} has no account")
    return by.pk


CITIZEN = Actor("citizen", "诉求人")
SYSTEM = Actor("system", "系统")
