"""One page with a tab for each kind of record; read only."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cases.access import staff_view
from hotline.desk.audit.records import RECORDS

PAGE = 50


@require_safe
@never_cache
@staff_view("audit.see")
def audit(request: HttpRequest) -> HttpResponse:
    """List the records of ``?of=`` (accounts unless told), perhaps only those with ``?q=``."""
    record = RECORDS.get(request.GET.get("of", ""), RECORDS["accounts"])
    words = request.GET.get("q", "").strip()[:40]
    page = Paginator(record.found(words), PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "records": RECORDS.values(),
        "record": record,
        "q": words,
        "page": page,
        "rows": [record.tell(row) for row in page],
    }
    return render(request, "desk/audit.html", context)
