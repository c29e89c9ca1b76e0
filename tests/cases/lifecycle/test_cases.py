"""Cases: what a verb refuses, and what it leaves behind."""

import pytest

from cases.lifecycle.of_case import lock
from cases.models import Case, Reason, Unit
from tests.cases.lifecycle.stages import (
    MINUTE,
    accepted,
    answered,
    dispatched,
    fresh,
    refused,
    under_review,
)
from tests.cast import NOON, wang_says

NOW = NOON + 10 * MINUTE
pytestmark = pytest.mark.usefixtures("english")


def test_a_matter_without_a_category_is_not_accepted(cast):
    case = wang_says(cast)
    with refused(case, "Choose a category before accepting"):
        case.accept(by=cast.dispatcher, at=NOW)


def test_what_is_told_again_is_no_change(cast):
    case = wang_says(cast)
    case.accept(category=cast.street_lights, urgency=None, by=cast.dispatcher, at=NOW)
    assert list(case.events.get(kind="accepted").payload["changed"]) == ["category"]
    case.reclassify(
        category=cast.street_lights, urgency=case.urgency, by=cast.dispatcher, at=NOW + MINUTE
    )
    assert case.events.get(kind="reclassified").payload == {}


def test_a_new_class_before_acceptance_moves_no_clock(cast):
    case = wang_says(cast)
    case.reclassify(category=cast.leaks, by=cast.dispatcher, at=NOW)
    assert (case.state, case.dispatch_due_at, case.promise_due_at) == ("submitted", None, None)
    told = case.events.get(kind="reclassified").payload
    assert told["changed"] == {"category": ["", cast.leaks.code]}
    assert told["names"] == {"category": ["", str(cast.leaks)]}


def test_only_what_classifies_can_be_changed_so(cast):
    with pytest.raises(TypeError, match="phone does not classify a case"):
        wang_says(cast).accept(phone="1", by=cast.dispatcher, at=NOW)


def test_a_matter_that_becomes_a_report_is_secret_and_asks_about_whom(cast):
    case = wang_says(cast)
    case.reclassify(demand_type="report", by=cast.dispatcher, at=NOW)
    assert (case.secrecy, case.respondent_state) == ("secret", "open")
    changed = case.events.get(kind="reclassified").payload["changed"]
    assert changed["secrecy"] == ["normal", "secret"]
    assert changed["respondent_state"] == ["", "open"]
    case.reclassify(demand_type="help", by=cast.dispatcher, at=NOW)
    case.reclassify(demand_type="report", by=cast.dispatcher, at=NOW)  # secret and open already
    last = case.events.filter(kind="reclassified").order_by("seq").last()
    assert list(last.payload["changed"]) == ["demand_type"]


@pytest.mark.parametrize("is_void", [False, True])
@pytest.mark.parametrize("code", ["malicious", "whatever-an-office-says"])
def test_a_refused_matter_names_the_way_to_go(cast, code, is_void):
    case = wang_says(cast)
    reason = Reason.objects.create(
        kind="reject", code=code, name="恶意", guidance="请勿重复。", makes_void=is_void
    )
    case.reject(reason=reason, by=cast.dispatcher, at=NOW)
    assert (case.state, case.outcome, case.is_void) == ("rejected", "legal_route", is_void)
    assert case.legal_route == reason.guidance


def test_a_matter_is_not_refused_without_a_way_to_go(cast):
    case = wang_says(cast)
    silent = Reason.objects.create(kind="reject", code="other", name="其他", guidance="")
    with refused(case, "Write which legal route"):
        case.reject(reason=silent, by=cast.dispatcher, at=NOW)


@pytest.mark.parametrize(("target", "told"), [("", "其他地方"), ("市 12345", "市 12345")])
def test_a_matter_is_handed_over(cast, target, told):
    case = wang_says(cast)
    reason = Reason.objects.create(kind="transfer", code="city", name="其他地方")
    case.transfer(reason=reason, target=target, by=cast.dispatcher, at=NOW)
    assert (case.state, case.outcome, case.transfer_target) == ("transferred", "legal_route", told)
    assert case.events.get(kind="transferred").payload == {"reason": "city", "target": told}


def test_a_direct_answer_has_words(cast):
    case = accepted(cast)
    with refused(case, "Write the answer"):
        case.answer(text=" ", by=cast.operator, at=NOW)
    case.answer(text=" 已说明 ", by=cast.operator, at=NOW)
    assert (case.answer_text, case.outcome, case.answered_in_workdays) == ("已说明", "explained", 0)
    case.conclude(by=cast.operator, at=NOW + MINUTE)
    assert (case.state, case.closed_at) == ("closed", NOW + MINUTE)


def test_no_unit_that_is_gone_gets_a_case(cast):
    case = accepted(cast)
    Unit.objects.filter(pk=cast.water.pk).update(is_active=False)
    gone = Unit.objects.get(pk=cast.water.pk)
    with refused(case, "no longer in use"):
        case.dispatch(lead=cast.housing, assisting=[gone], by=cast.dispatcher, at=NOW)
    with refused(case, "no longer in use"):
        case.dispatch(lead=gone, by=cast.dispatcher, at=NOW)
    case.dispatch(lead=cast.housing, assisting=[cast.housing], by=cast.dispatcher, at=NOW)
    assert [task.role for task in case.assignments.all()] == ["lead"]  # the lead does not assist


