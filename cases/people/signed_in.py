"""Who is signed in, read once for each request: the account with its unit, roles and the tree of units."""

from django.contrib.auth.backends import ModelBackend
from django.db import connection

from cases.people.models.staff import User
from cases.people.models.unit import Unit
from cases.people.recusal import Row, Tree
from cases.shapes import Payload

# Said in SQL: making the text anew cost every page more than asking the question.
ACCOUNT = """
SELECT a.*, u.code AS unit_code, u.name AS named, u.short_name AS short, u.kind AS unit_kind,
       (SELECT {listed}(r.role, ',') FROM cases_userrole r WHERE r.user_id = a.id) AS all_roles,
       (SELECT {listed}(b.id || ':' || coalesce(CAST(b.parent_id AS text), '') || ':' || b.kind, ',')
        FROM cases_unit b) AS all_units
FROM cases_user a LEFT JOIN cases_unit u ON u.id = a.unit_id WHERE a.id = %s
"""
LISTED = {"postgresql": "string_agg", "sqlite": "group_concat"}


def _parts(text: str | None) -> list[str]:
    return text.split(",") if text else []


def _row(text: str) -> Row:
    pk, above, kind = text.split(":")
    return int(pk), int(above) if above else None, kind


def _unit(read: Payload) -> Unit:
    names = ["id", "code", "name", "short_name", "kind"]
    values = [read[one] for one in ("unit_id", "unit_code", "named", "short", "unit_kind")]
    return Unit.from_db(connection.alias, names, values)  # what is left out is read when asked for


class StaffBackend(ModelBackend):
    """Django's own log-in; whoever is signed in costs one query instead of four."""

    def get_user(self, user_id: int) -> User | None:
        """The account, if it may still be used, knowing its unit, roles and the tree of units."""
        statement = ACCOUNT.format(listed=LISTED[connection.vendor])
        user = next(iter(User.objects.raw(statement, [user_id])), None)
        if user is None or not self.user_can_authenticate(user):
            return None
        read = user.__dict__  # with what stands beside the account's own columns
        read["roles"] = frozenset(_parts(read["all_roles"]))
        if user.unit_id:
            user.unit = _unit(read)
            read["units"] = Tree.of(map(_row, _parts(read["all_units"])))
        return user
