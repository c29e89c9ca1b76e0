"""What is offered is what would be taken: ``possible`` against the steps themselves, for every person."""

import inspect

import pytest
from django.db import transaction

from cases.errors import IllegalStep, NotPermitted, Refused
from cases.models import Assignment, Case, Event, Request
from cases.people.person import CITIZEN
from cases.words import AssignmentState, RequestState
from config.machines import arrows, states
from tests.cast import NOON
from tests.desk.stages import LATER, contacted, dispatched, replied, signed

PEOPLE = (
    "operator",
    "dispatcher",
    "reviewer",
    "agent",
    "supervisor",
    "clerk",
    "leader",
    "other_clerk",
)
AT = NOON + 4 * LATER


def rows(cast):
    case = dispatched(cast)
    task = case.lead()
    task.ask_return(reason=cast.wrong_unit, basis="三定方案", by=cast.clerk, at=AT)
    return {Case: case, Assignment: task, Request: task.requests.get()}


def facts_for(verb):
    named = inspect.signature(inspect.unwrap(verb)).parameters.values()
    wanted = (one for one in named if one.kind is one.KEYWORD_ONLY and one.default is one.empty)
    return {one.name: "" for one in wanted if one.name not in {"by", "at"}}


def refusal(subject, name, person):
    """The kind of answer that the step gives before it looks at what was typed; ``None``: none."""
    verb = getattr(subject, name)
    try:
        with transaction.atomic():
            verb(by=person, at=AT, **facts_for(verb))
    except NotPermitted as error:
        return type(error)
    except IllegalStep:
        return None  # of a task that is not there yet: every verb here leads on from its own state
    except Refused as error:
        told = {str(need.sentence) for need in verb.needs}
        return Refused if str(error) in told else None
    except Exception:  # noqa: BLE001 - empty facts: the body was reached
        return None
    return None


@pytest.mark.parametrize("model", [Case, Assignment, Request])
def test_a_step_is_possible_when_it_would_be_taken(model, cast):
    pk, offered = rows(cast)[model].pk, 0
    verbs = {one.verb for one in arrows(model) if one.event}
    for state in states(model):
        for name in PEOPLE:
            person = getattr(cast, name)
            model.objects.filter(pk=pk).update(state=state)
            possible = model.objects.get(pk=pk).possible(person, at=AT)
            leading_on = model.objects.get(pk=pk).verbs()
            assert possible <= leading_on <= verbs
            offered += len(possible)
            for verb in leading_on:
                with transaction.atomic():
                    taken = refusal(model.objects.get(pk=pk), verb, person) is None
                    transaction.set_rollback(True)
                assert taken is (verb in possible), (state, name, verb)
    assert offered


def test_the_citizen_may_urge_and_add_while_it_is_handled(cast):
    case = dispatched(cast)
    assert case.possible(CITIZEN, at=AT) == {"urge", "supplement"}
    assert replied(cast, key="form-2").possible(CITIZEN, at=AT) == {"urge"}


def test_what_waits_takes_the_forms_of_its_kind_away(cast):
    task = contacted(cast).lead()
    assert {"ask_return", "ask_extension"} <= task.possible(cast.clerk, at=AT)
    task.ask_return(reason=cast.wrong_unit, basis="三定方案", by=cast.clerk, at=AT)
    assert not {"ask_return", "ask_extension"} & task.possible(cast.clerk, at=AT)
    with pytest.raises(Refused):
        task.ask_extension(reason=cast.needs_works, text="配件", days=2, by=cast.clerk, at=AT)
    asked = Request.objects.get()
    assert asked.possible(cast.leader, at=AT) == {"sign"}
    asked.sign(by=cast.leader, at=AT)
    assert asked.possible(cast.dispatcher, at=AT) == {"grant_return", "refuse_return"}
    assert asked.possible(cast.supervisor, at=AT) == frozenset()
    assert asked.state == RequestState.SIGNED


def test_after_the_due_time_no_extension_is_offered(cast):
    task = signed(cast).lead()
    late = task.due_at
    assert "ask_extension" in task.possible(cast.clerk, at=late - LATER)
    assert "ask_extension" not in task.possible(cast.clerk, at=late)
    with pytest.raises(Refused):
        task.ask_extension(reason=cast.needs_works, text="配件", days=2, by=cast.clerk, at=late)
    assert Assignment.objects.get(pk=task.pk).state == AssignmentState.SIGNED
    assert not Event.objects.filter(kind="extension_asked").exists()


def test_lead_and_assisting_unit_each_get_their_own(cast):
    case = signed(cast)
    lead, assisting = case.lead(), case.assignments.get(role="assist")
    assisting.sign(by=cast.other_clerk, at=AT)
    assert "submit_reply" in lead.possible(cast.clerk, at=AT)
    assert "contribute" not in lead.possible(cast.clerk, at=AT)
    assert "contribute" in assisting.possible(cast.other_clerk, at=AT)
    assert "submit_reply" not in assisting.possible(cast.other_clerk, at=AT)
    assert lead.possible(cast.other_clerk, at=AT) == frozenset()


def test_asking_costs_no_query_but_those_of_the_needs(cast, django_assert_num_queries):
    case = Case.objects.get(pk=dispatched(cast).pk)
    with django_assert_num_queries(0):
        case.possible(cast.dispatcher, at=AT)
    with django_assert_num_queries(1):  # whether they have urged today
        case.possible(CITIZEN, at=AT)
