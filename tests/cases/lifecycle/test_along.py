"""Each row that a step moves has its event, behind that of the step, and owes nothing by itself."""

from datetime import timedelta

import pytest

from cases.errors import Refused
from cases.models import Duty, Event
from cases.people.sight import TAKEN_ALONG, hears_of
from config.machines import MACHINES, arrows
from tests.cast import NOON
from tests.desk.stages import LATER, dispatched, replied

AFTER = NOON + 3 * LATER


def moved(case, after=0):
    """What the record says of each row since an event: kind, unit, from, to."""
    rows = case.events.filter(seq__gt=after).order_by("seq").select_related("assignment")
    return [
        (one.kind, one.assignment.unit_name if one.assignment else "", one.task_from, one.task_to)
        for one in rows
    ]


def last_words(case):
    """Where each task stands by the last event that is about it."""
    found = {}
    for event in Event.objects.filter(case=case).exclude(assignment=None).order_by("seq"):
        found[event.assignment_id] = event.task_to
    return found


def stands(case):
    return dict(case.assignments.values_list("pk", "state"))


def test_a_dispatch_records_each_task_it_made(cast):
    case = dispatched(cast)
    assert moved(case)[-3:] == [
        ("dispatched", "", "", ""),
        ("task_given", cast.housing.name, "", "dispatched"),
        ("task_given", cast.water.name, "", "dispatched"),
    ]
    assert last_words(case) == stands(case)


def test_an_accepted_reply_ends_the_lead_and_recalls_who_gave_no_opinion(cast):
    case = replied(cast)
    seen = case.version
    case.approve_reply(by=cast.reviewer, at=AFTER)
    assert moved(case, seen) == [
        ("reply_approved", "", "", ""),
        ("task_done", cast.housing.name, "replied", "done"),
        ("task_recalled", cast.water.name, "dispatched", "recalled"),
    ]
    assert last_words(case) == stands(case)


def test_a_rework_records_what_it_ended_and_what_it_began(cast):
    case = replied(cast)
    seen = case.version
    case.rework_reply(note="没有回答问题", by=cast.reviewer, at=AFTER)
    assert moved(case, seen) == [
        ("reworked", "", "", ""),
        ("task_reworked", cast.housing.name, "replied", "reworked"),
        ("task_recalled", cast.water.name, "dispatched", "recalled"),
        ("task_given", cast.housing.name, "", "dispatched"),
    ]
    assert last_words(case) == stands(case)


def test_a_granted_return_names_its_own_task_once_and_those_recalled(cast):
    case = dispatched(cast)
    task = case.lead()
    task.ask_return(reason=cast.wrong_unit, basis="三定方案", by=cast.leader, at=task.dispatched_at)
    seen = type(case).objects.get(pk=case.pk).version
    task.requests.get().grant_return(by=cast.dispatcher, at=task.dispatched_at)
    case.refresh_from_db(fields=["version"])
    assert moved(case, seen) == [
        ("return_granted", cast.housing.name, "dispatched", "returned"),
        ("task_recalled", cast.water.name, "dispatched", "recalled"),
    ]
    assert last_words(case) == stands(case)


def test_a_request_that_lapses_is_in_the_record(cast):
    case = dispatched(cast)
    task = case.lead()
    task.ask_return(reason=cast.wrong_unit, basis="三定方案", by=cast.clerk, at=task.dispatched_at)
    case = type(case).objects.get(pk=case.pk)
    case.name_respondent(units=[cast.housing], by=cast.dispatcher, at=NOON + LATER)
    lapsed = case.events.get(kind="request_lapsed")
    assert lapsed.payload == {
        "unit": cast.housing.name,
        "asked": "return",
        "request": task.requests.get().pk,
    }
    assert (lapsed.assignment_id, lapsed.task_to) == (task.pk, "recalled")
    assert lapsed.actor_name == cast.dispatcher.name


def test_what_was_taken_along_owes_nothing_by_itself(cast):
    case = dispatched(cast)
    along = case.events.filter(kind="task_given").values_list("pk", flat=True)
    assert len(along) == 2
    assert not Duty.objects.filter(event__in=list(along)).exists()


def test_the_next_step_of_the_same_copy_does_not_tell_it_again(cast):
    case = dispatched(cast)
    case.urge(note="快些", by=cast.operator, at=NOON + LATER)
    assert [kind for kind, *_ in moved(case)].count("task_given") == 2


def test_of_a_case_that_moves_the_step_itself_tells(cast):
    case = dispatched(cast)
    assert case.told_along() == {}
    case.lead().sign(by=cast.clerk, at=NOON + 2 * LATER)
    signed = type(case).objects.get(pk=case.pk).events.last()
    assert (signed.kind, signed.from_state, signed.to_state) == (
        "signed",
        "dispatched",
        "in_progress",
    )


def test_nobody_reads_them_as_lines_of_the_history(cast):
    moved_by_others = {
        one.event for model in MACHINES for one in arrows(model) if one.event and not one.act
    }
    assert moved_by_others | {"task_given"} == TAKEN_ALONG
    for person in (cast.supervisor, cast.clerk, cast.auditor):
        assert not any(hears_of(person, kind) for kind in TAKEN_ALONG)


@pytest.mark.parametrize("refused", ["", "  "])
def test_a_refused_step_leaves_no_trace_of_what_it_moved(cast, refused):
    case = replied(cast)
    seen = case.version
    with pytest.raises(Refused):
        case.rework_reply(note=refused, by=cast.reviewer, at=AFTER)
    case.raise_secrecy(level="confidential", by=cast.reviewer, at=AFTER + timedelta(minutes=1))
    assert moved(case, seen) == [("secrecy_raised", "", "", "")]