def test_a_reply_is_reviewed_by_somebody_else(cast):
    case = under_review(cast)
    case.assignments.filter(role="lead").update(signed_off_by=cast.reviewer)
    with refused(case, "reviewed by another person"):
        case.approve_reply(by=cast.reviewer, at=NOW)


def test_the_citizen_reads_no_gap_where_a_name_stood(cast):
    case = under_review(cast)
    with refused(case, "Leave each of them where it stands"):
        case.approve_reply(public_reply="请找〔姓名〕。", by=cast.reviewer, at=NOW)


def test_a_rework_makes_the_first_answer_no_later(cast):
    case = answered(cast)
    first = case.answered_at
    case.record_dissatisfied(note="没修好", by=cast.agent, at=NOW)
    assert (case.state, case.closed_at) == ("dissatisfied", None)
    case.order_rework(note="再办", by=cast.supervisor, at=NOW)
    task = case.lead()
    task.sign(by=cast.clerk, at=NOW)
    task.record_first_contact(method="phone", by=cast.clerk, at=NOW)
    task.submit_reply(
        public_reply="修好了。", solved="solved", fact_true="true", by=cast.clerk, at=NOW
    )
    task.sign_off(by=cast.leader, at=NOW)
    case = Case.objects.get()
    case.return_format(note="缺照片", by=cast.reviewer, at=NOW)
    assert case.state == "rework"  # where its round is handled
    task = case.lead()
    task.submit_reply(
        public_reply="修好了。", solved="solved", fact_true="true", by=cast.clerk, at=NOW
    )
    task.sign_off(by=cast.leader, at=NOW + 2 * MINUTE)
    case = Case.objects.get()
    case.approve_reply(public_reply="都修好了。", by=cast.reviewer, at=NOW + 3 * MINUTE)
    assert (case.answered_at, case.answer_text) == (first, "都修好了。")
    assert case.events.filter(kind="reply_approved").order_by("seq").last().payload["edited"]


def test_a_case_ends_in_one_of_the_known_ways(cast):
    case = answered(cast)
    with refused(case, "Choose how the case ended"):
        case.close(outcome="somehow", by=cast.agent, at=NOW)
    case.close_rated(outcome="solved", by=cast.agent, at=NOW)
    assert (case.state, case.closed_at, case.callback_due_at) == ("closed", NOW, None)


def test_a_dissatisfied_citizen_is_told_why_no_more_is_done(cast):
    case = answered(cast)
    case.note_callback(result="reached", attempt=1, score=2, by=cast.agent, at=NOW)
    case.note_rating(score=2, channel="phone", by=cast.agent, at=NOW)
    case.record_dissatisfied(by=cast.agent, at=NOW)
    with refused(case, "although the citizen is dissatisfied"):
        case.close_explained(outcome="explained", note=" ", by=cast.reviewer, at=NOW)
    case.close_explained(outcome="explained", note="依法不能", by=cast.reviewer, at=NOW)
    case.archive(by=cast.supervisor, at=NOW)
    sealed = case.events.get(kind="archived")
    assert case.state == "archived"
    assert sealed.payload["seal"] == case.events.order_by("seq").reverse()[1].hash


def test_units_complained_about_are_those_that_are_settled(cast):
    case = accepted(cast, demand_type="complaint", respondents=(cast.water,))
    assert (case.accused_units, case.accused_ids) == ([cast.water], {cast.water.pk})
    plain = wang_says(cast, key="form-2")
    assert (plain.accused_units, plain.accused_ids) == ([], frozenset())


def test_who_asked_for_less_secrecy_takes_it_back(cast):
    case = accepted(cast, secrecy="confidential")
    case.ask_lower_secrecy(level="normal", reason="本人同意公开", by=cast.dispatcher, at=NOW)
    with refused(case, "Only the person who asked"):
        case.withdraw_lower_secrecy(by=cast.supervisor, at=NOW)
    case.withdraw_lower_secrecy(by=cast.dispatcher, at=NOW)
    assert fresh(case).secrecy == "confidential"
    with refused(case, "Nobody asks to lower"):
        case.withdraw_lower_secrecy(by=cast.dispatcher, at=NOW)
    with refused(case, "Nobody asks to lower"):
        case.decide_secrecy(granted=True, note="已核实本人意愿", by=cast.supervisor, at=NOW)


def test_what_the_citizen_adds_has_words(cast):
    case = dispatched(cast)
    with refused(case, "Write what you want to add"):
        case.supplement(text=" ", by=cast.operator, at=NOW)
    case.supplement(text=" 又坏了一盏 ", by=cast.operator, at=NOW)
    assert case.contacts.filter(kind="supplement", channel="phone").count() == 1
    assert fresh(case).state == "dispatched"


def test_who_waits_for_a_row_reads_what_the_other_wrote(cast):
    case = accepted(cast)
    stale = Case.objects.get(pk=case.pk)
    case.urge(note="催", by=cast.operator, at=NOW)
    assert lock(stale).urge_count == 1
