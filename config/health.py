"""``GET /health/``: is each part alive? For a load balancer and for the person on duty."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cases.models import Case, Duty
from search.engine import health as search_health

logger = logging.getLogger(__name__)
LATE = timedelta(minutes=5)  # a duty still waiting after this means that nobody works it off


def database() -> bool:
    """Whether the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def search() -> bool:
    """Whether the search engine answers; being behind is no fault: it catches up."""
    return search_health()["status"] != "broken"


def queue(at: datetime) -> bool:
    """Whether background work is done in time; parked duties wait for a person and do not count."""
    return not Duty.objects.filter(parked=False, created_at__lt=at - LATE).exists()


def answers(name: str, check: Callable[[], object]) -> object:
    """Return what the check found, ``None`` when it fails; the reason goes into the log only."""
    try:
        return check()
    except Exception:  # a failing part must be told, whatever its way of failing
        logger.exception("health: %s does not answer", name)
        return None


@never_cache
@require_safe
def health(_request: HttpRequest) -> JsonResponse:
    """Answer 200 when every part works, 503 when one is broken."""
    parts = {
        "database": bool(answers("database", database)),
        "search": bool(answers("search", search)),
        "queue": bool(answers("queue", lambda: queue(timezone.now()))),
    }
    cases = answers("cases", Case.objects.count)
    well = all(parts.values()) and cases is not None
    body = {name: "ok" if alive else "broken" for name, alive in parts.items()}
    return JsonResponse(
        {"status": "ok" if well else "broken", **body, "cases": cases},
        status=200 if well else 503,
    )
