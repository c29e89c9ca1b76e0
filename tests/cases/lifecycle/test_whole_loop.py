"""The loop of one case through the verbs: every step leaves its state and its event."""

from datetime import timedelta

import pytest

from cases.errors import IllegalStep, NotPermitted, Refused
from cases.lifecycle.book import CASES
from cases.models import Alarm, Case, Event
from tests.cast import NOON, wang_says

LATER = timedelta(minutes=10)


def dispatched(cast, **said):
    case = wang_says(cast, **said)
    case.accept(category=cast.street_lights, by=cast.dispatcher, at=NOON + LATER)
    case.dispatch(
        lead=cast.housing, assisting=[cast.water], basis="目录", by=cast.dispatcher, at=NOON + LATER
    )
    return case


def replied(cast, **said):
    case = dispatched(cast, **said)
    task = case.lead()
    task.sign(by=cast.clerk, at=NOON + 2 * LATER)
    task.record_first_contact(method="phone", by=cast.clerk, at=NOON + 3 * LATER)
    task.submit_reply(
        public_reply="路灯线路已修复。",
        internal_note="电缆被盗，已更换。",
        solved="solved",
        fact_true="true",
        by=cast.clerk,
        at=NOON + 4 * LATER,
    )
    task.sign_off(by=cast.leader, at=NOON + 5 * LATER)
    case.refresh_from_db(fields=["title"])
    return Case.objects.get(pk=case.pk)


def test_a_case_runs_from_intake_to_archive(cast):
    case = replied(cast)
    assert case.state == "under_review"
    case.approve_reply(by=cast.reviewer, at=NOON + 6 * LATER)
    assert (case.state, case.answer_text) == ("callback", "路灯线路已修复。")
    case.close(outcome="solved", by=cast.agent, at=NOON + 7 * LATER)
    case.archive(by=cast.supervisor, at=NOON + 8 * LATER)
    assert case.state == "archived"
    kinds = list(case.events.values_list("kind", flat=True))
    assert kinds == [
        "registered",
        "accepted",
        "dispatched",
        "task_given",
        "task_given",
        "signed",
        "contacted",
        "reply_drafted",
        "signed_off",
        "reply_approved",
        "task_done",
        "task_recalled",
        "closed",
        "archived",
    ]
    assert [fault for _, fault in CASES.faults()] == [None]
    assert Alarm.objects.filter(fired_at=None).count() == 0
    assert {task.state for task in case.assignments.all()} == {"done", "recalled"}


def test_an_illegal_step_leaves_no_event(cast):
    case = wang_says(cast)
    before = Event.objects.count()
    with pytest.raises(IllegalStep):
        case.dispatch(lead=cast.housing, by=cast.dispatcher, at=NOON)
    assert (Event.objects.count(), Case.objects.get().state) == (before, "submitted")


def test_a_stranger_may_not_step(cast):
    case = dispatched(cast)
    with pytest.raises(NotPermitted):
        case.lead().sign(by=cast.other_clerk, at=NOON + LATER)
    assert case.lead().state == "dispatched"


def test_a_stale_copy_overwrites_nothing(cast):
    case = wang_says(cast)
    stale = Case.objects.get(pk=case.pk)
    case.accept(category=cast.street_lights, title="改过的标题", by=cast.dispatcher, at=NOON)
    stale.urge(note="再催", by=cast.operator, at=NOON + LATER)
    now = Case.objects.get(pk=case.pk)
    assert (now.title, now.state, now.urge_count) == ("改过的标题", "accepted", 1)


