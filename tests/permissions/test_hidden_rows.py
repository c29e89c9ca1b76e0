"""A row that is not one's own answers exactly like one that does not exist."""

import pytest
from django.urls import reverse

from cases.models import Case
from tests.permissions.asking_lines import shared
from tests.permissions.people import body_of, browser_of, everything_kept
from tests.permissions.table import TABLE

# A number and an id of the right shape that nobody has.
NOBODYS = {"number": "43032926112302999999", "pk": 987654}
# Rows that are no case: an operator's own draft, accounts and synonyms (the administrator's business).
OWN = {
    *{"desk:discard_draft", "desk:account", "desk:account_changes", "desk:synonym_set"},
    *{"desk:synonym_changes", "desk:synonym_retirement", "desk:synonym_restoration"},
}
BY_CASE = [
    line
    for line in TABLE
    if line.name.startswith(("desk:", "routing:", "satisfaction:"))
    and line.name not in OWN
    and line.parts is not shared  # a question, which everybody in the office may ask
]
STRANGERS = ["operator", "stranger", "accused", "system_admin", "security_admin", "audit_admin"]


@pytest.fixture
def secret(county):
    """Everything in the county is a secret report that no operator took down."""
    Case.objects.update(secrecy="secret", demand_type="report", registered_by=None)
    return county


def pairs(county):
    """Each line about a row: the address of a real one and of one that does not exist."""
    for line in BY_CASE:
        parts = line.parts(county)
        if set(parts) <= set(NOBODYS) and parts:
            nobodys = {
                name: NOBODYS["pk"] if isinstance(value, int) else NOBODYS[name]
                for name, value in parts.items()
            }
            yield line, line.url(county), reverse(line.name, args=list(nobodys.values()))


def told(client, line, url, county, number):
    """Status, body and the headers a person could compare; the row's own name taken out."""
    answer = client.get(url) if line.data is None else client.post(url, line.data(county))
    body = body_of(answer).decode()
    for name in number:
        body = body.replace(name, "#")
    names = ("Location", "Content-Type", "Cache-Control")
    heads = [answer.headers.get(name, "").replace(url, "#") for name in names]
    return answer.status_code, body, heads


@pytest.mark.parametrize("column", STRANGERS)
def test_a_hidden_row_is_like_none(secret, column):
    client = browser_of(secret.people[column])
    before, compared, wrong = everything_kept(), 0, []
    for line, url, nobodys in pairs(secret):
        hidden = told(client, line, url, secret, [url])
        if hidden != told(client, line, nobodys, secret, [nobodys]) or hidden[0] != 404:
            wrong.append((line.name, line.method, hidden[0]))
        compared += 1
    assert compared > 30
    assert not wrong, "\n".join(map(str, wrong))
    assert everything_kept() == before


def test_pages_that_name_a_row_open_no_hidden_one(secret):
    """For the operator, to whom the dispatch desk is open but no secret report."""
    client = browser_of(secret.people["operator"])
    number = secret.case["accepted"].number
    hidden = client.get(reverse("routing:dispatch"), {"case": number})
    nobodys = client.get(reverse("routing:dispatch"), {"case": NOBODYS["number"]})
    assert (hidden.status_code, nobodys.status_code) == (404, 404)
    assert hidden.content.replace(number.encode(), b"") == nobodys.content.replace(
        NOBODYS["number"].encode(), b""
    )
    seen = browser_of(secret.people["dispatcher"]).get(
        reverse("routing:dispatch"), {"case": number}
    )
    assert seen.status_code == 200
    assert number in seen.content.decode()


def test_ticking_hidden_rows_does_nothing(secret):
    """Lists of ticked rows take only what the person sees."""
    before = everything_kept()
    task = secret.case["dispatched"].lead()
    for column in ("stranger", "accused"):
        client = browser_of(secret.people[column])
        answer = client.post(reverse("desk:task_signatures"), {"task": [task.pk]})
        assert answer.status_code == 303
    operator = browser_of(secret.people["operator"])
    numbers = [secret.case["accepted"].number, secret.case["submitted"].number]
    assert operator.post(reverse("routing:assignments"), {"case": numbers}).status_code == 303
    assert everything_kept() == before

    clerk = browser_of(secret.people["clerk"])
    clerk.post(reverse("desk:task_signatures"), {"task": [task.pk]})
    assert everything_kept() != before


def test_the_accused_unit_holds_tasks_and_may_not_act_on_them(county):
    """It is the rule that hides the case, not the lack of a task."""
    accused = county.people["accused"]
    task = county.case["dispatched"].assignments.get(unit=accused.unit)
    client, before = browser_of(accused), everything_kept()
    for line in BY_CASE:
        if line.name.startswith("desk:task_") and "pk" in line.parts(county):
            answer = client.post(reverse(line.name, args=[task.pk]), line.data(county))
            assert answer.status_code == 404, line.name
    assert everything_kept() == before
    assert (
        client.get(reverse("desk:case", args=[county.case["dispatched"].number])).status_code == 404
    )
