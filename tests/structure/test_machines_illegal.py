"""Every verb in every state from which it does not lead: 409 in words, and nothing happened."""

import inspect

import pytest

from cases.errors import IllegalStep
from cases.models import Assignment, Case, Duty, Event, Request
from cases.people.person import SYSTEM
from config.machines import MACHINES, arrows, states
from search.asking.question import Question
from search.exports.exporting import ask
from search.models import ExportRequest, ExportStep
from tests.cast import NOON
from tests.desk.stages import dispatched

EXPECTED_PAIRS = {
    "Case": 249,
    "Assignment": 82,
    "Request": 15,
    "ExportRequest": 24,
}  # all less the legal


def subject_of(model, cast):
    """A row of each machine, of the same case."""
    case = dispatched(cast)
    task = case.lead()
    task.ask_return(reason=cast.wrong_unit, basis="三定方案", by=cast.clerk, at=task.dispatched_at)
    export = ask(Question("停水"), 1, "核对", by=cast.dispatcher, at=NOON)
    rows = {Case: case, Assignment: task, Request: task.requests.get(), ExportRequest: export}
    return rows[model].pk


def facts_for(verb):
    """Something for each fact a verb asks for; an illegal step never looks at it."""
    named = inspect.signature(inspect.unwrap(verb)).parameters.values()
    wanted = (one for one in named if one.kind is one.KEYWORD_ONLY and one.default is one.empty)
    return {one.name: None for one in wanted if one.name not in {"by", "at"}}


def world():
    """What an illegal step must leave as it was."""
    return [
        list(model.objects.order_by("pk").values())
        for model in (Case, Assignment, Request, Event, Duty, ExportRequest, ExportStep)
    ]


def tried(subject, name):
    """What came of it: the sentence of the refusal, or "taken"."""
    verb = getattr(subject, name)
    try:
        verb(by=SYSTEM, at=NOON, **facts_for(verb))
    except IllegalStep as refusal:
        return str(refusal)
    return "taken"


@pytest.mark.parametrize("model", MACHINES)
def test_an_illegal_step_changes_nothing(model, cast):
    pk, pairs = subject_of(model, cast), 0
    verbs = {one.verb for one in arrows(model) if one.event}
    for state in states(model):
        model.objects.filter(pk=pk).update(state=state)
        legal = {one.verb for one in arrows(model) if one.source == state}
        before = world()
        for name in sorted(verbs - legal):
            subject = model.objects.get(pk=pk)
            assert tried(subject, name) not in {"", "taken"}, (state, name)
            assert subject.state == state
            pairs += 1
        assert world() == before, state
    assert pairs == EXPECTED_PAIRS[model.__name__]
