"""What stands on every page is found by an index on SQLite too, where a partial one serves no bound value.

A state that is one of ours is written into the SQL where a partial index is to serve it (``cases.literals``).
"""

import pytest
from django.db import connection

from cases.models import Assignment, Attachment, Case, Request
from cases.system.planner import learn
from hotline.desk.worklist import todo
from hotline.models import Publication
from tests.cast import NOON, wang_says

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite's planner")


def plan(rows) -> str:
    """The steps of a query with its values bound, as the product asks it."""
    sql, values = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", values)
        return " / ".join(row[3] for row in cursor.fetchall())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rows", "index"),
    [
        (lambda: Assignment.objects.overdue(NOON).order_by(), "task_open_due"),
        (lambda: Attachment.objects.filter(text_state="waiting"), "attachment_text_state"),
        (lambda: Request.objects.filter(state="signed"), "request_state_decide"),
        (lambda: Publication.objects.filter(state="published"), "publication_state_drafted"),
        (lambda: Case.objects.filter(registered_by=1, registered_at__gte=NOON), "case_by_reg"),
        (
            lambda: Case.objects.filter(publish_consent=True).order_by("-answered_at"),
            "case_consent",
        ),
    ],
)
def test_an_index_leads_to_the_rows(rows, index):
    said = plan(rows())
    assert index in said
    assert "SCAN" not in said.replace("SCAN cases_case USING INDEX case_consent", "")


@pytest.mark.django_db
def test_of_a_unit_with_a_long_past_only_open_tasks_are_read(cast):
    case = wang_says(cast)
    case.accept(category=cast.leaks, by=cast.dispatcher, at=NOON)
    case.dispatch(lead=cast.water, basis="目录", by=cast.dispatcher, at=NOON)
    one = Assignment.objects.filter(case=case).values().get()
    past = [Assignment(**one | {"id": None, "state": "done"}) for _ in range(300)]
    Assignment.objects.bulk_create(past)
    assert learn()
    assert "task_open_unit_due" in plan(todo.tasks_of(cast.other_clerk))
    assert [task.case for task in todo.tasks_of(cast.other_clerk)] == [case]
