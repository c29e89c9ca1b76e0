"""What stands in attached files is found, shown as such, and told to nobody who may not see the case."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from cases.events.outbox import drain
from cases.models import AttachmentText, Case
from search.asking.finding import find
from search.asking.suggesting import suggestions
from search.engines.chosen import engine
from search.engines.port import Sort
from search.exports.exporting import make_next
from search.public import finding
from tests.cast import NOON
from tests.papers import docx, pdf, xlsx
from tests.search.asking.test_leaks import everything
from tests.search.attached import attach, worked_off

CANARY = "金丝雀密语"


def snippets(text, user, **asked):
    return [hit.snippet for hit in find(text, user, at=NOON, **asked).hits]


def test_a_file_is_found_once_it_is_read(say, found):
    case = say("小区停水三天")
    attach(case, "合同.docx", docx("管网改造工程由河东建设承包"))
    attach(case, "明细.xlsx", xlsx(["阀门", 12], ["弯头", 3]))
    attach(case, "通知.pdf", pdf("定于周六检修加压泵站"))
    drain(at=NOON)
    assert found("河东建设") == []
    assert worked_off() == ["read", "read", "read"]
    for words in (
        "河东建设",
        "弯头",
        "加压泵",
        "停水 河东建设",
        "停水 弯头 泵站",
        "河東建設",
        "明细",
    ):
        assert found(words) == [case.number], words
    for words in (
        "停水 -弯头",
        "河东建设 下水道",
        "标题:弯头",
        "内容:弯头",
        "地址:弯头",
        "答复:弯头",
    ):
        assert found(words) == [], words
    assert (
        found("附件:弯头")
        == found("file:弯头 停水")
        == found("附件:弯头 内容:停水")
        == [case.number]
    )
    assert found("附件:停水") == []
    assert found("-附件:弯头") == []
    assert found("停水|电费") == [case.number]


def test_phrases_do_not_cross_files_or_the_text_of_the_case(say, found):
    case = say("小区停水", title="小区停水")
    attach(case, "甲.docx", docx("管网改造"))
    attach(case, "乙.docx", docx("工程承包"))
    worked_off()
    for crossing in ("改造工程", "改造 工程", "停水管网", "停水 管网", "甲 管网", "改造 乙"):
        assert found(f"“{crossing}”") == [], crossing
    assert found("“管网改造”") == found("改造 工程") == [case.number]


def test_the_piece_shown_names_the_file(with_file, cast):
    case = with_file("一" * 60 + "由河东建设承包", name="供水<b>.docx")
    (told,) = snippets("河东建设", cast.dispatcher)
    assert told.startswith("附件《供水&lt;b&gt;.docx》：…")
    assert "由<mark>河东建设</mark>承包" in told
    (both,) = snippets("停水 河东建设", cast.dispatcher)
    assert both.startswith("小区<mark>停水</mark>三天 附件《")
    assert "<mark>河东建设</mark>" in both
    (own,) = snippets("停水", cast.dispatcher)
    assert "附件" not in own
    (named,) = snippets("附件:供水", cast.dispatcher)
    assert named.startswith("附件《<mark>供水</mark>&lt;b&gt;.docx》")
    (ranked,) = snippets("河东建设", cast.dispatcher, sort=Sort.RELEVANCE)
    assert ranked == told
    Case.objects.filter(pk=case.pk).update(content="河东建设")
    assert "附件" not in snippets("河东建设", cast.dispatcher)[0]  # the letter itself says it


def test_the_right_one_of_several_files_is_shown(say, cast):
    one, two = say("小区停水"), say("路灯河东建设")
    attach(one, "甲.docx", docx("路灯采购"))
    attach(one, "乙.docx", docx("河东建设"))
    attach(two, "丙.docx", docx("路灯与小区"))
    worked_off()
    first = snippets("小区 河东建设", cast.dispatcher)
    assert any("乙.docx" in told and "甲.docx" not in told for told in first)


def test_what_a_letter_says_comes_before_what_a_file_says(say, with_file, found):
    filed = with_file("河东建设")
    said = say("河东建设拖欠工资")
    newer = with_file("河东建设")
    assert found("河东建设", sort=Sort.RELEVANCE) == [said.number, newer.number, filed.number]


def test_questions_stay_constant(say, with_file, cast):
    def asked(words):
        find(words, cast.dispatcher, at=NOON)  # names of facets are kept for some seconds
        with CaptureQueriesContext(connection) as told:
            assert find(words, cast.dispatcher, at=NOON).total
        return len(told)

    with_file("河东建设")
    few = asked("河东建设"), asked("停水 河东建设")
    for _ in range(3):
        attach(with_file("河东建设"), "又一份.docx", docx("河东建设"))
        worked_off()
    assert (asked("河东建设"), asked("停水 河东建设")) == few


# Who may see it


@pytest.fixture
def planted(say, cast):
    """A complaint about the housing bureau, dispatched to the waterworks; the word is in a file."""
    case = say("投诉：有人违规", demand_type="complaint", respondents=(cast.housing,))
    attach(case, f"{CANARY}.docx", docx(f"{CANARY}在局里"))
    case.accept(category=cast.leaks, by=cast.dispatcher, at=NOON)
    case.dispatch(lead=cast.water, basis="目录", by=cast.dispatcher, at=NOON)
    worked_off()
    return case


def all_told(user):
    told = [
        everything(user),
        everything(user, f"附件:{CANARY}"),
        everything(user, f"投诉 {CANARY}"),
    ]
    spelt = suggestions(f"{CANARY} 天外", user, at=NOON)
    return told, [one.query for one in spelt if CANARY in one.query], snippets(CANARY, user)


def test_those_who_may_see_the_case_find_its_file(planted, cast):
    for user in (cast.dispatcher, cast.supervisor, cast.other_clerk):
        told, offered, shown = all_told(user)
        assert [one[0][0] for one in told] == [1, 1, 1]
        assert offered
        assert CANARY in shown[0].replace("<mark>", "").replace("</mark>", "")


@pytest.mark.parametrize("who", ["clerk", "leader", "sysadmin", "auditor"])
def test_those_who_may_not_are_told_nothing(planted, cast, who):
    told, offered, shown = all_told(getattr(cast, who))
    assert told == [[(0, 0, [], "")] * 9 + [[]]] * 3
    assert (offered, shown) == ([], [])


@pytest.mark.parametrize("level", ["confidential", "secret"])
def test_what_a_citizen_who_stays_unknown_sent_in_is_found_by_nobody(say, cast, level):
    attach(say("投诉：有人违规", secrecy=level), f"{CANARY}.docx", docx(f"{CANARY}在局里"))
    worked_off()
    for user in (cast.dispatcher, cast.supervisor, cast.clerk):
        assert find(f"附件:{CANARY}", user, at=NOON).total == 0
        assert find(CANARY, user, at=NOON).total == 0


def test_its_files_leave_the_search_when_a_case_becomes_confidential(planted, cast):
    assert find(CANARY, cast.dispatcher, at=NOON).total == 1
    planted.raise_secrecy(level="confidential", by=cast.dispatcher, at=NOON)
    worked_off()
    assert find(CANARY, cast.dispatcher, at=NOON).total == 0
    planted.ask_lower_secrecy(level="normal", reason="同意", by=cast.dispatcher, at=NOON)
    planted.decide_secrecy(granted=True, note="已听录音核实", by=cast.supervisor, at=NOON)
    worked_off()
    assert find(CANARY, cast.dispatcher, at=NOON).total == 1


def test_likeness_reads_no_files(planted, cast):
    assert engine().similar(CANARY, Case.objects.all(), viewer=cast.dispatcher) == []
    assert planted.number in [
        Case.objects.get(pk=like.case_id).number
        for like in engine().similar("投诉：有人违规", Case.objects.all(), viewer=cast.dispatcher)
    ]


def test_an_export_holds_no_text_of_files(with_file, approved, cast):
    with_file(f"河东建设 {CANARY}")
    approved(words="河东建设")
    export = make_next(at=NOON + timedelta(hours=2))
    with export.file.open("rb") as file:
        cells = [str(cell.value) for sheet in load_workbook(file) for row in sheet for cell in row]
    assert export.rows == 1
    assert not any(CANARY in cell for cell in cells)


def test_the_public_search_knows_no_files(with_file):
    with_file(CANARY)
    for words in (CANARY, f"附件:{CANARY}", f"停水 -附件:{CANARY}"):
        assert finding.find_public(words).total == 0


def test_numbers_and_names_of_people_are_not_kept(say, found, cast):
    case = say("小区停水", name="王大锤", phone="13807316217")
    words = "王大锤，电话13807316217，另13912345678，身份证43032119800101123X，合同88号"
    attach(case, "王大锤13807316217.docx", docx(words))
    worked_off()
    kept = AttachmentText.objects.get()
    for secret in ("王大锤", "13807316217", "13912345678", "43032119800101123X"):
        assert secret not in kept.text + kept.name
        assert found(f"附件:{secret}") == []
        assert found(secret) == []
    (told,) = snippets("合同88号", cast.dispatcher)
    assert "6217" not in told
    assert "王大锤" not in told
