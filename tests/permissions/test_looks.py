"""No page shows a case without a trace: every address that answers with a case's number is asked."""

from django.db import transaction

from cases.models import Case, Look, ViewLog
from hotline.desk.admin.audit.looks import LISTS
from tests.permissions.lines import STAFF
from tests.permissions.people import body_of, browser_of
from tests.permissions.table import TABLE

# They name a case by its number only, and lead nowhere for who may not see it.
ONLY_A_NUMBER = {"desk:audit", "desk:system", "desk:exports", "desk:export"}


def test_whatever_shows_a_case_leaves_a_trace(county):
    numbers = [number.encode() for number in Case.objects.values_list("number", flat=True)]
    silent, told, lists = [], set(), set()
    for line in TABLE:
        if line.name in ONLY_A_NUMBER:
            continue
        for column in sorted(line.allowed & STAFF):
            with transaction.atomic():
                client = browser_of(county.people[column])
                url, data = line.url(county), line.data
                answer = client.get(url) if data is None else client.post(url, data(county) or {})
                shown = body_of(answer)
                if any(number in shown for number in numbers):
                    told.add(line.name)
                    if not (Look.objects.exists() or ViewLog.objects.exists()):
                        silent.append((line.name, column))
                lists |= set(Look.objects.filter(kind="list").values_list("subject", flat=True))
                transaction.set_rollback(True)
    assert silent == []
    assert len(told) >= 18, told  # the desks do show cases here
    assert lists - set(LISTS) == set()  # the audit page knows what each is called
    asked_for = {"caller", "advice", "search"}  # by a form: ``tests.desk.test_looks``
    assert set(LISTS) - lists <= asked_for


def test_a_file_leaves_a_trace_and_who_is_refused_leaves_none(county):
    from django.urls import reverse

    url = reverse("desk:attachment", args=[county.attachment.pk])
    assert browser_of(county.people["stranger"]).get(url).status_code == 404
    assert not Look.objects.exists()
    body_of(browser_of(county.people["clerk"]).get(url))
    look = Look.objects.get()
    assert (look.kind, look.user, look.number) == (
        "file",
        county.people["clerk"],
        county.case["contacted"].number,
    )
    assert look.subject == str(county.attachment.pk)
