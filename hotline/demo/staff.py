"""The people of the demo county: one account a role with a known password, clerks for every unit.

Accounts exist in the demo only (``DEMO=1``); those without a password cannot sign in.
"""

from dataclasses import dataclass
from random import Random

from django.conf import settings
from django.utils import timezone

from cases.accounts.keeping import keep_account
from cases.models import Unit, User
from cases.people.person import SYSTEM
from hotline.demo.texts import People, people


@dataclass(frozen=True)
class Crew:
    """Everybody who acts in the demo; units by code."""

    operators: list[User]
    dispatcher: User
    reviewer: User
    agent: User
    supervisor: User
    clerks: dict[str, User]
    leaders: dict[str, User]


def make_staff() -> None:
    """Create the accounts of ``people.json`` and a clerk and a leader for every unit; idempotent."""
    for row in people()["staff"]:
        unit = Unit.objects.filter(code=row.get("unit", "")).first()
        user = _account(row["username"], row["name"], unit, row["roles"], settings.DEMO_PASSWORD)
        User.objects.filter(pk=user.pk).update(staff_number=row.get("staff_number", ""))
    names = people()
    for unit in Unit.objects.exclude(kind="section").order_by("code"):
        for role in ("clerk", "leader"):
            if not User.objects.filter(unit=unit, role_rows__role=role).exists():
                name = _name(Random(f"{unit.code}:{role}"), names)  # noqa: S311 - not a secret
                _account(f"{unit.code}-{role}", name, unit, [role], "")


def _account(username: str, name: str, unit: Unit | None, roles: list[str], password: str) -> User:
    user = User.objects.filter(username=username).first()
    if user is None:
        user = User(username=username, name=name, unit=unit)
        keep_account(user, roles=roles, password=password, by=SYSTEM, at=timezone.now())
    return user


def _name(random: Random, names: People) -> str:
    return random.choice(names["surnames"]) + random.choice(names["women"] + names["men"])


def crew() -> Crew:
    """Read everybody once, so that roles and units are looked up once."""
    staff = list(User.objects.select_related("unit").prefetch_related("role_rows").order_by("pk"))

    def holding(role: str) -> list[User]:
        return [user for user in staff if role in {row.role for row in user.role_rows.all()}]

    return Crew(
        operators=holding("operator"),
        dispatcher=holding("dispatcher")[0],
        reviewer=holding("reviewer")[0],
        agent=holding("callback")[0],
        supervisor=holding("supervisor")[0],
        clerks={user.unit.code: user for user in reversed(holding("clerk")) if user.unit},
        leaders={user.unit.code: user for user in reversed(holding("leader")) if user.unit},
    )


def demo_accounts() -> list[tuple[str, str, str]]:
    """``(username, name, roles in words)`` of the accounts a visitor may use, in order of the loop."""
    known = [row["username"] for row in people()["staff"]]
    users = {user.username: user for user in User.objects.filter(username__in=known)}
    return [
        (name, users[name].name, "、".join(str(row) for row in users[name].role_rows.all()))
        for name in known
        if name in users
    ]
