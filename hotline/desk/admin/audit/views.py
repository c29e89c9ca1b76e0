"""One page with a tab for each kind of record; read only.

The audit administrator reads all of it, the security administrator who looked at what.
"""

from django import forms
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cases.models import User
from cases.pages.access import staff_view
from cases.pages.days import DayField
from cases.pages.request import StaffRequest
from cases.people.permissions import may
from cases.shapes import Context
from hotline.desk.admin.audit.records import RECORDS

PAGE = 50
MOST = 10_000  # rows that are counted and paged through; a day or a name narrows further


class AuditNarrowForm(forms.Form):
    """What the records are narrowed by; ``person``: one account, as a notice leads here."""

    q = forms.CharField(required=False)
    day = DayField(label=_("Day"), required=False)
    person = forms.IntegerField(required=False, min_value=1, max_value=2**31)


class Newest(Paginator[Model]):
    """Pages of the newest rows: counting all of millions takes longer than anybody reads."""

    def __init__(self, rows: QuerySet[Model]) -> None:
        super().__init__(rows, PAGE)
        self.rows = rows

    @cached_property
    def count(self) -> int:
        """How many there are, at most ``MOST``."""
        return self.rows.order_by()[:MOST].count()


@require_safe
@never_cache
@staff_view("audit.see", "looks.see")
def audit(request: StaffRequest) -> HttpResponse:
    """List the records of ``?of=`` (the first one may read unless told), of ``q``, ``day``, ``person``."""
    records = {slug: one for slug, one in RECORDS.items() if may(request.user, one.act)}
    record = records.get(request.GET.get("of", "")) or next(iter(records.values()))
    form = AuditNarrowForm(request.GET)
    form.is_valid()
    words: str = form.cleaned_data.get("q", "").strip()[:40]
    day = form.cleaned_data.get("day")
    person = form.cleaned_data.get("person") if record.by else None
    page = Newest(record.found(words, day, person)).get_page(request.GET.get("page"))
    context: Context = {
        "records": records.values(),
        "record": record,
        "form": form,
        "q": words,
        "day": day,
        "person": User.objects.filter(pk=person).first() if person else None,
        "is_narrow": bool(words or day or person),
        "page": page,
        "has_more": page.paginator.count == MOST,
        "rows": [record.tell(row) for row in page],
    }
    return render(request, "desk/audit.html", context)
