"""Every address × every role answers as the table says; who may not act changes nothing."""

import pytest
from django.db import transaction

from tests.permissions.lines import EVERYBODY
from tests.permissions.people import body_of, browser_of, everything_kept
from tests.permissions.table import METHODS, NAMES, TABLE
from tests.permissions.urlmap import own

# Forms that show and take on one address, with a line for reading only.
TAKES_BOTH = {
    "login",
    "site:file",
    "site:file_kind",
    "site:file_matter",
    "site:file_contact",
    "site:progress",
    "site:letter",
    "wagtailcore_login",
}
# Views of libraries: another method is a harmless read.
OF_LIBRARIES = {
    "set_language",
    "site:guides",
    "wagtail_serve",
    "wagtailcore_authenticate_with_password",
}


def test_every_address_has_a_line():
    assert sorted(set(own()) - NAMES) == []


def test_every_line_has_an_address():
    assert sorted(NAMES - set(own())) == []


def test_no_address_is_without_a_name():
    assert "" not in own()


def ask(client, line, url, county):
    """Send it and undo what it wrote; the answer, and whether it wrote anything."""
    before = everything_kept()
    with transaction.atomic():
        answer = client.get(url) if line.data is None else client.post(url, line.data(county) or {})
        body_of(answer)
        has_written = everything_kept() != before
        transaction.set_rollback(True)
    return answer, has_written


@pytest.mark.parametrize("column", sorted(EVERYBODY))
def test_every_address_answers_as_declared(county, column):
    wrong = []
    for line in TABLE:
        url = line.url(county)
        answer, has_written = ask(browser_of(county.people[column]), line, url, county)
        expected = line.expected(column)
        if answer.status_code != expected:
            wrong.append((line.name, line.method, answer.status_code, expected))
        if has_written != line.writes(column) and line.writes(column) is not None:
            wrong.append((line.name, line.method, "wrote" if has_written else "wrote nothing"))
        if column == "anonymous" and column not in line.allowed:
            sent_to = answer.headers.get("Location", "").split("?")[0]
            if sent_to != "/login/":
                wrong.append((line.name, line.method, sent_to))
    assert not wrong, "\n".join(map(str, wrong))


def test_another_method_is_refused(county):
    """To those who may use the address; nothing is written."""
    wrong = []
    for line in TABLE:
        if len(METHODS[line.name]) > 1 or line.name in TAKES_BOTH | OF_LIBRARIES:
            continue
        url = line.url(county)
        client = browser_of(county.people[min(line.allowed)])
        answer = client.get(url) if line.method == "POST" else client.post(url)
        if answer.status_code != 405:
            wrong.append((line.name, answer.status_code))
    assert not wrong, "\n".join(map(str, wrong))
