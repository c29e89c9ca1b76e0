"""Returns and extensions: when they cannot be asked for or decided, and what a decision moves."""

import pytest

from cases.clocks.due import deadline, max_extension_days
from cases.models import Case
from tests.cases.lifecycle.stages import (
    MINUTE,
    contacted,
    dispatched,
    fresh,
    refused,
    signed,
    under_review,
    written,
)
from tests.cast import NOON, accuse

NOW = NOON + 10 * MINUTE
pytestmark = pytest.mark.usefixtures("english")


def ask_return(task, cast, by=None, at=NOW, **facts):
    whole = {"reason": cast.wrong_unit, "basis": "三定方案"}
    task.ask_return(**(whole | facts), by=by or cast.clerk, at=at)
    return task.requests.get(state__in=["asked", "signed"])


def ask_extension(task, cast, days=1, at=NOW, text="需更换电缆，已告知。"):
    task.ask_extension(reason=cast.needs_works, text=text, days=days, by=cast.clerk, at=at)
    return task.requests.get(state="signed")


def test_a_return_names_its_basis(cast):
    task = dispatched(cast).lead()
    with refused(task, "legal or duty basis"):
        ask_return(task, cast, basis=" ")


def test_a_case_is_returned_twice_at_most(cast):
    task = dispatched(cast).lead()
    Case.objects.update(return_count=2)
    with refused(task, "already returned twice"):
        ask_return(fresh(task), cast)
    Case.objects.update(return_count=1)
    assert ask_return(fresh(task), cast).state == "asked"


def test_a_rework_is_not_returned(cast):
    case = under_review(cast)
    case.rework_reply(note="未到现场", by=cast.reviewer, at=NOW)
    with refused(case.lead(), "A rework cannot be returned"):
        ask_return(case.lead(), cast)


def test_a_return_is_asked_for_within_its_window(cast):
    task = dispatched(cast).lead()
    last = deadline(task.case, "return_window", task.dispatched_at).at
    with refused(task, "time for returning this task is over"):
        ask_return(task, cast, at=last + MINUTE)
    assert ask_return(task, cast, at=last).asked_at == last


def test_nobody_proposes_the_unit_complained_about(cast):
    task = dispatched(cast).lead()
    accuse([task.case], cast.town)
    with refused(task, "is the unit complained about"):
        ask_return(fresh(task), cast, suggested_unit=cast.town)
    assert ask_return(fresh(task), cast, suggested_unit=cast.water).suggested_unit == cast.water


def test_a_leader_who_asks_has_signed(cast):
    task = dispatched(cast).lead()
    asked = ask_return(task, cast, by=cast.leader)
    assert (asked.state, asked.signed_by_id, asked.signed_at) == ("signed", cast.leader.pk, NOW)
    assert asked.decide_due_at == deadline(task.case, "return_decision", NOW).at
    told = task.case.events.get(kind="return_asked").payload
    assert (told["signed"], told["suggested"]) == (True, "")


def test_one_request_at_a_time(cast):
    task = signed(cast)
    ask_return(task, cast)
    with refused(task, "still waiting for its decision"):
        ask_extension(task, cast)


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"days": 0}, r"Ask for 1 to \d+ working days"),
        ({"days": 100}, r"Ask for 1 to \d+ working days"),
        ({"text": " "}, "Write why more time is needed"),
    ],
)
def test_an_extension_is_for_some_days_and_a_reason(cast, facts, why):
    task = signed(cast)
    with refused(task, why):
        ask_extension(task, cast, **facts)


def test_an_extension_is_asked_for_before_the_due_time_and_up_to_the_cap(cast):
    task = signed(cast)
    with refused(task, "before the due time"):
        ask_extension(task, cast, at=task.due_at)
    cap = max_extension_days(task.case, task)
    with refused(task, f"1 to {cap} working days"):
        ask_extension(task, cast, days=cap + 1)
    asked = ask_extension(task, cast, days=cap, at=task.due_at - MINUTE)
    assert asked.new_due_at > task.due_at


