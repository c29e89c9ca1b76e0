"""Who acts when it is not a member of staff: the citizen, or the system itself.

Verbs take ``by=``: a ``cases.models.User`` or one of these. There is no ambient user.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    """An actor without an account. ``kind`` is ``citizen`` or ``system``; ``name`` is shown."""

    kind: str
    name: str
    pk: None = None
    unit_id: None = None
    unit_name: str = ""
    roles: frozenset[str] = frozenset()


CITIZEN = Actor("citizen", "诉求人")
SYSTEM = Actor("system", "系统")
