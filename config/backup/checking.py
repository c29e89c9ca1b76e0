"""Is this office whole? Chains, sealed data, look-up and files, after a restore or on any night."""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.db import connection
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from cases.events.books import all_faults
from cases.models import Attachment, Case, Petitioner
from cases.privacy.crypto import CannotOpen
from config.backup import inventory
from config.backup.manifest import digest

Row = TypeVar("Row", bound=Model)
SAMPLE = 500  # of the oldest, of the newest, and spread over those between
Fault = str | None  # a sentence, or nothing: this one is well


def faults() -> Iterator[Fault]:
    """Look at everything, one after the other; yields a sentence for each fault and ``None`` for the rest."""
    for what, fault in all_faults():
        yield f"{what}: {fault}" if fault else None
    yield from _sealed()
    yield from _files()


def _sealed() -> Iterator[Fault]:
    for petitioner in sample(Petitioner.objects.all()):
        try:
            phone, _name = petitioner.phone, petitioner.name
        except CannotOpen as fault:
            yield _does_not_open(_("petitioner %(pk)d") % {"pk": petitioner.pk}, fault)
            continue
        if not phone:
            continue
        found = Petitioner.objects.by_phone(phone).filter(pk=petitioner.pk).exists()
        yield (
            None
            if found
            else _("petitioner %(pk)d is not found by telephone: the look-up key is another one")
            % {"pk": petitioner.pk}
        )
    for case in sample(Case.objects.all()):
        try:
            yield (
                None if case.query_code else _("%(what)s has no query code") % {"what": case.number}
            )
        except CannotOpen as fault:
            yield _does_not_open(case.number, fault)


def _does_not_open(what: str, fault: CannotOpen) -> str:
    if fault.is_of_another_key:
        said = _("%(what)s does not open: the key of personal data is another one")
    else:
        said = _("%(what)s does not open: it was altered, or carried there from another row")
    return said % {"what": what}


def sample(rows: "QuerySet[Row]") -> Iterator[Row]:
    """The oldest, the newest, and some spread evenly between them; all of few."""
    count = rows.count()
    wanted = set(rows.order_by("pk").values_list("pk", flat=True)[:SAMPLE])
    wanted |= set(rows.order_by("-pk").values_list("pk", flat=True)[:SAMPLE])
    keys = rows.order_by("pk").values_list("pk", flat=True)
    wanted |= {
        pk for place, pk in enumerate(keys.iterator()) if place % max(count // SAMPLE, 1) == 0
    }
    for start in range(0, len(wanted), SAMPLE):
        yield from rows.filter(pk__in=sorted(wanted)[start : start + SAMPLE])


def _files() -> Iterator[Fault]:
    media = Path(settings.MEDIA_ROOT)
    kind = connection.vendor

    def ask(query: str) -> Iterator[tuple[object, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(query)
            yield from cursor

    for name in sorted(inventory.named_files(kind, ask)):
        there = (media / name).is_file()
        yield (
            None if there else _("a row names a file that is not there: %(path)s") % {"path": name}
        )
    for name, kept in Attachment.objects.order_by("pk").values_list("file", "sha256").iterator():
        path = media / name
        if path.is_file() and digest(path) != kept:
            yield _("%(path)s is not the file that was attached") % {"path": name}
