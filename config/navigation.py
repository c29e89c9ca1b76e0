"""What every page knows: the office's name and the entries of the bar for this person.

To add a screen, add an ``entry`` where it belongs in the order of the bar. ``count`` is asked once
a page with the person and the moment, and must cost one query.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Count(NamedTuple):
    """How many wait behind an entry; ``pressing`` paints the number red (some are late)."""

    waiting: int
    pressing: bool = False


@dataclass(frozen=True)
class Entry:
    """One screen of the bar: who sees it, and what waits behind it."""

    url_name: str
    label: str | Promise
    roles: frozenset[str] = frozenset()
    count: Callable[[Any, datetime], Count] | None = None


def entry(
    url_name: str,
    label: str | Promise,
    *roles: str,
    count: Callable[[Any, datetime], Count] | None = None,
) -> Entry:
    """Declare a screen for those who hold one of ``roles``; without roles it is for everybody."""
    return Entry(url_name, label, frozenset(roles), count)


STAFF = (
    entry("desk:operator", _("Take a call"), "operator"),
    entry("desk:drafts", _("My drafts"), "operator"),
    entry("desk:dispatch", _("Dispatch"), "dispatcher"),
    entry("desk:requests", _("Returns and extensions"), "dispatcher"),
    entry("desk:worklist", _("To do"), "clerk", "leader"),
    entry("desk:signoff", _("Sign-off"), "leader"),
    entry("desk:review", _("Reply review"), "reviewer"),
    entry("desk:callbacks", _("Call-backs"), "callback"),
    entry("desk:dissatisfied", _("Dissatisfied"), "reviewer", "supervisor"),
    entry("desk:publication", _("Publication of letters"), "reviewer", "supervisor"),
    entry("desk:board", _("Today's board"), "supervisor"),
    entry("desk:figures", _("Figures"), "supervisor", "dispatcher", "leader"),
    entry("desk:settings", _("Settings"), "system_admin"),
    entry("desk:notices", _("Notices")),
)
PUBLIC = (
    entry("site:file", _("Tell us")),
    entry("site:progress", _("Follow up")),
    entry("site:answers", _("Published replies")),
)


class Shown(NamedTuple):
    """An entry as the bar shows it."""

    url: str
    label: str | Promise
    current: bool
    count: int
    pressing: bool


class Navigation:
    """The entries for one request, worked out only when a template asks."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def entries(self) -> list[Shown]:
        """Screens of a member of staff, by role."""
        user = getattr(self.request, "user", None)
        if user is None or not user.is_authenticated:
            return []
        roles = user.roles
        return self._shown(e for e in STAFF if not e.roles or e.roles & roles)

    @cached_property
    def public(self) -> list[Shown]:
        """Pages of the public site."""
        return self._shown(PUBLIC)

    def _shown(self, entries: Iterable[Entry]) -> list[Shown]:
        shown, now = [], timezone.now()
        for e in entries:
            try:
                url = reverse(e.url_name)
            except NoReverseMatch:
                continue
            count = e.count(self.request.user, now) if e.count else Count(0)
            current = self.request.path.startswith(url)
            shown.append(Shown(url, e.label, current, count.waiting, count.pressing))
        return shown


def office(request: HttpRequest) -> dict[str, Any]:
    """Context processor: ``office_name``, ``office_short`` for the brand, ``navigation``."""
    english = translation.get_language() == "en"
    return {
        "office_name": settings.OFFICE_NAME_EN if english else settings.OFFICE_NAME,
        "office_short": settings.OFFICE_NAME_EN if english else settings.OFFICE_SHORT_NAME,
        "navigation": Navigation(request),
    }
