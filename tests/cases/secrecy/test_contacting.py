"""How a unit reaches a citizen it must not know: by one person named, or through the office."""

from datetime import timedelta

import pytest

from cases.errors import NotPermitted, Refused
from cases.models import Assignment, Case, ContactRelay
from cases.people.sight import What, sees
from tests.cast import NOON, accuse, wang_says

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
LATER = NOON + 10 * MINUTE


def test_a_person_the_office_names_sees_it_and_nobody_else_of_the_unit(cast, case):
    case.name_contact(user=cast.clerk, reason="须上门核实", by=cast.dispatcher, at=LATER)
    assert sees(cast.clerk, case, What.IDENTITY)
    assert not sees(cast.leader, case, What.MASK)
    case.end_contact(user=cast.clerk, by=cast.supervisor, at=LATER)
    assert not sees(cast.clerk, case, What.MASK)
    assert [e.kind for e in case.events.all()][-2:] == ["contact_named", "contact_ended"]


def test_only_people_who_handle_it_are_named(cast, case):
    for person in (cast.other_clerk, cast.operator, cast.sysadmin):
        with pytest.raises(Refused, match="正在承办"):
            case.name_contact(user=person, reason="原因", by=cast.dispatcher, at=LATER)
    with pytest.raises(Refused, match="必须知道"):
        case.name_contact(user=cast.clerk, reason=" ", by=cast.dispatcher, at=LATER)
    with pytest.raises(NotPermitted):
        case.name_contact(user=cast.clerk, reason="原因", by=cast.leader, at=LATER)


def test_the_office_makes_the_contact_and_the_unit_may_reply(cast, case):
    task = case.lead()
    with pytest.raises(Refused):
        task.record_first_contact(method="phone", by=cast.clerk, at=LATER)
    task.ask_relay(question="路灯编号是多少？", by=cast.clerk, at=LATER)
    with pytest.raises(Refused, match="上一个问题"):
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
    with pytest.raises(Refused, match="承办单位会看到"):
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


@pytest.mark.parametrize(
    ("result", "text", "why"),
    [("", "好", "通话结果"), ("reached", " ", "不写姓名"), ("later", "好", "通话结果")],
)
def test_an_answer_says_how_the_call_went(cast, case, result, text, why):
    task = case.lead()
    task.ask_relay(question="路灯编号是多少？", by=cast.clerk, at=LATER)
    with pytest.raises(Refused, match=why):
        task.answer_relay(result=result, text=text, by=cast.agent, at=LATER)
    assert task.relays.get().answered_at is None


def test_nobody_can_be_called_without_a_number(cast):
    made = wang_says(cast, secrecy="confidential", name="", phone="", is_anonymous=True)
    made.accept(category=cast.street_lights, by=cast.dispatcher, at=NOON)
    made.dispatch(lead=cast.housing, by=cast.dispatcher, at=NOON)
    task = made.lead().sign(by=cast.clerk, at=NOON)
    with pytest.raises(Refused, match="没有留电话"):
        task.ask_relay(question="在哪里？", by=cast.clerk, at=LATER)


def test_a_question_leaves_the_list_when_its_task_moved_on(cast, case):
    task = case.lead()
    task.ask_relay(question="路灯编号是多少？", by=cast.clerk, at=LATER)
    assert ContactRelay.objects.waiting().count() == 1
    case = Case.objects.get(pk=case.pk)
    case.name_respondent(units=[cast.housing], note="", by=cast.dispatcher, at=LATER)
    assert not ContactRelay.objects.waiting().exists()
    assert ContactRelay.objects.count() == 1


def test_one_person_only_knows_the_citizen(cast, case):
    case.name_contact(user=cast.clerk, reason=" 须上门核实 ", by=cast.dispatcher, at=LATER)
    grant = case.contact_grants.get()
    assert (grant.reason, grant.granted_by, grant.granted_at) == (
        "须上门核实", cast.dispatcher, LATER,
    )  # fmt: skip
    with pytest.raises(Refused, match="已指定周明"):
        case.name_contact(user=cast.leader, reason="也要去", by=cast.dispatcher, at=LATER)
    with pytest.raises(Refused, match="周明已经"):
        case.name_contact(user=cast.clerk, reason="再写一次", by=cast.supervisor, at=LATER)
    assert case.contact_grants.get() == grant
    case.end_contact(user=cast.clerk, by=cast.supervisor, at=LATER)
    case.name_contact(user=cast.leader, reason="换人", by=cast.dispatcher, at=LATER)
    assert case.contact_grants.get(ended_at=None).user == cast.leader
    case.end_contact(user=cast.leader, by=cast.supervisor, at=LATER)
    case.name_contact(user=cast.clerk, reason="再上门", by=cast.dispatcher, at=LATER)
    assert [one.reason for one in case.contact_grants.filter(user=cast.clerk).order_by("pk")] == [
        "须上门核实", "再上门",
    ]  # fmt: skip


