"""``GET /health/``: is each part alive, and what is late because one is not? For monitors and people.

``/health/alive/`` asks only whether this process answers; ``/health/ready/`` whether it can serve, for a load
balancer: a worker that is down is no reason to turn citizens away.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import OperationalError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cases.machine import processes
from cases.machine.disk import is_read_only, worst
from cases.machine.outage import Outage, outage_of
from cases.models import Case
from cases.system import lateness
from cases.system.lateness import Late
from cases.system.pulse import last_beat, was_seen
from config.backup.state import state as backup_state
from search.engines.chosen import health as search_health
from search.indexing.upkeep import SERVER

T = TypeVar("T")
logger = logging.getLogger(__name__)
MAIN = ("database", "cases", "search", "work", "queue", "clocks", "processes", "disk")
STILL = timedelta(minutes=1)  # background work was not seen for so long: it does not run


def database() -> bool:
    """Whether the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def search() -> dict[str, str]:
    """State of the search and of each engine; being behind is no fault: it catches up."""
    told = search_health()
    said = {"search": told["status"]}
    for name, engine in told.get("engines", {}).items():
        said[f"search_{name}"] = engine["status"]
    return {name: "ok" if status == "behind" else str(status) for name, status in said.items()}


def work(at: datetime) -> dict[str, object]:
    """Whether background work was seen lately, and what is late.

    What waits for a search server that is away is told by the search's own line.
    """
    seen = last_beat("outbox")
    duties, clocks = lateness.duties(at, away=SERVER), lateness.clocks(at)
    late = {"duties": duties, "clocks": clocks}
    return {
        "work": _word(was_seen(seen, at, STILL)),
        "work_seen": seen.isoformat() if seen else None,
        "queue": _word(not duties.waiting),
        "clocks": _word(not clocks.waiting),
        "late": {name: _late(one) for name, one in late.items() if one.waiting},
    }


def family() -> dict[str, object]:
    """The processes of this machine, if a supervisor keeps them; one that is down is told at once."""
    told = processes.told()
    if not told:
        return {}
    down = any(one.is_down for one in told)
    return {
        "processes": _word(not down),
        "process": {
            one.name: {"state": one.state, "since": one.since.isoformat(), "starts": one.starts}
            for one in told
        },
    }


def cases() -> str:
    """Read the newest case: its table answers. Counting them would grow with the years."""
    Case.objects.order_by("-pk").values_list("pk").first()
    return "ok"


def disk() -> str:
    """``ok``, ``low`` (somebody should make room), ``full`` or ``read_only`` (nothing can be taken in)."""
    if is_read_only() or not takes_writing():
        return "read_only"
    return {"ok": "ok", "full": "full"}.get(worst().state, "low")


def takes_writing() -> bool:
    """Whether this process's connection to SQLite may write; asked by a statement that changes no row.

    ``BEGIN IMMEDIATE`` does not tell: SQLite lets it pass on a connection that can only read. Whoever holds
    the lock just now writes, which is answer enough: nobody is waited for.
    """
    if connection.vendor != "sqlite":
        return True
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        (patience,) = cursor.fetchone()
        cursor.execute("PRAGMA busy_timeout = 0")
        try:
            cursor.execute("DELETE FROM django_session WHERE 1 = 0")
        except OperationalError as error:
            kind = outage_of(error)
            if kind is not Outage.AWAY:
                return kind is not Outage.READ_ONLY
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {int(patience)}")
    return True


def answers(name: str, check: Callable[[], T]) -> T | None:
    """Return what the check found, ``None`` when it fails; the reason goes into the log only."""
    try:
        return check()
    except Exception:  # a failing part must be told, whatever its way of failing
        logger.exception("health: %s does not answer", name)
        return None


@never_cache
@require_safe
def alive(_request: HttpRequest) -> JsonResponse:
    """Answer 200: this process takes requests. Nothing else is asked."""
    return JsonResponse({"status": "alive"})


@never_cache
@require_safe
def ready(_request: HttpRequest) -> JsonResponse:
    """Answer 200 when pages can be served, 503 while the database does not answer."""
    is_ready = bool(answers("database", database))
    status = "ready" if is_ready else "not ready"
    return JsonResponse({"status": status}, status=200 if is_ready else 503)


@never_cache
@require_safe
def health(_request: HttpRequest) -> JsonResponse:
    """Answer 200 when every part works or another does its work (``degraded``), 503 when one is broken."""
    at = timezone.now()
    parts = {
        "database": _word(answers("database", database)),
        **(answers("search", search) or {"search": "broken"}),
        **(answers("work", lambda: work(at)) or {"work": "broken", "queue": "broken"}),
        **family(),
        "cases": answers("cases", cases) or "broken",
        "disk": answers("disk", disk) or "broken",
        "backup": answers("backup", lambda: backup_state(at).word) or "failed",
    }
    main = {parts.get(name) for name in MAIN}
    is_lame = "degraded" in main or parts["backup"] in {"old", "failed"}
    status = "degraded" if is_lame else "ok"
    if main & {"broken", "full", "read_only"}:
        status = "broken"
    return JsonResponse({"status": status, **parts}, status=503 if status == "broken" else 200)


def _word(alive: object) -> str:
    return "ok" if alive else "broken"


def _late(late: Late) -> dict[str, object]:
    return {"waiting": late.waiting, "since": late.since.isoformat() if late.since else None}
