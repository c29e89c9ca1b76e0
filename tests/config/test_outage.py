"""An outage is waited for or told: 503 and 507 instead of 500, and what was typed is still there."""

import json
import re
import time

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection

from config import outage
from tests.config import outages
from tests.config.conftest import cannot_be_written
from tests.config.test_pages import INLINE, text

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.config.outages")]
on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite's refusals")
FOREVER = 10**6
STORY = "人民路东段路灯从上周起整排不亮。\r\n</textarea><script>夜里看不见路</script>"


def form(**said):
    return {"csrfmiddlewaretoken": "b" * 32, **said}


def posted(page):
    """What the form of the page would send, as a browser reads it."""
    import html

    found = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    found |= dict(re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\n([^<]*)</textarea>', page))
    return {name: html.unescape(value) for name, value in found.items()}


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_page_waits_for_the_database(fails, visitor, method):
    fails(3)
    assert getattr(visitor, method)("/away/").status_code == 200
    assert len(fails.asked) == 4


def test_a_page_does_not_wait_for_ever(fails, visitor):
    fails(FOREVER)
    begun = time.monotonic()
    answer = visitor.get("/away/")
    assert time.monotonic() - begun < 5
    assert len(fails.asked) > 3
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "no-store" in answer["Cache-Control"]
    assert "数据库暂时没有应答" in text(answer)
    assert 'href="/away/"' in text(answer)
    assert "<form" not in text(answer)
    assert not INLINE.search(text(answer))


def test_in_a_long_outage_nobody_waits_in_line(fails, visitor):
    fails(FOREVER)
    visitor.get("/dead/")
    fails.asked.clear()
    assert visitor.get("/dead/").status_code == 503
    assert len(fails.asked) <= 2  # not the twenty of the first


def test_the_next_outage_is_waited_for_again(fails, visitor):
    fails(FOREVER)
    assert visitor.get("/dead/").status_code == 503
    fails(2)
    assert visitor.get("/dead/").status_code == 503  # still the same one
    fails(0)
    assert visitor.get("/away/").status_code == 200  # over: the database answered
    fails(2)
    assert visitor.get("/dead/").status_code == 200


def test_after_a_quiet_while_it_is_another_outage(fails, visitor, monkeypatch):
    fails(FOREVER)
    assert visitor.get("/dead/").status_code == 503
    monkeypatch.setattr(outage, "NEW_OUTAGE", 0.0)
    fails(2)
    assert visitor.get("/dead/").status_code == 200


def test_a_form_is_sent_again_when_nothing_can_have_changed(fails, visitor):
    fails(2)
    note = SimpleUploadedFile("便条.txt", "便条".encode())
    answer = visitor.post("/away/", form(content="路灯", note=note))
    assert answer.status_code == 200
    assert "'content': ['路灯']" in text(answer)
    assert "{'note': '便条'}" in text(answer)
    assert len(fails.asked) == 3


def test_a_form_is_not_sent_again_once_something_may_have_changed(fails, visitor):
    answer = visitor.post("/written/", form(content=STORY))
    assert answer.status_code == 503
    assert len(fails.asked) == 1
    assert "是否已经办成尚不能确定" in text(answer)


def test_what_was_typed_is_kept_in_the_page_and_can_be_sent_again(fails, visitor):
    fails(FOREVER)
    sent = form(content=STORY, act="send", region="430329101")
    answer = visitor.post("/away/?step=3", sent)
    page = text(answer)
    assert answer.status_code == 503
    assert "没有作任何改动" in page
    assert "<script" not in page
    assert 'method="post" action="/away/?step=3"' in page
    again = posted(page)
    marks = {"csrfmiddlewaretoken": again["csrfmiddlewaretoken"], "_again": "1"}
    assert again == sent | marks
    fails(0)
    assert visitor.post("/away/?step=3", again).status_code == 200


def test_files_are_asked_for_again_by_name(fails, visitor):
    answer = visitor.post(
        "/full/", form(content=STORY, files=[SimpleUploadedFile("井盖.jpg", b"x" * 10)])
    )
    page = text(answer)
    assert answer.status_code == 507
    assert "请重新选择：井盖.jpg" in page
    assert '<input class="input" type="file" name="files" multiple>' in page
    assert 'enctype="multipart/form-data"' in page


def test_a_password_never_comes_back(fails, visitor):
    fails(FOREVER)
    answer = visitor.post("/away/", form(username="clerk", password="青溪 qingxi-secret"))
    page = text(answer)
    assert answer.status_code == 503
    assert "qingxi-secret" not in page
    assert "<form" not in page
    assert "返回表单" in page


def test_a_form_of_another_site_never_becomes_ours(fails, visitor):
    fails(FOREVER)
    answer = visitor.post("/away/", {"content": STORY})
    assert answer.status_code == 403  # refused before the database is asked
    assert fails.asked == []


def test_an_unchecked_form_is_not_offered_again(fails, visitor, monkeypatch):
    visitor.handler.enforce_csrf_checks = False
    fails(FOREVER)
    answer = visitor.post("/away/", {"content": STORY})
    assert answer.status_code == 503
    assert "<form" in text(answer)  # as the middleware let it pass
    monkeypatch.setattr(outages.away, "csrf_exempt", True, raising=False)
    page = text(visitor.post("/away/", {"content": STORY}))
    assert "<form" not in page
    assert "夜里看不见路" in page  # to be read and copied all the same


def test_nothing_of_a_failed_request_is_stored(fails, visitor):
    fails(FOREVER)
    answer = visitor.post("/away/", form(content=STORY))
    assert answer.status_code == 503
    assert set(answer.cookies) <= {"csrftoken"}  # neither a session nor the word “done”


def test_a_full_disk_is_507_at_once(fails, visitor):
    answer = visitor.get("/full/")
    assert (answer.status_code, answer["Retry-After"]) == (507, "60")
    assert "磁盘已满" in text(answer)
    assert len(fails.asked) == 1


@on_sqlite
def test_a_database_that_cannot_be_written_is_told_at_once(read_only, fails, visitor):
    answer = visitor.post("/written/", form(content=STORY))
    page = text(answer)
    assert (answer.status_code, answer["Retry-After"]) == (507, "60")
    assert "目前不能写入" in page
    assert "没有作任何改动" in page
    assert posted(page)["content"] == STORY
    assert len(fails.asked) == 1
    said = visitor.get("/written/", headers={"Accept": "application/json"})
    assert json.loads(said.content)["outage"] == "read_only"
    assert "目前不能写入" in json.loads(said.content)["sentence"]


@on_sqlite
def test_nobody_logs_in_while_nothing_can_be_written(read_only, visitor, cast):
    for name in (cast.clerk.username, "nobody"):
        answer = visitor.post("/login/", form(username=name, password="wrong"))
        assert answer.status_code == 507
        assert "目前不能写入" in text(answer)


@on_sqlite
def test_a_search_that_cannot_be_recorded_is_none(visitor, cast):
    visitor.force_login(cast.dispatcher, backend="cases.people.signed_in.StaffBackend")
    with cannot_be_written():
        answer = visitor.post("/desk/search/", form(q="13807316217"))
        assert answer.status_code == 507
        assert "13807316217" in text(answer)


@on_sqlite
def test_a_session_that_may_not_be_written_is_no_session_deleted_meanwhile(fails, visitor, cast):
    visitor.force_login(cast.clerk, backend="cases.people.signed_in.StaffBackend")
    with cannot_be_written():
        assert visitor.post("/away/", form(content=STORY)).status_code == 507


def test_a_mistake_stays_a_500(fails, visitor):
    answer = visitor.get("/mistake/")
    assert answer.status_code == 500
    assert "系统出了点问题" in text(answer)


def test_a_part_of_a_page_gets_a_sentence(fails, visitor):
    fails(FOREVER)
    answer = visitor.post("/away/", form(content=STORY), headers={"HX-Request": "true"})
    assert answer.status_code == 503
    assert "<" not in text(answer)
    assert "您写的内容还在本页上" in text(answer)


def test_a_program_gets_json(fails, visitor):
    answer = visitor.get("/full/", headers={"Accept": "application/json"})
    assert answer.status_code == 507
    assert json.loads(answer.content) == {
        "status": 507,
        "outage": "full",
        "sentence": "系统的磁盘已满，在技术人员腾出空间之前，暂时无法受理任何内容。",
    }


def test_the_chosen_language_is_spoken(fails, visitor, settings):
    visitor.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert "disk is full" in text(visitor.get("/full/"))


def test_one_line_in_the_log_and_nothing_of_the_form(fails, visitor, caplog):
    fails(FOREVER)
    visitor.post("/away/", form(content=STORY))
    told = [one for one in caplog.records if one.levelname in {"WARNING", "ERROR"}]
    assert [one.name for one in told] == ["config"]
    assert "Connection refused" in str(told[0].msg)
    assert "路灯" not in caplog.text


def test_many_refusals_are_one_line_a_second(fails, visitor, caplog, monkeypatch):
    fails(FOREVER)
    for _ in range(5):
        visitor.post("/written/", form(content=STORY))
    told = [one.msg for one in caplog.records if one.name == "config"]
    assert [line["more"] for line in told] == [0]
    monkeypatch.setattr(outage, "TELL_EVERY", 0.0)
    visitor.post("/written/", form(content=STORY))
    told = [one.msg for one in caplog.records if one.name == "config"]
    assert [line["more"] for line in told] == [0, 4]


@pytest.mark.parametrize(
    ("outage_is", "status"), [(outages.refused, 503), (outages.write_to_a_full_disk, 507)]
)
def test_a_session_that_cannot_be_saved_is_an_outage_too(
    visitor, cast, monkeypatch, outage_is, status
):
    """Django would say 400: it takes every error for a session deleted meanwhile."""
    visitor.force_login(cast.clerk, backend="cases.people.signed_in.StaffBackend")

    def fail(*_args, **_words):
        try:
            outage_is()
        except OSError as error:
            raise OperationalError from error

    monkeypatch.setattr(Session, "save", fail)
    assert visitor.post("/away/", form()).status_code == status


def test_a_session_deleted_meanwhile_is_still_told_as_that(visitor, cast, monkeypatch):
    visitor.force_login(cast.clerk, backend="cases.people.signed_in.StaffBackend")
    monkeypatch.setattr(outages, "refused", Session.objects.all().delete)
    outages.FAILS[0] = 1
    assert visitor.post("/away/", form()).status_code == 400
