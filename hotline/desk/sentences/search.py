"""What notices of the search say, and where they lead. Their facts are counts and names of questions."""

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.models import Notice

# kind -> (sentence, name of the fact that is quoted under it)
SENTENCES: dict[str, tuple[str | Promise, str]] = {
    "search_matched": (_("%(n)s new cases match your saved search “%(name)s”"), ""),
    "search_delayed": (
        _(
            "Your saved search “%(name)s” could not be asked for a day. You are told of new cases as soon "
            "as it can; none is lost."
        ),
        "",
    ),
    "export_asked": (_("%(who)s asked for the export"), "note"),
    "export_approved": (_("%(who)s approved the export"), "note"),
    "export_refused": (_("Export %(number)s was refused"), "note"),
    "export_made": (_("Export %(number)s is ready: %(rows)s cases"), ""),
    "export_failed": (_("Export %(number)s could not be made"), "note"),
    "export_expired": (_("The export expired; its file is removed"), ""),
    "export_downloaded": (_("%(who)s downloaded the file"), ""),
}


def address_of(notice: Notice) -> str:
    """The page a notice without a case leads to; ``""`` for none."""
    if pk := notice.payload.get("search"):
        return reverse("desk:saved_search", args=[pk])
    if pk := notice.payload.get("export"):
        return reverse("desk:export", args=[pk])
    return ""
