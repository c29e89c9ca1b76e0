"""The database's own memory of the keys it works with: marks that only the keys can make."""

from datetime import datetime

from cases.integrity.models.key_mark import KeyMark
from cases.privacy.keyring import Key


def mark(*keys: Key, at: datetime) -> None:
    """Note keys as in force here; one that is noted already stays as it is."""
    KeyMark.objects.bulk_create(
        (
            KeyMark(purpose=key.purpose, key_id=key.id, check_value=key.check, since=at)
            for key in keys
        ),
        ignore_conflicts=True,
    )


def marks(purpose: str) -> dict[str, KeyMark]:
    """What is noted for a purpose, by what only the key itself can tell."""
    rows = KeyMark.objects.filter(purpose=purpose).order_by("since", "pk")
    return {row.check_value: row for row in rows}


def retire(purpose: str, *, but: Key, at: datetime) -> None:
    """Note that every other key of the purpose has nothing left here."""
    rows = KeyMark.objects.filter(purpose=purpose, retired_at=None)
    rows.exclude(check_value=but.check).update(retired_at=at)