def test_nobody_is_named_where_the_unit_knows_the_citizen_anyway(cast):
    made = wang_says(cast)
    made.accept(category=cast.street_lights, by=cast.dispatcher, at=NOON)
    made.dispatch(lead=cast.housing, by=cast.dispatcher, at=NOON)
    with pytest.raises(Refused, match="这件工单不保密"):
        made.name_contact(user=cast.clerk, reason="上门", by=cast.dispatcher, at=LATER)
    assert not made.contact_grants.exists()


def test_only_what_was_given_is_taken_back_and_once(cast, case):
    case.name_contact(user=cast.leader, reason="上门", by=cast.dispatcher, at=LATER)
    with pytest.raises(Refused, match="周明没有被指定"):
        case.end_contact(user=cast.clerk, by=cast.supervisor, at=LATER)
    assert case.contact_grants.get().ended_at is None
    case.end_contact(user=cast.leader, by=cast.supervisor, at=LATER)
    with pytest.raises(Refused, match="吴刚没有被指定"):
        case.end_contact(user=cast.leader, by=cast.dispatcher, at=LATER + MINUTE)
    grant = case.contact_grants.get()
    assert (grant.ended_by, grant.ended_at) == (cast.supervisor, LATER)


def test_both_acts_are_recorded_with_person_and_unit(cast, case):
    who = {"user": cast.clerk.pk, "person": "周明", "person_unit": "县住建局"}
    reason = "上" * 201
    case.name_contact(user=cast.clerk, reason=f" {reason} ", by=cast.dispatcher, at=LATER)
    assert case.events.last().payload == who | {"note": reason}
    assert case.contact_grants.get().reason == "上" * 200
    case.end_contact(user=cast.clerk, by=cast.supervisor, at=LATER)
    assert case.events.last().payload == who


def test_whoever_is_in_the_line_of_the_one_complained_about_is_not_named(cast, case):
    accuse([case], cast.housing)
    case = Case.objects.get(pk=case.pk)
    with pytest.raises(Refused, match="正在承办"):
        case.name_contact(user=cast.clerk, reason="上门", by=cast.dispatcher, at=LATER)


def test_an_empty_question_is_none(cast, case):
    with pytest.raises(Refused, match="请写要热线办问什么"):
        case.lead().ask_relay(question=" \n", by=cast.clerk, at=LATER)
    assert not ContactRelay.objects.exists()


def test_an_answered_question_is_not_answered_again(cast, case):
    task = case.lead()
    with pytest.raises(Refused, match="已经答复"):  # nor one that nobody asked
        task.answer_relay(result="reached", text="在东头", by=cast.agent, at=LATER)
    task.ask_relay(question="几号杆？", by=cast.clerk, at=LATER)
    task.answer_relay(result="reached", text="在东头", by=cast.agent, at=LATER)
    with pytest.raises(Refused, match="已经答复"):
        task.answer_relay(result="refused", text="", by=cast.agent, at=LATER)
    relay = task.relays.get()
    assert (relay.result, relay.answer, relay.answered_by) == ("reached", "在东头", cast.agent)


def test_the_first_contact_stays_whose_it_was(cast, case):
    case.name_contact(user=cast.clerk, reason="上门", by=cast.dispatcher, at=LATER)
    task = Case.objects.get(pk=case.pk).lead()
    task.record_first_contact(method="visit", note="在家", by=cast.clerk, at=LATER)
    task.ask_relay(question="还要问杆号", by=cast.clerk, at=LATER)
    task.answer_relay(result="reached", text="在东头", by=cast.agent, at=LATER + MINUTE)
    task = Assignment.objects.get(pk=task.pk)
    assert (task.first_contact_method, task.first_contact_at) == ("visit", LATER)
    assert task.first_contact_by == cast.clerk


def waiting(task):
    """The clocks of the task that still run."""
    return set(task.alarms.filter(fired_at=None).values_list("clock", flat=True))


def test_a_call_that_reached_ends_the_clock_of_contact_and_no_other(cast, case):
    task = case.lead()
    before = waiting(task)
    assert {"contact"} < before
    task.ask_relay(question=" 几号杆？ ", by=cast.clerk, at=LATER)
    assert case.events.last().payload == {"unit": "青溪县住房和城乡建设局", "text": "几号杆？"}
    task.answer_relay(result="not_reached", text=" 无人接 ", by=cast.agent, at=LATER)
    assert case.events.last().payload == {
        "unit": "青溪县住房和城乡建设局", "result": "not_reached", "text": "无人接",
    }  # fmt: skip
    assert (waiting(task), task.first_contact_note) == (before, "")
    task.ask_relay(question="再试", by=cast.clerk, at=LATER)
    task.answer_relay(result="refused", text="", by=cast.agent, at=LATER)
    assert waiting(task) == before - {"contact"}
