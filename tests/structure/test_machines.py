"""The state machines as a whole: reachable, closed, stepped, permitted, told, and drawn."""

import ast
import re

import pytest

from cases.lifecycle.sweeping import EVENTS
from cases.people.permissions import ACTS
from cases.people.sight import TAKEN_ALONG
from config.machines import MACHINES, arrows, drawing, initial, states
from hotline.desk.sentences.events import SENTENCES
from tests.structure.tree import ROOT, ours

FINAL = {
    "Case": {"archived"},
    "Assignment": {"reworked", "returned", "recalled"},
    "Request": {"granted", "refused"},
    "Publication": {"withdrawn"},
    "ExportRequest": {"refused", "failed", "expired"},
    "SystemAct": {"over"},
}
OF_A_STEP = re.compile(r"follow_|_[a-z]")  # arrows that steps take along, private to the core


@pytest.mark.parametrize("model", MACHINES)
def test_every_state_is_reachable(model):
    reached, found = {initial(model)}, arrows(model)
    while more := {one.target for one in found if one.source in reached} - reached:
        reached |= more
    assert reached == set(states(model))


@pytest.mark.parametrize("model", MACHINES)
def test_only_declared_states_are_final(model):
    left = {one.source for one in arrows(model) if one.source != one.target}
    assert set(states(model)) - left == FINAL[model.__name__]


@pytest.mark.parametrize("model", MACHINES)
def test_every_public_arrow_is_a_step_with_a_permission_and_an_event(model):
    bare = {one.verb for one in arrows(model) if not (one.act and one.event)}
    assert {verb for verb in bare if not OF_A_STEP.match(verb)} == set()
    assert {one.act for one in arrows(model) if one.act} <= set(ACTS)


def test_arrows_without_event_are_taken_by_the_core_alone():
    private = {one.verb for model in MACHINES for one in arrows(model) if OF_A_STEP.match(one.verb)}
    users = {
        f"{path.relative_to(ROOT)}:{node.lineno} {node.attr}"
        for path in ours()
        if path.relative_to(ROOT).parts[0] != "cases"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute)
        and node.attr in private
        and ast.unparse(node.value) != "self"  # a method of its own
    }
    assert users == set()


def test_no_state_is_set_past_its_arrows():
    """``.update(state=…)`` would move a row without permission, event or duty."""
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in ours()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"update", "bulk_update"}
        and any(word.arg == "state" for word in node.keywords)
    ]
    assert found == []


def test_every_event_has_its_sentence():
    told_in_the_audit = {"over"}
    kinds = {one.event for model in MACHINES for one in arrows(model) if one.event}
    kinds -= told_in_the_audit | TAKEN_ALONG  # the act that took them along tells of them
    ends = {*EVENTS.values(), "escalated"}
    clocks = {f"{clock}_{end}" for clock in ("unit", "sign", "contact") for end in ends}
    assert ({"registered"} | kinds | clocks) - set(SENTENCES) == set()


def test_the_drawn_graphs_are_current():
    assert (ROOT / "docs" / "lifecycle.md").read_text() == drawing(), "run `make graphs`"
