"""Closed cases like this one: how it was solved before. The page never waits for or fails by them."""

from typing import Any

import structlog
from django.db import DatabaseError

from cases.models import Case
from search.engine import engine
from search.reading import unharmed

MOST = 4
WORDS = 400  # characters of the text that are compared
log = structlog.get_logger("desk")


def similar_cases(user: Any, case: Case) -> list[Case]:
    """Up to four closed cases the person may see, the most alike first."""
    closed = Case.objects.visible_to(user).filter(state__in=["closed", "archived", "answered"])
    try:
        with unharmed():
            likes = engine().similar(
                f"{case.title} {case.content[:WORDS]}",
                closed.exclude(pk=case.pk),
                MOST,
                viewer=user,
            )
            shown = Case.objects.only("number", "title", "closed_at", "outcome")
            found = shown.in_bulk([like.case_id for like in likes])
    except DatabaseError:
        log.exception("similar cases not found", case=case.pk)
        return []
    return [found[like.case_id] for like in likes if like.case_id in found]