def test_a_granted_return_brings_the_case_back_to_the_dispatcher(cast):
    case = dispatched(cast)
    task = case.lead()
    task.ask_return(
        reason=cast.wrong_unit,
        basis="三定方案",
        suggested_unit=cast.town,
        by=cast.clerk,
        at=NOON + 2 * LATER,
    )
    request = task.requests.get()
    with pytest.raises(IllegalStep):
        request.grant_return(by=cast.dispatcher, at=NOON + 3 * LATER)
    request.sign(by=cast.leader, at=NOON + 3 * LATER)
    request.grant_return(note="同意", by=cast.dispatcher, at=NOON + 4 * LATER)
    case = Case.objects.get(pk=case.pk)
    assert (case.state, case.return_count, case.lead_unit) == ("accepted", 1, None)
    assert sorted(t.state for t in case.assignments.all()) == ["recalled", "returned"]
    assert not Case.objects.visible_to(cast.clerk).exists()
    case.dispatch(lead=cast.town, by=cast.dispatcher, at=NOON + 5 * LATER)
    assert case.lead().unit == cast.town


def test_a_return_without_basis_is_refused(cast):
    task = dispatched(cast).lead()
    with pytest.raises(Refused):
        task.ask_return(reason=cast.wrong_unit, basis=" ", by=cast.clerk, at=NOON + LATER)
    assert not task.requests.exists()


def test_an_extension_moves_the_due_time_and_keeps_the_original(cast):
    task = dispatched(cast).lead()
    task.sign(by=cast.clerk, at=NOON + 2 * LATER)
    original = task.due_at
    task.ask_extension(
        reason=cast.needs_works,
        text="需更换电缆，已告知。",
        days=3,
        by=cast.clerk,
        at=NOON + 3 * LATER,
    )
    request = task.requests.get()
    request.grant_extension(by=cast.supervisor, at=NOON + 4 * LATER)
    task = type(task).objects.get(pk=task.pk)
    assert task.original_due_at == original
    assert task.due_at > original
    with pytest.raises(Refused):
        task.ask_extension(
            reason=cast.needs_works, text="再延", days=1, by=cast.clerk, at=NOON + 5 * LATER
        )


def test_an_extension_after_the_due_time_is_refused(cast):
    task = dispatched(cast).lead()
    task.sign(by=cast.clerk, at=NOON + 2 * LATER)
    with pytest.raises(Refused):
        task.ask_extension(
            reason=cast.needs_works, text="需时间", days=1, by=cast.clerk, at=task.due_at + LATER
        )


def test_dissatisfied_becomes_a_rework_with_a_shorter_clock(cast):
    case = replied(cast)
    first = case.lead()
    case.approve_reply(by=cast.reviewer, at=NOON + 6 * LATER)
    case.record_dissatisfied(note="还是不亮", by=cast.agent, at=NOON + 7 * LATER)
    case.order_rework(note="现场核实仍有三盏不亮", by=cast.supervisor, at=NOON + 8 * LATER)
    second = case.lead()
    assert (case.state, case.round, second.round) == ("rework", 2, 2)
    assert second.due_at - second.dispatched_at < first.due_at - first.dispatched_at
    second.sign(by=cast.clerk, at=NOON + 9 * LATER)
    assert Case.objects.get().state == "rework"


def test_the_complained_about_unit_never_sees_the_case(cast):
    case = wang_says(cast, demand_type="report", respondents=(cast.housing,))
    case.accept(category=cast.street_lights, by=cast.dispatcher, at=NOON)
    with pytest.raises(Refused):
        case.dispatch(lead=cast.housing, by=cast.dispatcher, at=NOON)
    case.dispatch(lead=cast.town, by=cast.dispatcher, at=NOON)
    assert not Case.objects.visible_to(cast.clerk).exists()
    assert not Case.objects.visible_to(cast.operator).exists()
    assert Case.objects.visible_to(cast.dispatcher).count() == 1


def test_the_same_key_gives_the_same_case(cast):
    assert wang_says(cast).pk == wang_says(cast).pk
    with pytest.raises(Refused):
        wang_says(cast, content="别的事情")
    assert Case.objects.count() == 1


def test_altered_history_is_named(cast):
    case = replied(cast)
    Event.objects.filter(case=case, seq=3).update(actor_name="别人")
    assert [fault for _, fault in CASES.faults()] == ["event 3 was altered"]
