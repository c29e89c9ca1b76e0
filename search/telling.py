"""Tell subscribers of new matches of a saved search: a notice with their number, each case once.

What a subscriber knows of is kept as rows (``SeenMatch``), not as a last number or time: a case that was
registered late, imported, or matches only since its state changed is news too, and a second run finds
nothing new. Everything is asked with the permission the subscriber has at that moment.
"""

from datetime import UTC, datetime
from typing import Any

import structlog
from django.db import transaction

from cases.models import Case, Notice
from search.models import SavedSearch, SeenMatch, Subscription
from search.port import Sort
from search.walking import Degraded, walk

KNOWN = 5_000  # newest matches that are compared; older ones are never news
KIND = "search_matched"
ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)
log = structlog.get_logger("search")


def subscribe(search: SavedSearch, user: Any, every: str, *, at: datetime) -> Subscription:
    """Begin to tell ``user`` (or change how often); what matches now is known already."""
    old = Subscription.objects.filter(search=search, user=user).first()
    if old:
        old.every = every
        old.rest(at=at, has_told=False)
        old.save(update_fields=["every", "next_at"])
        return old
    cases = _matches(search, user, at)
    known_from = cases[-1].registered_at if len(cases) == KNOWN else ALWAYS
    with transaction.atomic():
        made, is_new = Subscription.objects.get_or_create(
            search=search,
            user=user,
            defaults={"every": every, "known_from": known_from, "next_at": at},
        )
        if is_new:
            _know(made, cases)
            made.rest(at=at, has_told=False)
            made.save(update_fields=["next_at"])
    return made


def tell_subscribers(at: datetime, *, limit: int = 100) -> int:
    """Look at the subscriptions that are due; return how many notices were written."""
    due = Subscription.objects.filter(next_at__lte=at).order_by("next_at", "pk")
    told = 0
    for subscription in due.select_related("search", "user__unit")[:limit]:
        try:
            told += look(subscription, at=at)
        except Exception:
            log.exception("subscription failed", subscription=subscription.pk)
            _rest(subscription, at)
    return told


def look(subscription: Subscription, *, at: datetime) -> bool:
    """Tell one subscriber what is new, if anything; whether a notice was written."""
    user, search = subscription.user, subscription.search
    may_open = SavedSearch.objects.open_to(user).filter(pk=search.pk).exists()
    try:
        cases = _matches(search, user, at) if may_open else []
    except Degraded:
        cases = []
    known = set(subscription.seen.values_list("case_id", flat=True))
    news = [
        case
        for case in cases
        if case.pk not in known and case.registered_at >= subscription.known_from
    ]
    if not news:
        _rest(subscription, at)
        return False
    with transaction.atomic():
        rows = Subscription.objects.select_for_update()
        held = rows.filter(pk=subscription.pk, next_at=subscription.next_at).first()
        if held is None:  # unsubscribed, or another worker was first
            return False
        _know(held, news)
        Notice.objects.create(
            user=user,
            kind=KIND,
            at=at,
            payload={"search": search.pk, "name": search.name, "n": len(news)},
        )
        held.rest(at=at, has_told=True)
        held.save(update_fields=["next_at"])
    return True


def _matches(search: SavedSearch, user: Any, at: datetime) -> list[Case]:
    question = search.asked
    newest = type(question)(
        question.words, question.chosen, question.since, question.until, Sort.NEWEST
    )
    return [case for page in walk(newest, user, at=at, most=KNOWN) for case in page]


def _know(subscription: Subscription, cases: list[Case]) -> None:
    SeenMatch.objects.bulk_create(
        [SeenMatch(subscription=subscription, case=case) for case in cases],
        batch_size=1_000,
        ignore_conflicts=True,
    )


def _rest(subscription: Subscription, at: datetime) -> None:
    """Nothing was told: look again later, unless somebody else has moved it on."""
    before = subscription.next_at
    subscription.rest(at=at, has_told=False)
    Subscription.objects.filter(pk=subscription.pk, next_at=before).update(
        next_at=subscription.next_at
    )
