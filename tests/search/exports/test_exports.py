"""Exports: a reason, a second person, the asker's own eyes, a watermark, seven days."""

from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from openpyxl import load_workbook

from cases.errors import IllegalStep, NotPermitted, Refused
from cases.models import Notice
from search.asking.question import Question
from search.exports.exporting import MOST_ATTEMPTS, ask, expire, fetch, make_next
from search.models import ExportRequest, ExportStep
from tests.cast import NOON, person
from tests.search.exported import URL, browser, fresh

HOUR = timedelta(hours=1)
CANARY = "金丝雀密语"


def kinds(export):
    return list(export.steps.values_list("kind", flat=True))


def test_the_whole_way_on_the_pages(say, cast):
    case = say("停水三天")
    asker, boss = browser(cast.dispatcher), browser(cast.supervisor)
    with time_machine.travel(NOON, tick=False):
        assert "/desk/exports/new/?q=" in asker.get("/desk/search/?q=停水").content.decode()
        assert "停水" in asker.get(f"{URL}new/?q=停水").content.decode()
        answer = asker.post(f"{URL}new/", {"q": "停水", "reason": "上报县政府"})
        export = ExportRequest.objects.get()
        assert (answer.status_code, answer.url) == (303, f"{URL}{export.pk}/")
        assert (export.state, export.total, export.asker) == ("asked", 1, cast.dispatcher)
        assert export.number in boss.get(URL).content.decode()
        assert boss.post(f"{URL}{export.pk}/decision/", {"act": "approve"}).status_code == 303
        assert "progress" in asker.get(f"{URL}{export.pk}/").content.decode()
        assert asker.get(f"{URL}{export.pk}/file/").status_code == 409
        assert make_next(at=NOON) == export
        assert make_next(at=NOON) is None
        export = fresh(export)
        assert (export.state, export.rows) == ("made", 1)
        assert export.number in asker.get("/desk/notices/").content.decode()
        assert f"{URL}{export.pk}/file/" in asker.get(f"{URL}{export.pk}/").content.decode()
        file = asker.get(f"{URL}{export.pk}/file/")
        assert file.status_code == 200
        assert file.headers["Content-Disposition"].endswith(f'"{export.number}.xlsx"')
        body = b"".join(file.streaming_content)
        values = [c.value for row in load_workbook(BytesIO(body)).worksheets[0] for c in row]
        assert case.number in values
        assert boss.get(f"{URL}{export.pk}/file/").status_code == 404  # the asker's only
    assert kinds(export) == ["export_asked", "export_approved", "export_made", "export_downloaded"]


def test_nobody_decides_their_own(say, cast):
    say("停水")
    export = ask(Question("停水"), 1, "核对", by=cast.supervisor, at=NOON)
    boss = browser(cast.supervisor)
    assert "decision" not in boss.get(f"{URL}{export.pk}/").content.decode()
    for act in ("approve", "refuse"):
        answer = boss.post(f"{URL}{export.pk}/decision/", {"act": act, "note": "同意"})
        assert answer.status_code == 422
    export = fresh(export)
    assert (export.state, kinds(export)) == ("asked", ["export_asked"])
    second = person("second", "林芳", cast.office, "supervisor")
    export.approve(by=second, at=NOON, note="")
    assert export.state == "approved"


def test_a_refusal_needs_words_and_is_told(say, cast):
    say("停水")
    export = ask(Question("停水"), 1, "好奇", by=cast.dispatcher, at=NOON)
    boss = browser(cast.supervisor)
    url = f"{URL}{export.pk}/decision/"
    assert boss.post(url, {"act": "refuse", "note": " "}).status_code == 422
    assert boss.post(url, {"act": "refuse", "note": "用途不明"}).status_code == 303
    export = fresh(export)
    assert (export.state, export.note) == ("refused", "用途不明")
    assert make_next(at=NOON) is None
    assert Notice.objects.get(user=cast.dispatcher).kind == "export_refused"
    assert "用途不明" in browser(cast.dispatcher).get("/desk/notices/").content.decode()
    assert boss.post(url, {"act": "approve", "note": ""}).status_code == 409


def test_asking_needs_a_right_a_reason_and_a_result(say, cast):
    say("停水")
    for who in (cast.operator, cast.clerk, cast.leader, cast.sysadmin):
        with pytest.raises(NotPermitted):
            ask(Question("停水"), 1, "核对", by=who, at=NOON)
    for question, total, reason in (
        (Question("停水"), 1, " "),
        (Question("停水"), 0, "核对"),
        (Question("电话:6217"), 1, "核对"),
    ):
        with pytest.raises(Refused):
            ask(question, total, reason, by=cast.dispatcher, at=NOON)
    assert not ExportRequest.objects.exists()
    export = ask(Question("停水"), 1, "核对", by=cast.dispatcher, at=NOON)
    with pytest.raises(NotPermitted):
        export.approve(by=cast.reviewer, at=NOON, note="")


