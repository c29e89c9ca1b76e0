"""The floors: bare views with the unavoidable database work of an act and nothing else."""

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import format_html_join

from cases.models import Assignment, Case, Duty, Event
from search.engines.embedded import dialect
from search.words.query_language import SearchTerm

PAGE = 50


def create(request: HttpRequest) -> HttpResponse:
    """One case, one event, one outbox row, one transaction."""
    now = timezone.now()
    with transaction.atomic():
        case = Case(
            number=request.POST["key"][:20],
            channel="web",
            demand_type="help",
            title="人民路路灯不亮",
            content=request.POST["content"],
            contact_at=now,
            registered_at=now,
            version=1,
            is_test=True,
        )
        case.save(force_insert=True)
        _event(case, None, "registered", now)
    return HttpResponse(case.number, status=201)


def transition(_request: HttpRequest, pk: int) -> HttpResponse:
    """Lock the case, move case and task, one event, one outbox row."""
    now = timezone.now()
    with transaction.atomic():
        task = Assignment.objects.get(pk=pk)
        case = Case.objects.select_for_update().get(pk=task.case_id)
        case.version += 1
        Assignment.objects.filter(pk=pk).update(signed_at=now)
        Case.objects.filter(pk=case.pk).update(version=case.version)
        _event(case, task, "signed", now)
    return HttpResponse(status=204)


def _event(case: Case, task: Assignment | None, kind: str, now) -> None:
    event = Event(
        case=case,
        assignment=task,
        seq=case.version,
        kind=kind,
        at=now,
        actor_kind="system",
        actor_name="系统",
        to_state=case.state,
        hash="0" * 64,
    )
    event.save(force_insert=True)
    Duty(
        consumer="floor", case=case, event=event, created_at=now, next_try_at=now, parked=True
    ).save(force_insert=True)


def _page(rows) -> HttpResponse:
    cells = "<tr><td>{}</td><td>{}</td><td>{}</td></tr>"
    return HttpResponse(format_html_join("\n", cells, rows))


def worklist(_request: HttpRequest, unit: int) -> HttpResponse:
    """Count a unit's open tasks and show fifty, the next due first."""
    mine = Assignment.objects.filter(unit=unit).open()
    rows = mine.select_related("case").order_by("due_at", "pk")[:PAGE]
    count = mine.count()
    return _page([(count, "", ""), *((r.case.number, r.case.title, r.due_at) for r in rows)])


def search(_request: HttpRequest, word: str) -> HttpResponse:
    """Fifty newest matches of a bigram and their number, no facets."""
    found = Case.objects.filter(pk__in=dialect().ids(dialect().match([SearchTerm(word)])))
    rows = found.order_by("-registered_at", "-pk")[:PAGE]
    return _page([(found.count(), "", ""), *((r.number, r.title, r.state) for r in rows)])


ROLL_UP = """
CREATE TABLE IF NOT EXISTS bench_roll_up AS
SELECT t.unit_id, c.channel, date(t.due_at) AS day, count(*) AS n,
       count(*) FILTER (WHERE t.replied_at <= t.due_at) AS on_time
FROM cases_assignment t JOIN cases_case c ON c.id = t.case_id GROUP BY 1, 2, 3
"""


def figures_live(_request: HttpRequest) -> HttpResponse:
    """The same counted from the tasks of the month, nothing rolled up."""
    rows = []
    with connection.cursor() as cursor:
        for column in ("t.unit_id", "c.channel"):
            cursor.execute(
                f"SELECT {column}, count(*), count(*) FILTER (WHERE t.replied_at <= t.due_at) "  # noqa: S608
                "FROM cases_assignment t JOIN cases_case c ON c.id = t.case_id "
                "WHERE t.due_at >= '2026-10-01' AND t.due_at < '2026-11-01' GROUP BY 1 ORDER BY 1"
            )
            rows += cursor.fetchall()
    return _page(rows)


def figures(_request: HttpRequest) -> HttpResponse:
    """One month by unit and by channel from a table rolled up beforehand."""
    rows = []
    with connection.cursor() as cursor:
        for column in ("unit_id", "channel"):
            cursor.execute(
                f"SELECT {column}, sum(n), sum(on_time) FROM bench_roll_up "  # noqa: S608
                "WHERE day >= '2026-10-01' AND day < '2026-11-01' GROUP BY 1 ORDER BY 1"
            )
            rows += cursor.fetchall()
    return _page(rows)
