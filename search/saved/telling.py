"""Tell subscribers of new matches of a saved search: a notice with their number, each case once.

News is what matches now and the subscriber does not know (ADR 0010): what matched when they subscribed is
known, so is what was told, and what merely came into their sight with another unit or role. Everything is
asked with the permission the subscriber has at that moment. A look that fails moves nothing.
"""

import hashlib
from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.utils import timezone

from cases.machine.outage import outage_of
from cases.models import Notice, User
from cases.people.permissions import scope_of
from cases.people.person import Person
from search.asking.known import pack, unknown
from search.saved import news
from search.saved.models.saved import LOOK_AGAIN, SavedSearch, Subscription

KIND = "search_matched"
DELAYED = "search_delayed"
PATIENCE = timedelta(days=1)  # of failing looks, before the subscriber is told once
log = structlog.get_logger("search")


def subscribe(search: SavedSearch, user: User, every: str, *, at: datetime) -> Subscription:
    """Begin to tell ``user`` (or change how often); the first look finds out what is known already."""
    made, is_new = Subscription.objects.get_or_create(
        search=search,
        user=user,
        defaults={"every": every, "next_at": at, "indexed": timezone.now()},
    )
    if not is_new:
        made.every = every
        made.rest(at=at, has_told=False)
        made.save(update_fields=["every", "next_at"])
    return made


def tell_subscribers(at: datetime, *, limit: int = 100) -> int:
    """Look at the subscriptions that are due; return how many were told of new matches."""
    due = Subscription.objects.filter(next_at__lte=at).order_by("next_at", "pk")
    told = 0
    for subscription in due.select_related("search", "user__unit")[:limit]:
        try:
            told += look(subscription, at=at)
        except Exception as error:
            if outage_of(error):  # of nobody's look: the next one is soon enough
                raise
            log.exception("subscription failed", subscription=subscription.pk)
            _wait(subscription, at)
    return told


def look(subscription: Subscription, *, at: datetime) -> bool:
    """Tell one subscriber what is new, if anything; whether there was news. Raises when nobody answers."""
    user, search = subscription.user, subscription.search
    if not SavedSearch.objects.open_to(user).filter(pk=search.pk).exists():
        return _rest(subscription, at)
    start, sight = timezone.now(), _sight(user)
    known = bytes(subscription.known) if subscription.known is not None else None
    is_first = known is None
    if is_first or sight != subscription.sight:  # all of it is known, but for what changed since
        found = news.everything(search.asked, user, at)
        fresh = _fresh(subscription, subscription.indexed, at)
        known = pack(found - fresh, known)
    else:
        fresh = _fresh(subscription, subscription.indexed - news.OVERLAP, at)
    told = [] if is_first else unknown(sorted(fresh), known)
    facts: dict[str, object] = {
        "known": pack(told, known) if told else known,
        "indexed": subscription.indexed if is_first else start,
        "sight": sight,
        "looked_at": at,
        "failing_since": None,
        "is_delay_told": False,
    }
    return _keep(subscription, facts, len(told), at)


def _fresh(subscription: Subscription, indexed: datetime, at: datetime) -> set[int]:
    looked = subscription.looked_at or at
    return news.since(subscription.search.asked, subscription.user, indexed, looked, at)


def _keep(subscription: Subscription, facts: dict[str, object], told: int, at: datetime) -> bool:
    """Write what a look found, and the notice, unless another worker was first."""
    with transaction.atomic():
        rows = Subscription.objects.select_for_update()
        held = rows.filter(pk=subscription.pk, next_at=subscription.next_at).first()
        if held is None:
            return False
        for name, value in facts.items():
            setattr(held, name, value)
        held.rest(at=at, has_told=bool(told))
        held.save(update_fields=[*facts, "next_at"])
        if told:
            _notify(held, KIND, at, n=told)
    return bool(told)


def _notify(subscription: Subscription, kind: str, at: datetime, **facts: int) -> None:
    payload = {"search": subscription.search_id, "name": subscription.search.name}
    Notice.objects.create(user_id=subscription.user_id, kind=kind, at=at, payload=payload | facts)


def _sight(user: Person) -> str:
    """What the person may see, as a fingerprint of their scope."""
    scope = scope_of(user)
    facts = (scope.is_office, scope.sees_secret, sorted(scope.unit_ids), sorted(scope.barred_ids))
    return hashlib.sha256(repr(facts).encode()).hexdigest()


def _rest(subscription: Subscription, at: datetime) -> bool:
    """It may not be opened just now: look again later, knowing what was known."""
    return _keep(subscription, {}, 0, at)


def _wait(subscription: Subscription, at: datetime) -> None:
    """The look failed: nothing is lost, it is tried again soon; who waits for a day is told, once."""
    with transaction.atomic():
        held = Subscription.objects.select_for_update().filter(pk=subscription.pk).first()
        if held is None or held.next_at != subscription.next_at:
            return
        held.next_at = at + LOOK_AGAIN
        held.failing_since = held.failing_since or at
        if at - held.failing_since >= PATIENCE and not held.is_delay_told:
            held.is_delay_told = True
            _notify(held, DELAYED, at)
        held.save(update_fields=["next_at", "failing_since", "is_delay_told"])
