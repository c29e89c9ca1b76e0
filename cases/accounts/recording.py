"""The record of what was done to accounts: read before and after, keep the difference as one link.

A password never appears, only that it was set. Whoever alters, removes or reorders a row breaks the
account's chain, which ``manage.py verify_history`` checks beside those of the cases.
"""

from datetime import datetime

from cases.accounts.models.account_change import AccountChange
from cases.events.books import RecordBook, keep_book
from cases.events.recorder import ChainEnd, append
from cases.people.models.staff import User
from cases.people.person import Person
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
    end = ChainEnd(*User.objects.values_list("history_length", "history_head").get(pk=user.pk))
    change = AccountChange(
        account=user,
        kind=AccountChange.CHANGED if end.length or before is not NOTHING else AccountChange.OPENED,
        changes=changes,
    )
    user.history_length, user.history_head = append(change, end, by=by, at=at)
    change.save(force_insert=True)
    user.save(update_fields=["history_length", "history_head"])
    return change


ACCOUNTS = keep_book(
    RecordBook(
        name="account",
        counted="accounts",
        rows=lambda: User.objects.only(
            "username", "history_head", "history_length"
        ).prefetch_related("history"),
        title=lambda user: user.username,
        end=("history_length", "history_head"),
        lines=lambda user: user.history.all(),
    )
)
