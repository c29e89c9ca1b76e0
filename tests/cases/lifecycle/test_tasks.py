"""Tasks of units: what a verb refuses, and what it leaves behind."""

import pytest

from cases.models import Alarm, Case
from tests.cases.lifecycle.stages import (
    MINUTE,
    answered,
    contacted,
    dispatched,
    fresh,
    refused,
    signed,
    under_review,
    written,
)
from tests.cast import NOON

NOW = NOON + 10 * MINUTE
pytestmark = pytest.mark.usefixtures("english")


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"method": "telepathy"}, "Choose how the citizen was contacted"),
        ({"method": "office"}, "Choose how the citizen was contacted"),
        ({"contacted_at": NOON}, "lies between the dispatch and now"),
        ({"contacted_at": NOW + MINUTE}, "lies between the dispatch and now"),
    ],
)
def test_a_contact_says_how_and_when(cast, facts, why):
    task = signed(cast)
    with refused(task, why):
        task.record_first_contact(**({"method": "phone"} | facts), by=cast.clerk, at=NOW)


def test_a_contact_at_the_moment_of_dispatch_and_just_now_are_possible(cast):
    task = signed(cast)
    task.record_first_contact(
        method="phone_missed", contacted_at=task.dispatched_at, by=cast.clerk, at=NOW
    )
    assert fresh(task).first_contact_method == "phone_missed"
    assert Alarm.objects.filter(assignment=task, clock="contact", fired_at=None).exists()
    task.record_first_contact(method="visit", contacted_at=NOW, by=cast.clerk, at=NOW)
    assert (fresh(task).first_contact_method, fresh(task).first_contact_at) == ("visit", NOW)
    assert not Alarm.objects.filter(assignment=task, clock="contact", fired_at=None).exists()


def test_the_first_contact_stays_the_first(cast):
    task = contacted(cast)
    first = fresh(task).first_contact_at
    task.record_first_contact(method="visit", note="再次", by=cast.clerk, at=NOW)
    assert (fresh(task).first_contact_at, fresh(task).first_contact_method) == (first, "phone")
    assert Case.objects.get().events.filter(kind="contacted").count() == 2


def test_a_secret_citizen_is_contacted_by_the_office(cast):
    task = signed(cast)
    task.case.raise_secrecy(level="secret", note="怕", by=cast.dispatcher, at=NOW)
    with refused(task, "let the office make the contact"):
        fresh(task).record_first_contact(method="phone", by=cast.clerk, at=NOW)


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"public_reply": " "}, "Write the reply to the citizen"),
        ({"solved": ""}, "whether the matter is true and whether it is solved"),
        ({"fact_true": "perhaps"}, "whether the matter is true and whether it is solved"),
        ({"solved": "unsolved", "unsolved_reason": " "}, "Write why the matter is not solved"),
    ],
)
def test_a_reply_is_whole(cast, facts, why):
    task = contacted(cast)
    with refused(task, why):
        written(task, cast, **facts)


def test_why_it_is_not_solved_is_kept_only_when_it_is_not(cast):
    task = contacted(cast)
    written(task, cast, solved="unsolved", unsolved_reason=" 待立项 ", internal_note=" 已上报 ")
    assert (task.unsolved_reason, task.internal_note) == ("待立项", "已上报")
    task.send_back(note=" 再写明白 ", by=cast.leader, at=NOW)
    assert (fresh(task).state, fresh(task).review_note) == ("in_progress", "再写明白")
    written(fresh(task), cast, unsolved_reason="多余")
    assert fresh(task).unsolved_reason == ""


def test_the_citizen_is_contacted_before_the_reply(cast):
    task = signed(cast)
    task.record_first_contact(method="phone", by=cast.clerk, at=NOW)
    type(task).objects.filter(pk=task.pk).update(first_contact_at=None)
    with refused(task, "Contact the citizen first"):
        written(fresh(task), cast)


def test_the_citizen_would_not_understand_a_gap(cast):
    task = contacted(cast)
    with refused(task, "The citizen would read 〔姓名〕、〔号码〕"):
        written(task, cast, public_reply="请找〔姓名〕，拨〔号码〕，找〔姓名〕。")


