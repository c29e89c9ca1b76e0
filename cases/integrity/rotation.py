"""Change a key: make the new one, go through everything made with the old, then let go of that.

Each part may be stopped at any point and begun again: what is left to do is read from the keys in force and
from the rows, not from a memory of its own. An old key is let go only by a pass that finds nothing to do
``GRACE`` after another one had left nothing: whoever still writes what it made or read before, a slow
process or a machine without the new key, is found by then, and the time begins anew.
"""

import fcntl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from cases.events.books import all_chains
from cases.events.chained import seal_older
from cases.integrity import marks, resealing
from cases.integrity.resealing import Swept
from cases.privacy import keys, secrets_file
from cases.privacy.keyring import (
    CHAIN,
    CHAINS_SEALED,
    LOOKUP,
    NAMES,
    PERSONAL,
    BadKeys,
    Key,
    fresh,
    parse,
    written,
)

GRACE = timedelta(minutes=20)  # longer than any request, batch or question kept in a session
SETTLE = timedelta(seconds=3)  # until every look-up under way has seen the new key
LOCK = 5_412_345_023  # of PostgreSQL, for the one rotation at a time


class Hindered(Exception):  # noqa: N818 - a state of affairs
    """A rotation cannot begin; the text says why and what to do."""


@contextmanager
def alone() -> Iterator[None]:
    """Hold the one rotation of this office; let go when the process ends, however. Raises ``Hindered``."""
    busy = _(
        "Another rotate_keys is at work. Wait for its end, or stop it: it goes on when run again."
    )
    with secrets_file.lock_beside(settings.SECRETS_FILE, "rotate_keys.lock") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Hindered(busy) from None
        if not _tell_the_server("pg_try_advisory_lock"):
            raise Hindered(busy)
        yield
        _tell_the_server("pg_advisory_unlock")  # after a fault it goes with the connection


def _tell_the_server(what: str) -> bool:
    """Lock or unlock for all machines of one database; SQLite has one machine."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {what}(%s)", [LOCK])
        return bool(cursor.fetchone()[0])


def is_under_way(purpose: str) -> bool:
    """Whether an older key of the purpose still counts for something."""
    ring = keys.ring(purpose)
    if len(ring) < 2 or _prepared(purpose) == ring[1:]:  # noqa: PLR2004 - one key alone
        return False
    return purpose != CHAIN or keys.sealed_chains_id() != ring[0].id


def begin(purpose: str, at: datetime) -> bool:
    """Put a new key first, unless a change is under way; ``False`` when that one goes on.

    The key is on the disk before the database hears of it. Raises ``Hindered``.
    """
    prepared = _prepared(purpose)
    if not prepared and is_under_way(purpose):
        return False
    if keys.is_given(purpose):
        raise Hindered(_by_hand(purpose))
    new = prepared[0] if prepared else fresh(purpose)
    if not prepared:  # on the disk before anybody seals with it, whatever the power does
        _write_ring(purpose, lambda ring: (*ring, new))
    _write_ring(purpose, lambda ring: (new, *(key for key in ring if key != new)))
    marks.mark(new, at=at)
    return True


def prepare(purpose: str) -> Key:
    """Put a new key last, to be known everywhere before it is used; raises ``Hindered``."""
    if keys.is_given(purpose) or _prepared(purpose) or is_under_way(purpose):
        raise Hindered(
            _("%(name)s comes from the environment, or has a new key already.")
            % {"name": NAMES[purpose]}
        )
    new = fresh(purpose)
    _write_ring(purpose, lambda ring: (*ring, new))
    return new


def sweep(purpose: str) -> Iterator[Swept]:
    """One pass over everything of the purpose."""
    if purpose == PERSONAL:
        yield from resealing.reseal()
    elif purpose == LOOKUP:
        _wait_until(_since(LOOKUP) + SETTLE)
        yield from resealing.rehash()
    else:
        yield from _sealed_chains()


def _sealed_chains() -> Iterator[Swept]:
    for seen, sealed, broken in seal_older(all_chains()):
        yield Swept(
            seen=seen, written=sealed, faults=[f"{what}: {fault}" for what, fault in broken]
        )


def nothing_is_left(purpose: str) -> bool:
    """Whether every value is under the newest key. A chain that is broken stays so and is no hindrance."""
    if purpose == PERSONAL:
        return not resealing.count_older()
    return purpose == CHAIN or not resealing.misplaced().exists()


def finish(purpose: str, at: datetime) -> None:
    """Let go of the older keys after a last pass: first in the database, then in the file.

    Killed between the two, the file has a key too many, which the next run takes out. Retired keys are
    kept apart in the file and open nothing. Chain keys stay for checking: what they trusted is sealed.
    """
    newest = keys.newest(purpose)
    if purpose != CHAIN:
        marks.retire(purpose, but=newest, at=at)
    if keys.is_given(purpose):
        return

    def change(values: dict[str, str]) -> dict[str, str]:
        if purpose == CHAIN:
            return values | {CHAINS_SEALED: newest.id}
        kept = [one for one in values.get(keys.RETIRED, "").split(",") if one]
        old = [key for key in parse(purpose, values[NAMES[purpose]]) if key != newest]
        kept += [f"{purpose}:{key.text}" for key in old]
        return (
            values
            | {NAMES[purpose]: newest.text}
            | ({keys.RETIRED: ",".join(kept)} if kept else {})
        )

    secrets_file.change(settings.SECRETS_FILE, change)


def recall(key_id: str) -> str:
    """Put a retired key last again, for a database of before; returns its purpose. Raises ``Hindered``."""
    for name, text in keys.retired().items():
        purpose, _colon, id_ = name.partition(":")
        if id_ == key_id:
            key = Key(purpose, text)
            _write_ring(purpose, lambda ring: (*ring, key))  # noqa: B023 - called at once
            return purpose
    raise Hindered(_("There is no retired key %s in secrets.json.") % key_id)


def _prepared(purpose: str) -> tuple[Key, ...]:
    """Keys behind the first that this database has not worked with yet."""
    noted = marks.marks(purpose)
    return tuple(key for key in keys.ring(purpose)[1:] if key.check not in noted)


def _since(purpose: str) -> datetime:
    return marks.marks(purpose)[keys.newest(purpose).check].since


def _wait_until(moment: datetime) -> None:
    left = moment - datetime.now(moment.tzinfo)
    time.sleep(min(max(left, timedelta()), SETTLE).total_seconds())


def _write_ring(purpose: str, how: Callable[[tuple[Key, ...]], tuple[Key, ...]]) -> None:
    """Change the list in the file; what cannot be read back alike is not written."""

    def change(values: dict[str, str]) -> dict[str, str]:
        ring = how(parse(purpose, values[NAMES[purpose]]))
        if parse(purpose, written(ring)) != ring:
            raise BadKeys(
                f"{NAMES[purpose]} begins or ends with a space and cannot stand in a list."
            )
        return values | {NAMES[purpose]: written(ring)}

    secrets_file.change(settings.SECRETS_FILE, change)


def _by_hand(purpose: str) -> str:
    return _(
        "%(name)s comes from the environment: put a new key last in it on every machine and restart, then "
        "first and restart again; then run this command. A new key: %(how)s"
    ) % {
        "name": NAMES[purpose],
        "how": 'python -c "import secrets,base64;'
        'print(base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())"',
    }
