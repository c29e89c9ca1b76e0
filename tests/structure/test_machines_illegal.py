"""Every verb in every state from which it does not lead: 409 in words, and nothing happened."""

import inspect

import pytest

from cases.errors import IllegalStep
from cases.models import Duty, Event, SystemAct, SystemRecord
from cases.people.permissions import ACTS
from cases.people.person import SYSTEM
from cases.system import acts
from config.machines import MACHINES, arrows, states
from hotline.models import Publication
from search.asking.question import Question
from search.exports.exporting import ask
from search.models import ExportStep
from tests.cast import NOON
from tests.desk.stages import dispatched

EXPECTED_PAIRS = {
    "Case": 254,
    "Assignment": 87,
    "Request": 15,
    "Publication": 5,
    "ExportRequest": 24,
    "SystemAct": 1,
}  # all less the legal


def subject_of(model, cast):
    """A row of each machine, of the same case."""
    case = dispatched(cast)
    task = case.lead()
    task.ask_return(reason=cast.wrong_unit, basis="三定方案", by=cast.clerk, at=task.dispatched_at)
    export = ask(Question("停水"), 1, "核对", by=cast.dispatcher, at=NOON)
    copy = Publication.objects.create(
        case=case, asked_at=NOON, answered_at=NOON, drafted_by=cast.reviewer, drafted_at=NOON
    )
    act = acts.ask(SystemAct.CHECK, by=cast.sysadmin, at=NOON)
    requested = task.requests.get()
    rows = dict(zip(MACHINES, (case, task, requested, copy, export, act), strict=True))
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
        for model in (*MACHINES, Event, Duty, ExportStep, SystemRecord)
    ]


def tried(subject, name, cast):
    """What came of it: the sentence of the refusal, or "taken"."""
    verb = getattr(subject, name)
    try:
        by = SYSTEM if "system" in ACTS[verb.act].actors else cast.supervisor
        verb(by=by, at=NOON, **facts_for(verb))
    except IllegalStep as refusal:
        return str(refusal)
    return "taken"


@pytest.mark.parametrize("model", MACHINES)
def test_an_illegal_step_changes_nothing(model, cast):
    pk, pairs = subject_of(model, cast), 0
    verbs = {one.verb for one in arrows(model) if one.act}
    for state in states(model):
        model.objects.filter(pk=pk).update(state=state)
        legal = {one.verb for one in arrows(model) if one.source == state}
        before = world()
        for name in sorted(verbs - legal):
            subject = model.objects.get(pk=pk)
            assert tried(subject, name, cast) not in {"", "taken"}, (state, name)
            assert subject.state == state
            pairs += 1
        assert world() == before, state
    assert pairs == EXPECTED_PAIRS[model.__name__]
