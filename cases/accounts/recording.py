"""The record of what was done to accounts: read before and after, keep the difference as one link.

A password never appears, only that it was set. Whoever alters, removes or reorders a row breaks the
account's chain, which ``manage.py verify_history`` checks beside those of the cases.
"""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from itertools import groupby

from cases.accounts.models.account_change import AccountChange
from cases.events.chain import link
from cases.events.chained import Chain, faults
from cases.people.models.staff import User
from cases.people.person import Person
from cases.privacy.keyring import CHAIN
from cases.privacy.keys import newest
from cases.shapes import Payload

FIELDS = ("username", "name", "staff_number", "unit", "is_active")
NOTHING: Payload = {"roles": []} | dict.fromkeys(FIELDS)


def state_of(user: User) -> Payload:
    """What of an account is recorded, as the database has it now; of a new one nothing."""
    row = User.objects.filter(pk=user.pk).values(*FIELDS[:3], "unit__name", "is_active").first()
    if row is None:
        return NOTHING
    row["unit"] = row.pop("unit__name")
    roles = sorted(user.role_rows.values_list("role", flat=True))
    return {**row, "roles": roles}


def record_change(
    user: User, before: Payload, *, is_password_set: bool, by: Person, at: datetime
) -> AccountChange | None:
    """Append the difference to ``before``; ``None`` when nothing changed.

    Inside the transaction of the change, whose caller has just saved (and so locked) the account.
    """
    after = state_of(user)
    changes = {
        name: [before[name], after[name]] for name in after if before[name] != after[name]
    } | ({"password": [None, "set"]} if is_password_set else {})
    if not changes:
        return None
    length, head = User.objects.values_list("history_length", "history_head").get(pk=user.pk)
    change = AccountChange(
        account=user,
        seq=length + 1,
        kind=AccountChange.CHANGED if length or before is not NOTHING else AccountChange.OPENED,
        at=at,
        actor_kind=by.kind,
        actor_id=by.pk,
        actor_name=by.name,
        changes=changes,
    )
    change.hash = link(newest(CHAIN).raw, head, change.facts())
    change.save(force_insert=True)
    user.history_length, user.history_head = change.seq, change.hash
    user.save(update_fields=["history_length", "history_head"])
    return change


def account_chains() -> Iterator[Chain]:
    """Every account's chain, in order of id."""
    ids = User.objects.order_by("pk").values_list("pk", flat=True)
    return _read(list(ids))


def broken_accounts() -> Iterator[tuple[str, str | None]]:
    """Yield ``(login name, None or a sentence)`` for every account, in order of id."""
    return faults(account_chains())


def _read(ids: list[int]) -> Iterator[Chain]:
    columns = ("pk", "username", "history_head", "history_length")
    rows = User.objects.filter(pk__in=ids).order_by("pk").values_list(*columns)
    changes = AccountChange.objects.filter(account__in=ids).order_by("account_id", "seq")
    kept = {pk: list(rows) for pk, rows in groupby(changes, lambda change: change.account_id)}
    for pk, username, head, count in rows:
        links = [(change.seq, change.hash, change.facts()) for change in kept.get(pk, ())]
        yield Chain(f"account {pk}", username, links, head, count, partial(_one, pk))


def _one(pk: int) -> Chain | None:
    return next(_read([pk]), None)