def test_it_is_kept_seven_days_and_then_gone(say, cast, approved, folder):
    say("停水")
    export = approved()
    make_next(at=NOON)
    export = fresh(export)
    assert len(list(folder.glob("exports/**/*.xlsx"))) == 1
    assert expire(at=NOON + timedelta(days=6)) == 0
    with pytest.raises(IllegalStep):
        fetch(export, by=cast.dispatcher, at=NOON + timedelta(days=7))
    assert expire(at=NOON + timedelta(days=7)) == 1
    assert expire(at=NOON + timedelta(days=7)) == 0
    export = fresh(export)
    assert export.state == "expired"
    assert list(folder.glob("exports/**/*.xlsx")) == []
    asker = browser(cast.dispatcher)
    assert asker.get(f"{URL}{export.pk}/file/").status_code == 409
    assert "已删除" in asker.get(f"{URL}{export.pk}/").content.decode()
    waits = ask(Question("停水"), 1, "核对", by=cast.dispatcher, at=NOON)
    assert expire(at=NOON + timedelta(days=8)) == 1
    assert "七天内无人审批" in asker.get(f"{URL}{waits.pk}/").content.decode()


def test_a_worker_that_dies_leaves_it_to_the_next(say, cast, approved, monkeypatch, folder):
    from search.exports import exporting

    say("停水")
    export = approved()

    def die(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(exporting, "write", die)
        with pytest.raises(KeyboardInterrupt):
            make_next(at=NOON + HOUR)
    assert make_next(at=NOON + HOUR) is None  # leased to the dead one
    assert make_next(at=NOON + HOUR + timedelta(minutes=11)) == export
    export = fresh(export)
    assert (export.state, export.attempts) == ("made", 2)
    assert len(list(folder.glob("exports/**/*.xlsx"))) == 1


def test_what_fails_five_times_is_told(say, cast, approved, monkeypatch):
    from search.exports import exporting

    say("停水")
    export = approved()
    monkeypatch.setattr(exporting, "write", lambda *_: 1 / 0)
    at = NOON + HOUR
    for _ in range(MOST_ATTEMPTS):
        assert make_next(at=at) == export
        at += timedelta(minutes=11)
    export = fresh(export)
    assert export.state == "failed"
    assert Notice.objects.get(user=cast.dispatcher).kind == "export_failed"


def test_titles_alone_are_no_export(say, cast, approved, monkeypatch):
    """While the index does not answer it waits, and is made when it does."""
    from django.db import DatabaseError

    from search.engines.chosen import engine

    say("停水")
    export = approved()

    def broken(*_):
        raise DatabaseError("gone")

    with monkeypatch.context() as patch:
        patch.setattr(type(engine()), "search", broken)
        make_next(at=NOON + HOUR)
        export = fresh(export)
        assert (export.state, export.attempts) == ("approved", 0)
    make_next(at=NOON + HOUR + timedelta(minutes=2))
    export = fresh(export)
    assert export.state == "made"


def test_others_see_neither_the_list_nor_the_export(say, cast, approved):
    export = approved()
    second = person("second", "林芳", cast.office, "dispatcher")
    assert browser(second).get(f"{URL}{export.pk}/").status_code == 404
    assert export.number not in browser(second).get(URL).content.decode()
    for who in (cast.operator, cast.clerk, cast.sysadmin):
        assert browser(who).get(URL).status_code == 404
        assert browser(who).get(f"{URL}{export.pk}/").status_code == 404


def test_three_exports_cost_no_more_queries_than_one(say, cast):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = browser(cast.supervisor)
    ask(Question("停水"), 1, "一", by=cast.dispatcher, at=NOON)
    client.get(URL)
    with CaptureQueriesContext(connection) as one:
        client.get(URL)
    for reason in "二三":
        ask(Question("停水"), 1, reason, by=cast.dispatcher, at=NOON)
    with CaptureQueriesContext(connection) as three:
        client.get(URL)
    assert len(three) == len(one)
    assert ExportStep.objects.count() == 3


def test_while_it_is_made_its_own_part_of_the_page_is_asked_for(say, cast, approved):
    say("停水")
    export = approved()
    page = f"{URL}{export.pk}/"
    shown = browser(cast.dispatcher).get(page).content.decode()
    assert 'hx-trigger="every 3s"' in shown
    assert "stylesheet" in shown
    part = browser(cast.dispatcher).get(page, headers={"hx-request": "true"}).content.decode()
    assert part.startswith('<main id="main"')
    assert 'hx-trigger="every 3s"' in part
    assert "stylesheet" not in part
