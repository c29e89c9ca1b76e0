"""Seal under the newest key what an older one sealed; find by the newest what an older one found.

In portions, while the office works: a row is read and sealed without a lock, and written only where it is
still as it was read. Rows somebody holds are left for the next pass, so that nobody waits for two locks.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import F, Model, Q, QuerySet

from cases.lifecycle.models.contact import Contact
from cases.privacy import keys
from cases.privacy.crypto import VERSION, CannotOpen, keyed_hash, seal, unseal
from cases.privacy.keyring import PERSONAL
from cases.privacy.models.petitioner import Petitioner
from cases.privacy.sealing import Sealing, columns_for, sealing_models

PORTION = 200  # rows written under one lock


@dataclass
class Swept:
    """A portion: rows looked at, to be written, written; and what could not be opened, in words."""

    seen: int = 0
    wanted: int = 0
    written: int = 0
    faults: list[str] = field(default_factory=list)


def older(model: type[Sealing]) -> QuerySet[Sealing]:
    """Rows of a model with a value that is not under the newest key."""
    head = f"{VERSION}.{keys.newest(PERSONAL).id}."
    wanted = Q()
    for column in model.SEALED:
        wanted |= ~Q(**{f"{column}__startswith": head}) & ~Q(**{column: ""})
    return model._default_manager.filter(wanted)  # noqa: SLF001 - a model of any app


def count_older() -> int:
    """How many rows still have one."""
    return sum(older(model).count() for model in sealing_models())


def reseal() -> Iterator[Swept]:
    """One pass over every model with sealed columns."""
    for model in sealing_models():
        after = 0
        while rows := list(
            older(model).filter(pk__gt=after).order_by("pk").only(*columns_for(model))[:PORTION]
        ):
            yield _resealed(model, rows)
            after = rows[-1].pk


def _resealed(model: type[Sealing], rows: list[Sealing]) -> Swept:
    swept, changes = Swept(seen=len(rows)), {}
    for row in rows:
        try:
            changes[row.pk] = _change(row)
        except CannotOpen as fault:
            swept.faults.append(f"{model.__name__} {row.pk}: {fault}")
    swept.wanted, swept.written = len(changes), _write(model, changes)
    return swept


Change = tuple[dict[str, str], dict[str, str]]  # columns before and after


def _change(row: Sealing) -> Change:
    newest, before, after = keys.newest(PERSONAL).id, {}, {}
    for column in row.SEALED:
        token = getattr(row, column)
        if not token or token.startswith(f"{VERSION}.{newest}."):
            continue
        text, place = row.unsealed(column), row.place_of(column)
        before[column], after[column] = token, seal(text, of=place)
        if unseal(after[column], of=place) != text:  # never write what does not open
            raise CannotOpen(f"{column} does not open when it is sealed anew")
    return before, after


def _write(model: type[Model], changes: dict[int, Change]) -> int:
    """Write where a row is still as it was read; returns how many."""
    if not changes:
        return 0
    rows, written = model._default_manager, 0  # noqa: SLF001
    with transaction.atomic():
        free = rows.select_for_update(skip_locked=True).filter(pk__in=changes)
        for pk in sorted(free.values_list("pk", flat=True)):
            before, after = changes[pk]
            written += rows.filter(pk=pk, **before).update(**after)
    return written


def misplaced() -> QuerySet[Contact]:
    """Contacts that are not found under their person's number as it is stored now."""
    elsewhere = ~Q(phone_hash=F("petitioner__phone_hash"))
    return Contact.objects.exclude(phone_hash="").filter(Q(petitioner=None) | elsewhere)


def rehash() -> Iterator[Swept]:
    """One pass over everybody who left a number, and their contacts."""
    after = 0
    while people := list(
        Petitioner.objects.filter(pk__gt=after)
        .exclude(phone_hash="")
        .order_by("pk")
        .only("phone_sealed", "phone_hash")[:PORTION]
    ):
        yield _rehashed(people)
        after = people[-1].pk
    if lost := list(misplaced().filter(petitioner=None).values_list("pk", flat=True)[:20]):
        yield Swept(faults=[f"Contact {pk}: its number belongs to nobody" for pk in lost])


def _rehashed(people: list[Petitioner]) -> Swept:
    swept, right = Swept(seen=len(people)), {}
    for one in people:
        try:
            right[one.pk] = keyed_hash(one.phone)
        except CannotOpen as fault:
            swept.faults.append(f"Petitioner {one.pk}: {fault}")
    changes = {
        one.pk: ({"phone_hash": one.phone_hash}, {"phone_hash": right[one.pk]})
        for one in people
        if one.phone_hash != right.get(one.pk, one.phone_hash)
    }
    contacts = Contact.objects.filter(petitioner__in=right).exclude(phone_hash="")
    rows = contacts.values_list("pk", "petitioner", "phone_hash")
    follow = {
        pk: ({"phone_hash": had}, {"phone_hash": right[whose]})
        for pk, whose, had in rows
        if had != right[whose]
    }
    swept.wanted = len(changes) + len(follow)
    swept.written = _write(Petitioner, changes) + _write(Contact, follow)
    return swept