def test_an_assisting_unit_gives_its_opinion_and_the_lead_unit_replies(cast):
    case = dispatched(cast)
    task = case.assignments.get(role="assist")
    task.sign(by=cast.other_clerk, at=NOW)
    with refused(task, "the lead unit replies"):
        task.submit_reply(
            public_reply="好", solved="solved", fact_true="true", by=cast.other_clerk, at=NOW
        )
    with refused(task, "Write your unit's opinion"):
        task.contribute(text=" ", by=cast.other_clerk, at=NOW)
    lead = case.lead()
    lead.sign(by=cast.clerk, at=NOW)
    with refused(lead, "only assisting units give an opinion"):
        lead.contribute(text="意见", by=cast.clerk, at=NOW)
    task.contribute(text=" 水管完好 ", by=cast.other_clerk, at=NOW)
    assert (fresh(task).state, fresh(task).internal_note) == ("replied", "水管完好")
    assert not Alarm.objects.filter(assignment=task, fired_at=None).exists()


def test_a_reply_is_sent_back_with_words(cast):
    task = contacted(cast)
    written(task, cast)
    with refused(task, "Write what has to be changed"):
        task.send_back(note=" ", by=cast.leader, at=NOW)


def test_urging_a_unit_is_told_with_the_time_it_was_due(cast):
    task = signed(cast)
    task.urge(note=" 请抓紧 ", by=cast.dispatcher, at=NOW)
    told = task.case.events.get(kind="unit_urged").payload
    assert (told["note"], told["was_due"]) == ("请抓紧", task.due_at.isoformat())


def test_a_reply_that_lacks_something_goes_back_and_its_time_does_not_count(cast):
    case = under_review(cast)
    with refused(case, "Write what is missing"):
        case.return_format(note="", by=cast.reviewer, at=NOW)
    case.return_format(note="缺照片", by=cast.reviewer, at=NOW)
    task = case.lead()
    assert (case.state, task.state) == ("in_progress", "format_return")
    assert (task.replied_at, task.signed_off_by_id, task.format_returns) == (None, None, 1)
    assert (task.reviewed_at, task.reviewed_by_id) == (NOW, cast.reviewer.pk)


def test_an_opinion_that_was_given_is_done_with_the_reply(cast):
    case = under_review(cast)
    task = case.assignments.get(role="assist")
    task.sign(by=cast.other_clerk, at=NOW)
    task.contribute(text="水管完好", by=cast.other_clerk, at=NOW)
    case.approve_reply(by=cast.reviewer, at=NOW)
    assert {one.state for one in case.assignments.all()} == {"done"}


def test_a_rework_supersedes_every_task_of_the_round_whatever_its_state(cast):
    case = under_review(cast)
    assisting = case.assignments.get(role="assist")
    with refused(case, "Write what has to be done again"):
        case.rework_reply(note=" ", by=cast.reviewer, at=NOW)
    case.rework_reply(note="未到现场", by=cast.reviewer, at=NOW)
    states = {one.round: set() for one in case.assignments.all()}
    for one in case.assignments.all():
        states[one.round].add(one.state)
    assert states == {1: {"reworked", "recalled"}, 2: {"dispatched"}}
    assert (fresh(assisting).state, fresh(assisting).closed_at) == ("recalled", NOW)
    assert (case.state, case.round, case.lead().unit) == ("rework", 2, cast.housing)
    assert not Alarm.objects.filter(assignment__round=1, fired_at=None).exists()


def test_after_two_reworks_there_is_no_third_one(cast):
    case = answered(cast)
    for units in (cast.housing, cast.water):
        Case.objects.filter(pk=case.pk).update(state="dissatisfied")
        case = Case.objects.get(pk=case.pk)
        case.order_rework(note="再办", unit=units, by=cast.reviewer, at=NOW)
    assert (case.round, case.lead().unit) == (3, cast.water)
    Case.objects.filter(pk=case.pk).update(state="dissatisfied")
    case = Case.objects.get(pk=case.pk)
    with refused(case, "already reworked twice"):
        case.order_rework(note="再办", by=cast.reviewer, at=NOW)
