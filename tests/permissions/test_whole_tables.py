"""No page names a whole table to find a few rows: for somebody who sees every case, ``IN`` would."""

import re

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from cases.models import Case, Request
from cases.people.sight import stands_in
from tests.permissions.people import body_of, browser_of
from tests.permissions.table import TABLE

WHOLE = re.compile(
    r'IN \(SELECT [\w.]*"?id"?(?: AS "?\w+"?)? FROM "cases_(?:case|assignment)"(?: \w+)?\)'
)
SEE_EVERYTHING = ("dispatcher", "supervisor", "reviewer", "callback")


def quoted(sql: str) -> str:
    return re.sub(r'"(\w+)"\.', "", sql)


@pytest.mark.parametrize("column", SEE_EVERYTHING)
def test_no_page_names_every_case(county, column):
    found = set()
    for line in TABLE:
        if line.data is not None:
            continue
        with transaction.atomic(), CaptureQueriesContext(connection) as asked:
            body_of(browser_of(county.people[column]).get(line.url(county)))
            transaction.set_rollback(True)
        found |= {line.name for one in asked if WHOLE.search(quoted(one["sql"]))}
    assert found == set()


def test_what_would_be_found(county):
    everything = Case.objects.visible_to(county.people["supervisor"]).order_by()
    for cases in (everything, everything.values("pk")):
        assert WHOLE.search(quoted(f"{Request.objects.filter(assignment__case__in=cases).query}"))
    rows = Request.objects.filter(stands_in(everything, "assignment__case"))
    assert not WHOLE.search(quoted(f"{rows.query}"))
