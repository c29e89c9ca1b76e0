"""What the page says of each part: a word, its tone, and the numbers behind it.

Nothing of a case but its number: an administrator sees no case (`domain.md` §2.7).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import Count, Min, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.events.outbox import KILLED, LATE
from cases.files import reading
from cases.machine import disk
from cases.models import Duty
from cases.shapes import Context
from cases.system.pulse import last_beat, was_seen
from search.engines import absence
from search.indexing.watching import Watched, watched

STILL = timedelta(minutes=1)  # no drain for so long: no worker runs
LONG_STILL = timedelta(minutes=10)  # the same of long work: an export or some files take minutes
SHOWN = 20  # parked duties
CONSUMERS = {
    "index": gettext_lazy("Index inside the database"),
    "index_elastic": gettext_lazy("Index of the search server"),
    "figures": gettext_lazy("Figures of months that are over"),
    "notice": gettext_lazy("Notices"),
}
ENGINES = {
    "embedded": gettext_lazy("Search inside the database"),
    "elasticsearch": gettext_lazy("Search server (Elasticsearch)"),
    "public": gettext_lazy("Search of published letters"),
}
REASONS = {
    absence.NO_INDEX: gettext_lazy("It has no index yet."),
    absence.OTHER_SCHEME: gettext_lazy(
        "Its index was made by another version of the product. It answers, and wants to be made anew."
    ),
    absence.SILENT: gettext_lazy("It does not answer."),
    absence.REFUSED: gettext_lazy(
        "It refuses the user or the password. Whoever runs the product should check ELASTICSEARCH_URL."
    ),
    absence.UNTRUSTED: gettext_lazy(
        "Its certificate is not trusted. Whoever runs the product should check ELASTICSEARCH_CA."
    ),
    absence.FOREIGN: gettext_lazy(
        "What answers there is no Elasticsearch 8. Whoever runs the product should check "
        "ELASTICSEARCH_URL."
    ),
    absence.LOCKED: gettext_lazy("It takes nothing in: its disk may be full."),
    absence.UNTOLD: gettext_lazy("It refuses to tell its state; see the log."),
}


@dataclass(frozen=True)
class StateWord:
    """How a part is: shape, tone and word; never colour alone."""

    text: str
    icon: str
    tone: str


def ok(text: str) -> StateWord:
    """All is well."""
    return StateWord(text, "done", "ok")


def soon(text: str) -> StateWord:
    """Somebody should look at it."""
    return StateWord(text, "soon", "soon")


def bad(text: str) -> StateWord:
    """It does not work."""
    return StateWord(text, "late", "late")


@dataclass(frozen=True)
class Part:
    """An engine as the page shows it."""

    name: str
    word: StateWord
    seen: Watched
    reason: str


@dataclass(frozen=True)
class Owed:
    """What one consumer has still to do."""

    name: str
    waiting: int
    oldest: datetime | None
    parked: int
    is_late: bool


@dataclass(frozen=True)
class Parked:
    """A duty that waits for a person: the number of its case and the kind of its fault."""

    number: str
    consumer: str
    since: datetime
    reason: str


def read(at: datetime) -> Context:
    """Read everything once; a fixed number of queries."""
    owed = _owed(at)
    drained, long_seen = last_beat("outbox"), last_beat("long")
    return {
        "now": at,
        "version": settings.VERSION,
        "database": _database(),
        "engines": [_part(one) for one in watched()],
        "drained_at": drained,
        "work": _work(at, drained, owed),
        "long_seen_at": long_seen,
        "long_work": _long_work(at, long_seen),
        "files_waiting": reading.waiting(),
        "owed": owed,
        "parked": _parked(),
        "parked_count": sum(one.parked for one in owed),
        **_storage(),
    }


def consumer_name(slug: str) -> str:
    """What a consumer of the outbox is called on the page."""
    return str(CONSUMERS.get(slug, slug))


def _database() -> str:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sqlite_version()")
            return f"SQLite {cursor.fetchone()[0]}"
        cursor.execute("SHOW server_version")
        return f"PostgreSQL {cursor.fetchone()[0].split()[0]}"


def _part(seen: Watched) -> Part:
    words = {
        "ok": ok(_("Works")),
        "behind": soon(_("Wants rebuilding") if seen.wants_rebuild else _("Behind")),
        "degraded": soon(
            _("No index: the database answers instead")
            if seen.wants_rebuild
            else _("Not to be used: the database answers instead")
        ),
    }
    word = words.get(seen.status) or bad(_("Broken"))
    reason = str(REASONS.get(seen.reason, "")) or (
        _("It cannot be reached.") if seen.reason and not seen.answers else ""
    )
    return Part(str(ENGINES.get(seen.name, seen.name)), word, seen, reason)


def _owed(at: datetime) -> list[Owed]:
    waits = Q(parked=False)
    rows = Duty.objects.order_by("consumer").values("consumer")
    counted = rows.annotate(
        n=Count("pk", filter=waits),
        oldest=Min("created_at", filter=waits),
        held=Count("pk", filter=~waits),
    )
    return [
        Owed(
            consumer_name(row["consumer"]),
            row["n"],
            row["oldest"],
            row["held"],
            is_late=bool(row["oldest"] and row["oldest"] < at - LATE),
        )
        for row in counted
    ]


def _work(at: datetime, drained: datetime | None, owed: list[Owed]) -> StateWord:
    if not was_seen(drained, at, STILL):
        return bad(_("Does not run"))
    if any(one.is_late for one in owed):
        return soon(_("Behind"))
    return ok(_("Works"))


def _long_work(at: datetime, seen: datetime | None) -> StateWord:
    return ok(_("Works")) if was_seen(seen, at, LONG_STILL) else bad(_("Does not run"))


def _parked() -> list[Parked]:
    rows = Duty.objects.filter(parked=True).order_by("created_at", "pk")
    found = rows.values_list("case__number", "consumer", "created_at", "error")[:SHOWN]
    return [
        Parked(number, consumer_name(consumer), since, _reason(error))
        for number, consumer, since, error in found
    ]


def _reason(error: str) -> str:
    """The kind of a fault. The rest of an error may quote the case, so it stays in the database."""
    if error == KILLED:
        return _("The worker died at it every time.")
    if error.startswith("no consumer named"):
        return _("This version of the product has nobody who does it.")
    kind = error.split(":", 1)[0]
    return kind if kind.isidentifier() else _("Unknown; see the log.")


def _storage() -> Context:
    room = disk.worst()
    words = {
        "ok": ok(_("Enough space")),
        "little": soon(_("Little space left")),
        "nearly_full": bad(_("Nearly full")),
        "full": bad(_("Full")),
    }
    return {"storage": words[room.state], "free": room.free, "disk": room.total}
