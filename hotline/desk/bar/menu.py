"""What every page knows: the office's name and the entries of the bar for this person.

To add a screen, add an ``entry`` where it belongs in the order of the bar. ``count`` says which rows
wait behind it; all are counted in one query a page and must be cheap (``hotline/desk/bar/waiting.py``).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.models import User
from cases.people.permissions import acts_of, scope_of
from cases.shapes import Context
from hotline.desk.bar import waiting
from hotline.desk.bar.waiting import Counter, Waiting
from routing.requests.pending import DECIDES


@dataclass(frozen=True, eq=False)
class MenuEntry:
    """One screen of the bar: of whose work it is, and what waits behind it."""

    url_name: str
    label: str | Promise
    acts: tuple[str, ...] = ()
    count: Counter | None = None

    def is_for(self, user: User) -> bool:
        """Whether it stands in this person's bar."""
        return not self.acts or not acts_of(user.roles).isdisjoint(self.acts)


def entry(
    url_name: str,
    label: str | Promise,
    *acts: str,
    count: Counter | None = None,
) -> MenuEntry:
    """Declare a screen for those who may do one of ``acts``; without acts it is for everybody."""
    return MenuEntry(url_name, label, acts, count)


STAFF = (
    entry("desk:operator", _("Take a call"), "desk.calls"),
    entry("desk:drafts", _("My drafts"), "desk.calls"),
    entry("routing:dispatch", _("Dispatch"), "desk.dispatch", count=waiting.dispatch),
    entry("routing:requests", _("Returns and extensions"), *DECIDES, count=waiting.requests),
    entry("desk:worklist", _("To do"), "assignment.reply", count=waiting.tasks),
    entry("desk:signoff", _("Sign-off"), "assignment.sign_off", count=waiting.sign_off),
    entry("desk:reply_review", _("Reply review"), "case.review", count=waiting.review),
    entry("satisfaction:callbacks", _("Call-backs"), "case.callback", count=waiting.callbacks),
    entry("satisfaction:relays", _("Contact for units"), "desk.relays", count=waiting.relays),
    entry(
        "satisfaction:dissatisfied",
        _("Dissatisfied"),
        "case.review_dissatisfied",
        count=waiting.dissatisfied,
    ),
    entry(
        "desk:publication",
        _("Publication of letters"),
        "case.publish",
        count=waiting.publication,
    ),
    entry("satisfaction:board", _("Today's board"), "desk.board"),
    entry("satisfaction:figures", _("Figures"), "desk.figures"),
    entry("desk:exports", _("Exports"), "case.export", "export.decide", count=waiting.exports),
    entry("desk:settings", _("Settings"), "reference.edit"),
    entry("desk:synonyms", _("Synonyms"), "desk.synonyms"),
    entry("desk:system", _("System status"), "system.watch"),
    entry("desk:audit", _("Audit"), "audit.see", "looks.see"),
    entry("desk:notices", _("Notices"), count=waiting.notices),
)
PUBLIC = (
    entry("site:file", _("Tell us")),
    entry("site:progress", _("Follow up")),
    entry("site:mailboxes", _("Mailboxes")),
    entry("site:answers", _("Published replies")),
    entry("site:guides", _("Guides")),
)


@dataclass(frozen=True)
class EntryShown:
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
    def entries(self) -> list[EntryShown]:
        """Screens of a member of staff, by what they may do."""
        user = getattr(self.request, "user", None)
        if user is None or not user.is_authenticated:
            return []
        return self._shown((e for e in STAFF if e.is_for(user)), user)

    @cached_property
    def may_search(self) -> bool:
        """Whether the person sees cases at all: to the others the search answers as if not there."""
        return not scope_of(getattr(self.request, "user", AnonymousUser())).sees_nothing

    @cached_property
    def finds_people(self) -> bool:
        """Whether a number finds whose it is: the office only."""
        return scope_of(getattr(self.request, "user", AnonymousUser())).is_office

    @cached_property
    def public(self) -> list[EntryShown]:
        """Pages of the public site."""
        return self._shown(PUBLIC)

    def _shown(self, entries: Iterable[MenuEntry], person: User | None = None) -> list[EntryShown]:
        addresses = {}
        for e in entries:
            try:
                addresses[e] = reverse(e.url_name)
            except NoReverseMatch:
                continue
        here = [url for url in addresses.values() if self.request.path.startswith(url)]
        current, now = max(here, key=len, default=""), timezone.now()
        waits = self._behind(addresses, person, now) if person else {}
        shown = []
        for e, url in addresses.items():
            behind = waits.get(e.url_name, Waiting())
            shown.append(EntryShown(url, e.label, url == current, behind.count, behind.pressing))
        return shown

    def _behind(
        self, entries: Iterable[MenuEntry], person: User, now: datetime
    ) -> dict[str, Waiting]:
        """What the page has counted itself is not counted again (``request.counted``)."""
        counted = getattr(self.request, "counted", {})
        asked = {e.url_name: e.count for e in entries if e.count and e.url_name not in counted}
        known = {name: Waiting(*numbers) for name, numbers in counted.items()}
        return waiting.count(asked, person, now) | known


def office(request: HttpRequest) -> Context:
    """Context processor: ``office_name``, ``office_short`` for the brand, ``navigation``."""
    english = translation.get_language() == "en"
    return {
        "office_name": settings.OFFICE_NAME_EN if english else settings.OFFICE_NAME,
        "office_short": settings.OFFICE_NAME_EN if english else settings.OFFICE_SHORT_NAME,
        "navigation": Navigation(request),
    }
