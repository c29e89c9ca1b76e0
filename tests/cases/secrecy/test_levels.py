"""Secrecy goes up at once and down by two persons; units contact through the office or by a named person."""

from datetime import timedelta

import pytest

from cases.errors import NotPermitted, Refused
from cases.models import Case, ContactRelay
from cases.people.sight import What, sees
from tests.cast import NOON, wang_says

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(minutes=10)


@pytest.fixture
def case(cast):
    """Confidential, signed by housing."""
    made = wang_says(cast, secrecy="confidential")
    made.accept(category=cast.street_lights, by=cast.dispatcher, at=NOON)
    made.dispatch(lead=cast.housing, by=cast.dispatcher, at=NOON)
    made.lead().sign(by=cast.clerk, at=NOON)
    return Case.objects.get(pk=made.pk)


def test_anybody_in_the_office_raises_it(cast, case):
    case.raise_secrecy(level="secret", note="涉及举报线索", by=cast.agent, at=LATER)
    assert case.secrecy == "secret"
    payload = case.events.last().payload
    assert (payload["from"], payload["to"]) == ("confidential", "secret")


@pytest.mark.parametrize("level", ["normal", "confidential", "top"])
def test_raising_never_lowers(cast, case, level):
    with pytest.raises(Refused):
        case.raise_secrecy(level=level, by=cast.supervisor, at=LATER)
    assert case.secrecy == "confidential"


def test_lowering_takes_another_person(cast, case):
    case.ask_lower_secrecy(level="normal", reason="本人同意", by=cast.supervisor, at=LATER)
    assert case.secrecy == "confidential"
    with pytest.raises(Refused):
        case.ask_lower_secrecy(level="normal", reason="再申请", by=cast.dispatcher, at=LATER)
    with pytest.raises(Refused):
        case.decide_secrecy(granted=True, by=cast.supervisor, at=LATER)
    assert case.secrecy == "confidential"


@pytest.mark.parametrize(("granted", "level"), [(True, "normal"), (False, "confidential")])
def test_the_second_person_decides(cast, case, granted, level):
    case.ask_lower_secrecy(level="normal", reason="本人同意", by=cast.dispatcher, at=LATER)
    case.decide_secrecy(granted=granted, note="已核实录音", by=cast.supervisor, at=LATER)
    assert case.secrecy == level
    asked = case.secrecy_requests.get()
    assert (asked.granted, asked.decided_by) == (granted, cast.supervisor)
    with pytest.raises(Refused):
        case.decide_secrecy(granted=True, note="已听录音核实", by=cast.supervisor, at=LATER)


def test_what_is_asked_must_make_sense(cast, case):
    for level, reason in (("secret", "原因"), ("confidential", "原因"), ("normal", "  ")):
        with pytest.raises(Refused):
            case.ask_lower_secrecy(level=level, reason=reason, by=cast.dispatcher, at=LATER)
    with pytest.raises(NotPermitted):
        case.ask_lower_secrecy(level="normal", reason="原因", by=cast.operator, at=LATER)


def test_a_report_stays_secret(cast):
    report = wang_says(cast, demand_type="report", respondents=(cast.water,))
    with pytest.raises(Refused):
        report.ask_lower_secrecy(level="normal", reason="原因", by=cast.dispatcher, at=LATER)


def test_what_becomes_a_report_meanwhile_is_not_lowered(cast):
    made = wang_says(cast, secrecy="confidential")
    made.ask_lower_secrecy(level="normal", reason="原因", by=cast.dispatcher, at=LATER)
    made.reclassify(demand_type="report", by=cast.dispatcher, at=LATER)
    with pytest.raises(Refused):
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


def test_a_person_the_office_names_sees_it_and_nobody_else_of_the_unit(cast, case):
    case.name_contact(user=cast.clerk, reason="须上门核实", by=cast.dispatcher, at=LATER)
    assert sees(cast.clerk, case, What.IDENTITY)
    assert not sees(cast.leader, case, What.MASK)
    case.end_contact(user=cast.clerk, by=cast.supervisor, at=LATER)
    assert not sees(cast.clerk, case, What.MASK)
    assert [e.kind for e in case.events.all()][-2:] == ["contact_named", "contact_ended"]


