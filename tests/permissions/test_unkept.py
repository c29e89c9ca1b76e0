"""What staff is shown is kept by no browser or proxy; what is everybody's may be. Over every address."""

import re

import pytest
from django.db import transaction

from tests.permissions.lines import EVERYBODY, STAFF
from tests.permissions.people import body_of, browser_of
from tests.permissions.table import TABLE
from tests.permissions.urlmap import addresses

STAFFS = ("desk/", "cms/", "login/", "logout/")
MAY_BE_KEPT = ("site:search", "site:answers", "site:answer", "site:guides")
PERSONAL = ("site:progress", "site:progress_case", "site:receipt", "site:file", "site:letter")


def is_unkept(answer):
    said = {part.strip() for part in answer.headers.get("Cache-Control", "").split(",")}
    return {"no-store", "private"} <= said and "public" not in said


def ask(client, line, county):
    """Send it and undo what it wrote."""
    url, data = line.url(county), line.data
    with transaction.atomic():
        answer = client.get(url) if data is None else client.post(url, data(county) or {})
        body_of(answer)
        transaction.set_rollback(True)
    return answer


def test_every_answer_to_staff_is_kept_by_nobody(county):
    """Whoever may open it, one who may not, and a visitor; public addresses too, for the signed in."""
    wrong = []
    for line in TABLE:
        asking = {*sorted(line.allowed & STAFF)[:1], *sorted(STAFF - line.allowed)[:1]}
        is_staffs = line.url(county).lstrip("/").startswith(STAFFS)
        if is_staffs:
            asking.add("anonymous")
        wrong += [
            (line.name, line.method, column)
            for column in asking
            if not is_unkept(ask(browser_of(county.people[column]), line, county))
        ]
    assert wrong == []


def test_every_address_below_a_desk_or_the_editors_is_kept_by_nobody(county):
    """Asked blindly, so that refusals and pages that are not there count as well."""
    client = browser_of(county.people["system_admin"])
    places = {
        "/" + re.sub(r"<[^>]+>|\(.*?\)", "1", route).replace("^", "").rstrip("$").replace("\\", "")
        for _, route, _ in addresses()
        if route.startswith(STAFFS)
    }
    assert len(places) > 200
    wrong = []
    for place in sorted(places):
        with transaction.atomic():
            answer = client.head(place)
            transaction.set_rollback(True)
        if not is_unkept(answer):
            wrong.append(place)
    assert wrong == []


def test_a_crash_and_a_refused_form_are_kept_by_nobody(county, monkeypatch):
    from hotline.desk.casepage import views

    case = county.case["contacted"]
    client = browser_of(county.people["clerk"])
    refused = client.post(f"/desk/cases/{case.number}/petitioner/", {"reason": ""})
    assert refused.status_code == 422
    assert is_unkept(refused)
    monkeypatch.setattr(views, "shown_case", lambda *_: 1 / 0)
    crashed = client.get(f"/desk/cases/{case.number}/")
    assert crashed.status_code == 500
    assert is_unkept(crashed)


@pytest.mark.parametrize("name", MAY_BE_KEPT)
def test_what_is_everybodys_may_be_kept(county, name):
    line = next(line for line in TABLE if line.name == name)
    answer = ask(browser_of(None), line, county)
    assert answer.status_code == 200
    assert "no-store" not in answer.headers.get("Cache-Control", "")


@pytest.mark.parametrize("name", PERSONAL)
def test_what_is_about_one_citizen_is_kept_by_nobody(county, name):
    line = next(line for line in TABLE if line.name == name)
    assert line.allowed == EVERYBODY
    assert is_unkept(ask(browser_of(None), line, county))


def test_static_files_may_be_kept_by_staff_too(county, settings, tmp_path):
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    (settings.STATIC_ROOT / "look.css").write_text("body{}")
    answer = browser_of(county.people["clerk"]).get("/static/look.css")
    assert answer.status_code == 200
    assert body_of(answer) == b"body{}"
    assert "no-store" not in answer.headers.get("Cache-Control", "")
