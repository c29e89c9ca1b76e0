"""``GET /health/``: is each part alive? For a load balancer and for the person on duty."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cases.disk import worst
from cases.models import Case, Duty
from cases.outbox import LATE
from search.engine import health as search_health
from search.upkeep import SERVER

T = TypeVar("T")
logger = logging.getLogger(__name__)


def database() -> bool:
    """Whether the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def search() -> dict[str, str]:
    """State of the search and of each engine; being behind is no fault: it catches up."""
    told: dict[str, Any] = search_health()
    said = {"search": told["status"]}
    for name, engine in told.get("engines", {}).items():
        said[f"search_{name}"] = engine["status"]
    return {name: "ok" if status == "behind" else str(status) for name, status in said.items()}


def queue(at: datetime) -> bool:
    """Whether background work is done in time; parked duties wait for a person and do not count.

    What waits for a search server that is away is told by the search's own line.
    """
    late = Duty.objects.filter(parked=False, created_at__lt=at - LATE)
    return not late.exclude(consumer=SERVER).exists()


def disk() -> str:
    """``ok``, ``low`` (somebody should make room) or ``full`` (nothing can be taken in)."""
    return {"ok": "ok", "full": "full"}.get(worst().state, "low")


def answers(name: str, check: Callable[[], T]) -> T | None:
    """Return what the check found, ``None`` when it fails; the reason goes into the log only."""
    try:
        return check()
    except Exception:  # a failing part must be told, whatever its way of failing
        logger.exception("health: %s does not answer", name)
        return None


@never_cache
@require_safe
def health(_request: HttpRequest) -> JsonResponse:
    """Answer 200 when every part works or another does its work (``degraded``), 503 when one is broken."""
    parts = {
        "database": _word(answers("database", database)),
        **(answers("search", search) or {"search": "broken"}),
        "queue": _word(answers("queue", lambda: queue(timezone.now()))),
        "disk": answers("disk", disk) or "broken",
    }
    cases = answers("cases", Case.objects.count)
    main = {parts[name] for name in ("database", "search", "queue", "disk")}
    status = "degraded" if "degraded" in main else "ok"
    if main & {"broken", "full"} or cases is None:
        status = "broken"
    return JsonResponse(
        {"status": status, **parts, "cases": cases}, status=503 if status == "broken" else 200
    )


def _word(alive: object) -> str:
    return "ok" if alive else "broken"