def test_only_people_who_handle_it_are_named(cast, case):
    for person in (cast.other_clerk, cast.operator, cast.sysadmin):
        with pytest.raises(Refused):
            case.name_contact(user=person, reason="原因", by=cast.dispatcher, at=LATER)
    with pytest.raises(Refused):
        case.name_contact(user=cast.clerk, reason=" ", by=cast.dispatcher, at=LATER)
    with pytest.raises(NotPermitted):
        case.name_contact(user=cast.clerk, reason="原因", by=cast.leader, at=LATER)


def test_the_office_makes_the_contact_and_the_unit_may_reply(cast, case):
    task = case.lead()
    with pytest.raises(Refused):
        task.record_first_contact(method="phone", by=cast.clerk, at=LATER)
    task.ask_relay(question="路灯编号是多少？", by=cast.clerk, at=LATER)
    with pytest.raises(Refused):
        task.ask_relay(question="还有吗？", by=cast.clerk, at=LATER)
    with pytest.raises(NotPermitted):
        task.answer_relay(result="reached", text="十二号", by=cast.clerk, at=LATER)
    task.answer_relay(result="reached", text="十二号杆", by=cast.agent, at=LATER)
    assert (task.first_contact_method, task.first_contact_at) == ("office", LATER)
    reply = {"public_reply": "已修好。", "solved": "solved", "fact_true": "true"}
    task.submit_reply(**reply, by=cast.clerk, at=LATER)
    assert task.state == "awaiting_sign_off"


@pytest.mark.parametrize(
    "text", ["王桂芬说在十二号杆", "打13807316217找她", "请打 138.0731.6217", "王女士说在东头"]
)
def test_an_answer_does_not_tell_who_it_is(cast, case, text):
    task = case.lead()
    task.ask_relay(question="路灯编号是多少？", by=cast.clerk, at=LATER)
    with pytest.raises(Refused):
        task.answer_relay(result="reached", text=text, by=cast.agent, at=LATER)
    assert task.relays.get().answer == ""


def test_an_answer_is_refused_with_every_word_at_once(cast, case):
    task = case.lead()
    task.ask_relay(question="路灯编号是多少？", by=cast.clerk, at=LATER)
    text = "桂芬说找她先生小谭，打她老公张强的电话，芬姐在家"
    with pytest.raises(Refused, match="桂芬、小谭、张强、芬姐"):
        task.answer_relay(result="reached", text=text, by=cast.agent, at=LATER)
    assert task.relays.get().answer == ""
    said = "她婆婆在家，小区门口，建设局的人来过"
    task.answer_relay(result="reached", text=said, by=cast.agent, at=LATER)
    assert task.relays.get().answer == said


def test_not_reached_is_no_contact(cast, case):
    task = case.lead()
    task.ask_relay(question="路灯编号是多少？", by=cast.clerk, at=LATER)
    task.answer_relay(result="not_reached", by=cast.agent, at=LATER)
    assert task.first_contact_method == "phone_missed"
    assert task.alarms.filter(clock="contact", fired_at=None).exists()
    task.ask_relay(question="再试一次", by=cast.clerk, at=LATER)
    task.answer_relay(result="reached", text="在东头", by=cast.agent, at=LATER)
    assert task.first_contact_method == "office"


@pytest.mark.parametrize(("result", "text"), [("", "好"), ("reached", " "), ("later", "好")])
def test_an_answer_says_how_the_call_went(cast, case, result, text):
    task = case.lead()
    task.ask_relay(question="路灯编号是多少？", by=cast.clerk, at=LATER)
    with pytest.raises(Refused):
        task.answer_relay(result=result, text=text, by=cast.agent, at=LATER)
    assert task.relays.get().answered_at is None


def test_nobody_can_be_called_without_a_number(cast):
    made = wang_says(cast, secrecy="confidential", name="", phone="", is_anonymous=True)
    made.accept(category=cast.street_lights, by=cast.dispatcher, at=NOON)
    made.dispatch(lead=cast.housing, by=cast.dispatcher, at=NOON)
    task = made.lead().sign(by=cast.clerk, at=NOON)
    with pytest.raises(Refused):
        task.ask_relay(question="在哪里？", by=cast.clerk, at=LATER)


def test_a_question_leaves_the_list_when_its_task_moved_on(cast, case):
    task = case.lead()
    task.ask_relay(question="路灯编号是多少？", by=cast.clerk, at=LATER)
    assert ContactRelay.objects.waiting().count() == 1
    case = Case.objects.get(pk=case.pk)
    case.name_respondent(units=[cast.housing], note="", by=cast.dispatcher, at=LATER)
    assert not ContactRelay.objects.waiting().exists()
    assert ContactRelay.objects.count() == 1
