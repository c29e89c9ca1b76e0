"""Whether the keys at hand are those of this database; asked at every start, before anything is written.

With other keys nothing opens, every case seems altered, and what is sealed meanwhile is lost when the right
ones come back. The database keeps marks of its keys; one of an earlier version, that has none, gets them when
the keys open what it holds.
"""

from collections.abc import Callable, Iterator
from datetime import datetime

from django.db import connection
from django.utils.translation import gettext as _

from cases.events.books import BOOKS
from cases.events.chain import link
from cases.events.models.chain_line import ChainLine
from cases.integrity import marks
from cases.integrity.models.key_mark import KeyMark
from cases.lifecycle.models.case import Case
from cases.privacy import keys
from cases.privacy.crypto import CannotOpen, keyed_hashes
from cases.privacy.keyring import CHAIN, LOOKUP, NAMES, PERSONAL, PURPOSES, BadKeys
from cases.privacy.models.petitioner import Petitioner
from cases.privacy.sealing import Sealing
from cases.privacy.secrets_file import BadSecrets

LOOKED_AT = 5  # of the newest rows: one that somebody altered must not speak for all


class Misfit(Exception):  # noqa: N818 - a state of affairs
    """The keys at hand are not this database's; the text says what to do."""


def require_fit(at: datetime, *, is_prepared: bool = True) -> None:
    """Raise ``Misfit`` unless the keys fit; notes a key that is new. A database without marks' table fits.

    Not ``is_prepared``: the tables may be those of a version before, only the marks are looked at.
    """
    if KeyMark._meta.db_table not in connection.introspection.table_names():  # noqa: SLF001
        return
    try:
        for purpose in PURPOSES:
            _require(purpose, at, may_look=is_prepared)
        _require_sealed_chains()
    except (BadKeys, BadSecrets, keys.KeysDoubtful, FileNotFoundError) as error:
        raise Misfit(str(error)) from error


def _require(purpose: str, at: datetime, *, may_look: bool) -> None:
    ring = keys.ring(purpose)
    noted = marks.marks(purpose)
    if not noted:
        if not may_look:
            return
        found = list(EVIDENCE[purpose]())
        if found and not any(found):
            raise Misfit(_foreign(purpose))
        marks.mark(*ring, at=at)
        return
    at_hand = {key.check for key in ring}
    missing = [row for check, row in noted.items() if not row.retired_at and check not in at_hand]
    if missing:
        raise Misfit(_missing(purpose, missing[0].key_id))
    newest = keys.newest(purpose)
    known = noted.get(newest.check)
    if known is not None and known.retired_at:
        raise Misfit(
            _("Key %(id)s stands first in %(name)s, but it was retired. %(remedy)s")
            % {"id": newest.id, "name": NAMES[purpose], "remedy": _remedy()}
        )
    if known is None:
        marks.mark(newest, at=at)


def _require_sealed_chains() -> None:
    """A file that is newer than the database would call every chain altered."""
    sealed = keys.sealed_chains_id()
    known = {row.key_id for row in marks.marks(CHAIN).values()}
    if sealed and sealed not in known:
        raise Misfit(
            _(
                "The chain key was changed after this database was saved. Put the keys back that were "
                "backed up with it. If there are none: take CHAIN_SEALED out of secrets.json, start, and "
                "run manage.py rotate_keys chain. Nothing was changed."
            )
        )


def _remedy() -> str:
    return _(
        "Put the keys that were backed up with this database back into secrets.json of DATA_DIR (or into "
        "the environment) and start again. Nothing was changed."
    )


def _foreign(purpose: str) -> str:
    return _("The keys in %(name)s do not fit what this database holds. %(remedy)s") % {
        "name": NAMES[purpose],
        "remedy": _remedy(),
    }


def _missing(purpose: str, key_id: str) -> str:
    said = _("This database works with key %(id)s, which is not in %(name)s.") % {
        "id": key_id,
        "name": NAMES[purpose],
    }
    if not keys.is_given(purpose) and f"{purpose}:{key_id}" in keys.retired():
        recall = f"manage.py rotate_keys --recall {key_id}"
        return said + " " + _("It is among the retired ones. To use it again: %s") % recall
    return f"{said} {_remedy()}"


def _opens() -> Iterator[bool]:
    """Whether the newest names and numbers open, and the newest query codes."""
    known = Petitioner.objects.exclude(phone_sealed="").order_by("-pk")[:LOOKED_AT]
    cases = Case.objects.order_by("-pk").only("number", "query_code_sealed")[:LOOKED_AT]
    rows: list[tuple[Sealing, str]] = [(one, "phone_sealed") for one in known]
    rows += [(one, "query_code_sealed") for one in cases]
    for row, column in rows:
        try:
            yield bool(row.unsealed(column))
        except CannotOpen:
            yield False


def _is_found() -> Iterator[bool]:
    """Whether the newest numbers are stored under a look-up key at hand."""
    for one in Petitioner.objects.exclude(phone_hash="").order_by("-pk")[:LOOKED_AT]:
        try:
            yield one.phone_hash in keyed_hashes(one.phone)
        except CannotOpen:
            continue  # the other evidence says so


def _is_linked() -> Iterator[bool]:
    """Whether the last lines of the newest records hang on their chains under a key at hand."""
    for book in BOOKS.values():
        for lines in book.ends_of_newest(LOOKED_AT):
            yield from _hangs(lines)


def _hangs(last: list[ChainLine]) -> Iterator[bool]:
    if last:
        before = last[1].hash if len(last) > 1 else ""
        said, facts = last[0].hash, last[0].facts()
        yield any(link(key.raw, before, facts) == said for key in keys.ring(CHAIN))


EVIDENCE: dict[str, Callable[[], Iterator[bool]]] = {
    PERSONAL: _opens,
    LOOKUP: _is_found,
    CHAIN: _is_linked,
}