def test_an_extension_is_granted_once_and_moves_the_promise_if_it_must(cast):
    task = signed(cast)
    Case.objects.update(promise_due_at=task.due_at)
    asked = ask_extension(task, cast, days=2)
    asked.grant_extension(by=cast.supervisor, at=NOW)
    task = fresh(task)
    assert (task.due_at, task.case.promise_due_at) == (asked.new_due_at, asked.new_due_at)
    with refused(task, "already extended once"):
        ask_extension(task, cast)


def test_a_promise_that_is_later_than_the_new_time_stays(cast):
    task = signed(cast)
    Case.objects.update(promise_due_at=task.due_at + 30 * 24 * 60 * MINUTE)
    before = Case.objects.get().promise_due_at
    ask_extension(fresh(task), cast, days=1).grant_extension(by=cast.supervisor, at=NOW)
    assert Case.objects.get().promise_due_at == before


def test_nothing_is_extended_once_the_unit_has_replied(cast):
    task = contacted(cast)
    asked = ask_extension(task, cast)
    written(task, cast)
    task.sign_off(by=cast.leader, at=NOW)
    with refused(fresh(asked), "already replied"):
        fresh(asked).grant_extension(by=cast.supervisor, at=NOW)


def test_a_refusal_says_why_and_changes_nothing_else(cast):
    task = signed(cast)
    asked = ask_extension(task, cast)
    with refused(asked, "Write why the request is refused"):
        asked.refuse_extension(note=" ", by=cast.supervisor, at=NOW)
    asked.refuse_extension(note="工期足够", by=cast.supervisor, at=NOW)
    assert (fresh(asked).state, fresh(asked).decision_note) == ("refused", "工期足够")
    assert fresh(task).due_at == task.original_due_at
    returned = ask_return(fresh(task), cast, by=cast.leader)
    returned.refuse_return(note="属本单位职责", by=cast.dispatcher, at=NOW)
    assert (fresh(returned).state, fresh(task).state) == ("refused", "signed")


def test_a_request_is_decided_as_what_it_is(cast):
    task = signed(cast)
    asked = ask_extension(task, cast)
    for verb in ("grant_return", "refuse_return"):
        with refused(asked, "of another kind"):
            getattr(asked, verb)(note="不", by=cast.dispatcher, at=NOW)
    asked.refuse_extension(note="工期足够", by=cast.supervisor, at=NOW)
    returned = ask_return(fresh(task), cast, by=cast.leader)
    with refused(returned, "of another kind"):
        returned.grant_extension(by=cast.supervisor, at=NOW)


def test_nobody_decides_what_they_asked_for(cast):
    task = signed(cast)
    asked = ask_extension(task, cast)
    type(asked).objects.update(asked_by=cast.supervisor)
    with refused(asked, "decided by another person"):
        fresh(asked).refuse_extension(note="不", by=cast.supervisor, at=NOW)


def test_an_assisting_units_return_leaves_the_case_where_it_is(cast):
    case = dispatched(cast)
    task = case.assignments.get(role="assist")
    asked = ask_return(task, cast, by=cast.other_leader)
    asked.grant_return(by=cast.dispatcher, at=NOW)
    case = Case.objects.get()
    assert (fresh(task).state, case.state, case.return_count) == ("returned", "dispatched", 0)
    assert case.lead().state == "dispatched"


def test_what_was_asked_lapses_when_the_task_is_taken_back(cast):
    case = dispatched(cast)
    asked = ask_return(case.assignments.get(role="assist"), cast, by=cast.other_clerk)
    of_lead = ask_return(case.lead(), cast, by=cast.leader)
    of_lead.grant_return(by=cast.dispatcher, at=NOW)
    assert fresh(asked).state == "refused"
    assert (fresh(asked).decided_at, fresh(asked).decided_by_id) == (NOW, None)
    assert fresh(asked).decision_note == "The office took the task back."
