"""Looks at cases, files and lists, and searches for people, as rows an auditor reads."""

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import Look, User
from cases.numbers.number import is_case_number
from cases.templatetags.timewords import minute
from hotline.desk.admin.audit.row import AuditRow

# The name of a list (``cases.looks.looking``) and what the screen is called.
LISTS = {
    "tasks": gettext_lazy("To do"),
    "tasks_sheet": gettext_lazy("Task list as an Excel file"),
    "signoff": gettext_lazy("Sign-off"),
    "review": gettext_lazy("Reply review"),
    "dispatch": gettext_lazy("Dispatch"),
    "requests": gettext_lazy("Returns and extensions"),
    "callbacks": gettext_lazy("Call-backs"),
    "relays": gettext_lazy("Contact for units"),
    "dissatisfied": gettext_lazy("Dissatisfied"),
    "publication": gettext_lazy("Publication of letters"),
    "board": gettext_lazy("Today's board"),
    "figure_cases": gettext_lazy("Cases behind a figure"),
    "search": gettext_lazy("Search"),
    "export": gettext_lazy("Exported file"),
    "similar": gettext_lazy("Similar cases"),
    "advice": gettext_lazy("Similar cases during a call"),
    "caller": gettext_lazy("The caller's earlier cases"),
    "notices": gettext_lazy("Notices"),
}


def matching(words: str) -> Q:
    """Looks at the case of that number, else of people called or logging in like that."""
    if is_case_number(words):
        return Q(number=words)
    named = Q(name__icontains=words) | Q(username__icontains=words)
    return Q(user__in=User.objects.filter(named).values("pk"))


def tell(look: Look) -> AuditRow:
    """What was looked at, how often and how much."""
    facts = {
        "number": look.number,
        "mask": look.subject,
        "list": LISTS.get(look.subject, look.subject),
    }
    what = {
        Look.Kind.CASE: _("Opened case %(number)s"),
        Look.Kind.FILE: _("Opened a file of case %(number)s"),
        Look.Kind.SEARCH: _("Searched for a person: %(mask)s"),
        Look.Kind.CALLER: _("Looked up a caller: %(mask)s"),
        Look.Kind.LIST: _("Saw the list “%(list)s”"),
    }[Look.Kind(look.kind)]
    return AuditRow(look.at, str(look.user), what % facts, list(_details(look)))


def _details(look: Look) -> list[str]:
    lines = []
    if look.kind == Look.Kind.FILE:
        lines.append(_("File no. %(n)s") % {"n": look.subject})
    if look.kind in {Look.Kind.SEARCH, Look.Kind.CALLER}:
        lines.append(_("Cases found: %(n)s") % {"n": look.rows})
    if look.kind == Look.Kind.LIST:
        lines.append(_("Rows shown: %(n)s") % {"n": look.rows})
    if look.times > 1:
        since = minute(look.span)
        lines.append(_("%(n)s times since %(since)s") % {"n": look.times, "since": since})
    return lines
