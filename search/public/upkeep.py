"""Keep the public index behind the public texts: a change is noted with it and served at once or soon.

What is noted is only *which* document; what is indexed is always the document as it is then, so that
twice, late or out of order ends the same. A text that is public no more is forgotten.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

import structlog
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone, translation

from cases.machine.outage import outage_of
from search.engines.embedded import dialect
from search.engines.tables import PUBLIC
from search.public.entries import PublicChange, PublicEntry
from search.public.sources import SOURCES, PublicText

log = structlog.get_logger("search")
BATCH = 200
UNDATED = datetime(1970, 1, 1, tzinfo=UTC)  # stands last


@dataclass(frozen=True)
class _Fields:
    title: str
    body: str
    reply: str
    place: str


def note(kind: str, key: int) -> None:
    """Write down, in the transaction of the change, that a document may have changed."""
    PublicChange.objects.create(kind=kind, key=key)


def follow(kind: str, key: int) -> None:
    """Note a change and index it at once; an index that fails leaves it to the worker."""
    note(kind, key)
    index_now(kind, key)


def index_now(kind: str, key: int) -> None:
    """Index a document whose change is noted; an index that fails leaves it to the worker."""
    try:
        with transaction.atomic():
            refresh_public(kind, [key])
            PublicChange.objects.filter(kind=kind, key=key).delete()
    except DatabaseError as error:
        if outage_of(error):
            raise
        log.exception("public index not updated, left to the worker", kind=kind, key=key)


def serve(limit: int = BATCH) -> int:
    """Index what was noted; return how many notes were served. Safe to run twice at once."""
    notes = list(PublicChange.objects.order_by("pk")[:limit])
    for kind in {one.kind for one in notes}:
        mine = [one for one in notes if one.kind == kind]
        with transaction.atomic():
            PublicChange.objects.filter(pk__in=[one.pk for one in mine]).delete()
            refresh_public(kind, {one.key for one in mine})
    return len(notes)


def refresh_public(kind: str, keys: Iterable[int]) -> int:
    """Index the given documents as they are now, forget those not public; return how many stayed."""
    wanted = set(keys)
    source = SOURCES.get(kind)
    with translation.override(settings.LANGUAGE_CODE), transaction.atomic():
        if connection.features.has_select_for_update:  # of two at once the later one reads later
            entries = PublicEntry.objects.filter(kind=kind, key__in=wanted).order_by("pk")
            list(entries.select_for_update().values_list("pk"))
        texts = source.texts(wanted) if source else []
        for text in texts:
            _store(kind, text)
        forget_public(kind, wanted - {text.key for text in texts})
    return len(texts)


def forget_public(kind: str, keys: Iterable[int]) -> None:
    """Drop documents from the index; unknown ones are fine."""
    gone = PublicEntry.objects.filter(kind=kind, key__in=list(keys))
    ids = list(gone.values_list("pk", flat=True))
    if ids:
        with transaction.atomic():
            dialect().forget(ids, PUBLIC)
            gone.delete()


def _store(kind: str, text: PublicText) -> None:
    entry, _made = PublicEntry.objects.update_or_create(
        kind=kind,
        key=text.key,
        defaults={
            "stamp": text.stamp,
            "at": text.at or UNDATED,
            "month": f"{timezone.localtime(text.at):%Y-%m}" if text.at else "",
            "title": text.title[:255],
            "channel": text.channel,
            "category": text.category,
            "unit": text.unit[:80],
        },
    )
    body = f"{text.body}\n{text.other}"
    place = f"{text.unit}\n{text.category_name}"
    dialect().store(entry.pk, _Fields(text.title, body, text.reply, place), PUBLIC)
