"""The records an auditor reads, each as rows of the same shape, newest first.

Nothing of a case but its number: the audit administrator sees no case (`domain.md` §2.7).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from ipaddress import ip_address

from axes.models import AccessFailureLog, AccessLog
from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import AccountChange, Look, SystemAct, SystemRecord, ViewLog
from cases.templatetags.timewords import minute
from cases.words import Role
from hotline.desk.admin.audit import looks
from hotline.desk.admin.audit.row import AuditRow
from hotline.desk.admin.system.acts import lines

FIELDS = {
    "username": gettext_lazy("Login name"),
    "name": gettext_lazy("Name"),
    "staff_number": gettext_lazy("Staff number"),
    "unit": gettext_lazy("Unit"),
    "is_active": gettext_lazy("May log in"),
    "roles": gettext_lazy("Roles"),
    "password": gettext_lazy("Password"),
}
BEGINS_WITH = frozenset({"staff_number", "unit", "roles"})  # name and login name stand before it
SEEN = {
    "name": gettext_lazy("Name"),
    "phone": gettext_lazy("Phone"),
    "original": gettext_lazy("Original text"),
}


@dataclass(frozen=True)
class Record:
    """A kind of record: its rows in the database, how to find by a word, how to tell a row.

    ``act``: who may read it. ``by``: the field with the person, where one person's rows can be asked for.
    """

    slug: str
    title: str | Promise
    rows: Callable[[], QuerySet[Model]]
    matching: Callable[[str], Q]
    dated: str
    tell: Callable[..., AuditRow]  # of the kind of row that ``rows`` gives
    act: str = "audit.see"
    by: str = ""

    def found(self, words: str, day: date | None, person: int | None) -> QuerySet[Model]:
        """The rows in which ``words`` name a person or thing, of a day, of one person, as far as given."""
        rows = self.rows().order_by(f"-{self.dated}", "-pk")
        if words:
            rows = rows.filter(self.matching(words))
        if day:
            midnight = timezone.make_aware(datetime.combine(day, time()))
            ends = midnight + timedelta(days=1)
            rows = rows.filter(**{f"{self.dated}__gte": midnight, f"{self.dated}__lt": ends})
        return rows.filter(**{self.by: person}) if person and self.by else rows


def _value(value: object) -> str:
    if isinstance(value, list):  # of roles
        return "、".join(str(Role(role).label) for role in value) or _("none")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value) if value else _("none")


def _beginning(changes: dict[str, list[object]]) -> str:
    """What a new account began with, in one line."""
    return " · ".join(
        _value(after)
        for field, (_before, after) in changes.items()
        if field in BEGINS_WITH and after
    )


def _difference(changes: dict[str, list[object]]) -> Iterable[str]:
    for field, label in FIELDS.items():
        if field == "password" and field in changes:
            yield _("Password set anew")
        elif field in changes:
            before, after = changes[field]
            yield _("%(field)s: %(before)s → %(after)s") % {
                "field": label,
                "before": _value(before),
                "after": _value(after),
            }


def _change(row: AccountChange) -> AuditRow:
    opened = row.kind == AccountChange.OPENED
    what = _("Account %(name)s opened") if opened else _("Account %(name)s changed")
    name = f"{row.account.name} ({row.account.username})"
    lines = [_beginning(row.changes)] if opened else list(_difference(row.changes))
    return AuditRow(row.at, row.actor_name, what % {"name": name}, lines)


def _view(row: ViewLog) -> AuditRow:
    seen = "、".join(str(SEEN.get(one.strip(), one)) for one in row.fields.split(","))
    what = _("Saw %(fields)s of case %(number)s") % {
        "fields": seen,
        "number": row.case.number,
    }
    return AuditRow(row.at, str(row.user), what, [_("Reason: %s") % row.reason])


def _act(row: SystemRecord) -> AuditRow:
    """What was asked of the system, or what came of it."""
    kind = row.told["act"]
    begun = {
        SystemAct.CHECK: _("Check of the indexes asked for"),
        SystemAct.REPAIR: _("Repair of the indexes asked for"),
        SystemAct.REBUILD: _("Rebuild of an index asked for"),
        SystemAct.ROTATE: _("Change of keys begun"),
    }
    ended = {
        SystemAct.CHECK: _("Check of the indexes is over"),
        SystemAct.REPAIR: _("Repair of the indexes is over"),
        SystemAct.REBUILD: _("Rebuild of an index is over"),
        SystemAct.RELEASE: _("Parked duties tried again"),
        SystemAct.ROTATE: _("Change of keys is over"),
    }
    if row.kind == SystemRecord.ASKED:
        return AuditRow(row.at, row.actor_name, begun[kind], [])
    return AuditRow(row.at, row.actor_name, ended[kind], lines(kind, row.told["found"]))


def _address(words: str) -> Q:
    """Log-ins from an address, when the words are one."""
    try:
        return Q(ip_address=str(ip_address(words)))
    except ValueError:
        return Q(pk__in=[])


def _login(row: AccessLog) -> AuditRow:
    lines = [_("From %s") % row.ip_address]
    if row.logout_time:
        lines.append(_("Logged out at %s") % minute(row.logout_time))
    return AuditRow(row.attempt_time, row.username or "", _("Logged in"), lines)


def _failure(row: AccessFailureLog) -> AuditRow:
    what = _("Refused and locked out") if row.locked_out else _("Refused: wrong name or password")
    return AuditRow(row.attempt_time, row.username or "", what, [_("From %s") % row.ip_address])


RECORDS = {
    record.slug: record
    for record in (
        Record(
            "accounts",
            gettext_lazy("Accounts"),
            lambda: AccountChange.objects.select_related("account"),
            lambda words: (
                Q(actor_name__icontains=words)
                | Q(account__name__icontains=words)
                | Q(account__username__icontains=words)
            ),
            "at",
            _change,
        ),
        Record(
            "system",
            gettext_lazy("System"),
            SystemRecord.objects.all,
            lambda words: Q(actor_name__icontains=words) | Q(act__actor_name__icontains=words),
            "at",
            _act,
        ),
        Record(
            "views",
            gettext_lazy("Personal data seen"),
            lambda: ViewLog.objects.select_related("user", "case").only(
                "at", "fields", "reason", "user__name", "user__username", "case__number"
            ),
            lambda words: (
                Q(user__name__icontains=words)
                | Q(user__username__icontains=words)
                | Q(case__number=words)
            ),
            "at",
            _view,
            act="looks.see",
            by="user",
        ),
        Record(
            "looks",
            gettext_lazy("Cases and lists seen"),
            lambda: Look.objects.select_related("user").only(
                *("at", "kind", "span", "number", "subject", "times", "rows"),
                *("user__name", "user__username"),
            ),
            looks.matching,
            "at",
            looks.tell,
            act="looks.see",
            by="user",
        ),
        Record(
            "logins",
            gettext_lazy("Log-ins"),
            AccessLog.objects.all,
            lambda words: Q(username__icontains=words) | _address(words),
            "attempt_time",
            _login,
        ),
        Record(
            "failures",
            gettext_lazy("Refused log-ins"),
            AccessFailureLog.objects.all,
            lambda words: Q(username__icontains=words),
            "attempt_time",
            _failure,
        ),
    )
}
