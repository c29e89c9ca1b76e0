"""Secrecy goes up at once and down by two persons; who sees what at each level."""

from datetime import timedelta

import pytest

from cases.errors import NotPermitted, Refused
from cases.people.person import SYSTEM
from cases.people.sight import What, sees
from tests.cast import NOON, wang_says

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(minutes=10)


def test_anybody_in_the_office_raises_it(cast, case):
    case.raise_secrecy(level="secret", note="涉及举报线索", by=cast.agent, at=LATER)
    assert case.secrecy == "secret"
    assert case.events.last().payload == {
        "from": "confidential", "to": "secret", "note": "涉及举报线索",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("level", "why"),
    [("normal", "只能提高"), ("confidential", "只能提高"), ("top", "请选择保密级别")],
)
def test_raising_never_lowers(cast, case, level, why):
    with pytest.raises(Refused, match=why):
        case.raise_secrecy(level=level, by=cast.supervisor, at=LATER)
    assert case.secrecy == "confidential"


def test_lowering_takes_another_person(cast, case):
    case.ask_lower_secrecy(level="normal", reason=" 本人同意 ", by=cast.supervisor, at=LATER)
    assert case.secrecy == "confidential"
    asked = case.secrecy_requests.get()
    assert (asked.level, asked.reason, asked.asked_by) == ("normal", "本人同意", cast.supervisor)
    assert case.events.last().payload == {
        "from": "confidential", "to": "normal", "note": "本人同意",
    }  # fmt: skip
    with pytest.raises(Refused, match="已有一个"):
        case.ask_lower_secrecy(level="normal", reason="再申请", by=cast.dispatcher, at=LATER)
    with pytest.raises(Refused, match="不能是申请人"):
        case.decide_secrecy(granted=True, by=cast.supervisor, at=LATER)
    assert case.secrecy == "confidential"


@pytest.mark.parametrize(("granted", "level"), [(True, "normal"), (False, "confidential")])
def test_the_second_person_decides(cast, case, granted, level):
    case.ask_lower_secrecy(level="normal", reason="本人同意", by=cast.dispatcher, at=LATER)
    case.decide_secrecy(granted=granted, note="已核实录音 ", by=cast.supervisor, at=LATER)
    assert case.secrecy == level
    asked = case.secrecy_requests.get()
    assert (asked.granted, asked.decided_by) == (granted, cast.supervisor)
    assert (asked.decided_at, asked.decision_note) == (LATER, "已核实录音")
    assert case.events.last().payload == {
        "from": "confidential", "to": level, "granted": granted, "note": "已核实录音",
        "user": cast.dispatcher.pk,
    }  # fmt: skip
    with pytest.raises(Refused, match="没有人申请"):
        case.decide_secrecy(granted=True, note="已听录音核实", by=cast.supervisor, at=LATER)


def test_whoever_asked_takes_it_back_and_nobody_else(cast, case):
    with pytest.raises(Refused, match="没有人申请"):
        case.withdraw_lower_secrecy(by=cast.dispatcher, at=LATER)
    case.ask_lower_secrecy(level="normal", reason="本人同意", by=cast.dispatcher, at=LATER)
    with pytest.raises(Refused, match="只有申请人"):
        case.withdraw_lower_secrecy(by=cast.supervisor, at=LATER)
    assert case.secrecy_requests.get().decided_at is None
    case.withdraw_lower_secrecy(by=cast.dispatcher, at=LATER)
    asked = case.secrecy_requests.get()
    assert (asked.granted, asked.decided_by, asked.decided_at) == (None, cast.dispatcher, LATER)
    event = case.events.last()
    assert (event.kind, case.secrecy) == ("lower_secrecy_withdrawn", "confidential")
    assert event.payload == {"from": "confidential", "to": "normal"}
    with pytest.raises(Refused, match="没有人申请"):  # nobody decides what is asked no longer
        case.decide_secrecy(granted=True, note="已听录音核实", by=cast.supervisor, at=LATER)
    case.ask_lower_secrecy(level="normal", reason="本人又同意", by=cast.supervisor, at=LATER)
    with pytest.raises(Refused, match="只有申请人"):  # the request of now, not that of before
        case.withdraw_lower_secrecy(by=cast.dispatcher, at=LATER)


