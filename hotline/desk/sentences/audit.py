"""What the security administrators are told of unusual runs, and where that leads."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.looks.looking import OPENINGS, SEARCHES
from cases.looks.revealing import KIND as REVEALED
from cases.models import Notice

# kind -> (sentence, name of the fact that is quoted under it)
SENTENCES: dict[str, tuple[str | Promise, str]] = {
    REVEALED: (
        _("%(person)s looked at the personal data of %(n)s citizens within %(minutes)s minutes"),
        "",
    ),
    OPENINGS: (_("%(person)s opened %(n)s cases within %(minutes)s minutes"), ""),
    SEARCHES: (_("%(person)s searched for people %(n)s times within %(minutes)s minutes"), ""),
}
TABS = {REVEALED: "views", OPENINGS: "looks", SEARCHES: "looks"}


def address_of(notice: Notice) -> str:
    """The looks of that person on that day; ``""`` for a notice of another kind."""
    if notice.kind not in TABS:
        return ""
    asked = {
        "of": TABS[notice.kind],
        "person": notice.payload["person_id"],
        "day": f"{timezone.localdate(notice.at)}",
    }
    return f"{reverse('desk:audit')}?{urlencode(asked)}"