def test_a_request_is_about_its_own_case(cast, case):
    other = wang_says(cast, secrecy="confidential", key="other")
    other.ask_lower_secrecy(level="normal", reason="本人同意", by=cast.dispatcher, at=LATER)
    with pytest.raises(Refused, match="没有人申请"):
        case.decide_secrecy(granted=True, note="已听录音核实", by=cast.supervisor, at=LATER)
    with pytest.raises(Refused, match="没有人申请"):
        case.withdraw_lower_secrecy(by=cast.dispatcher, at=LATER)
    case.ask_lower_secrecy(level="normal", reason="本人同意", by=cast.dispatcher, at=LATER)
    assert case.secrecy_requests.get().decided_at is None


@pytest.mark.parametrize(
    ("granted", "note", "why"),
    [(False, " ", "不同意的理由"), (True, "同意 ", "不少于 5"), (True, " " * 9, "不少于 5")],
)
def test_a_decision_needs_its_reason(cast, case, granted, note, why):
    case.ask_lower_secrecy(level="normal", reason="本人同意", by=cast.dispatcher, at=LATER)
    with pytest.raises(Refused, match=why):
        case.decide_secrecy(granted=granted, note=note, by=cast.supervisor, at=LATER)
    assert case.secrecy_requests.get().decided_at is None
    assert case.secrecy == "confidential"


def test_no_program_lowers_it(cast, case):
    case.ask_lower_secrecy(level="normal", reason="本人同意", by=cast.dispatcher, at=LATER)
    with pytest.raises(Refused, match="不能是申请人"):
        case.decide_secrecy(granted=True, note="已听录音核实", by=SYSTEM, at=LATER)
    assert case.secrecy == "confidential"


def test_what_is_asked_must_make_sense(cast, case):
    for level, reason, why in (
        ("secret", "原因", "比现在低"),
        ("confidential", "原因", "比现在低"),
        ("normal", "  ", "为什么可以降低"),
        ("open", "原因", "请选择保密级别"),
    ):
        with pytest.raises(Refused, match=why):
            case.ask_lower_secrecy(level=level, reason=reason, by=cast.dispatcher, at=LATER)
    with pytest.raises(NotPermitted):
        case.ask_lower_secrecy(level="normal", reason="原因", by=cast.operator, at=LATER)


def test_a_report_stays_secret(cast):
    report = wang_says(cast, demand_type="report", respondents=(cast.water,))
    with pytest.raises(Refused, match="一律机密"):
        report.ask_lower_secrecy(level="normal", reason="原因", by=cast.dispatcher, at=LATER)


def test_what_becomes_a_report_meanwhile_is_not_lowered(cast):
    made = wang_says(cast, secrecy="confidential")
    made.ask_lower_secrecy(level="normal", reason="原因", by=cast.dispatcher, at=LATER)
    made.reclassify(demand_type="report", by=cast.dispatcher, at=LATER)
    with pytest.raises(Refused, match="一律机密"):
        made.decide_secrecy(granted=True, note="已听录音核实", by=cast.supervisor, at=LATER)
    assert made.secrecy == "secret"


@pytest.mark.parametrize("what", list(What))
def test_units_see_who_it_is_on_ordinary_cases_only(cast, case, what):
    assert not sees(cast.clerk, case, what)
    assert sees(cast.dispatcher, case, what)
    case.secrecy = "normal"
    assert sees(cast.clerk, case, what)


def test_the_reviewer_sees_a_mask_and_no_name(cast, case):
    assert sees(cast.reviewer, case, What.MASK)
    assert not sees(cast.reviewer, case, What.IDENTITY)
