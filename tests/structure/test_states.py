"""States are named on their enums alone: no page, query or arrow spells one again.

Many a slug is also something else (an event ``dispatched``, a role ``callback``, a tab, an icon), so what is
looked at is the place: comparisons with a state, arguments and columns that hold one, and lists of states.
"""

import ast
import re

import pytest
from django.apps import apps

from cases.models import Attachment
from cases.words import AssignmentState, CaseState, RequestState, RespondentState
from config.machines import MACHINES
from hotline.publishing.models.publication import PublicationState
from search.models import ExportState
from tests.structure.tree import ROOT, ours, templates

TextState = Attachment.TextState
ENUMS = (
    CaseState,
    AssignmentState,
    RequestState,
    ExportState,
    PublicationState,
    RespondentState,
    TextState,
)
SLUGS = {slug for enum in ENUMS for slug in enum.values}
COMMON = {
    slug for enum in (RespondentState, TextState) for slug in enum.values
}  # said elsewhere too
ONLY_STATES = {"submitted", "in_progress", "under_review", "awaiting_sign_off", "format_return"}
# arguments, columns and keys that hold a state
HOLDS = re.compile(r"(\w+__)?(state|states|goal|ending|\w+_state)(__in)?|source|target")
# lists whose words are spelt like states and are none
OTHERS = {
    "hotline/desk/notices/telling.py: TO_NEW_TASKS": "events",
    "cases/people/sight.py: CLASSED": "events",
    "hotline/publishing/views.py: TABS": "tabs of the desk, one a state, and what is not prepared yet",
}


def slugs_in(node):
    """Slugs written in an expression itself: alone, in a list, on both ways of a condition."""
    parts = []
    match node:
        case ast.Constant(value=str(said)) if said in SLUGS:
            return [said]
        case ast.List() | ast.Tuple() | ast.Set():
            parts = node.elts
        case ast.Call(func=ast.Name(id="frozenset" | "set" | "tuple" | "list")):
            parts = node.args
        case ast.IfExp():
            parts = [node.body, node.orelse]
        case ast.BinOp():
            parts = [node.left, node.right]
        case ast.Starred():
            parts = [node.value]
    return [slug for part in parts for slug in slugs_in(part)]


def holds_a_state(node):
    name = getattr(node, "attr", getattr(node, "id", ""))
    return bool(HOLDS.fullmatch(name))


def of_comparison(node):
    sides = [node.left, *node.comparators]
    return (
        [slug for side in sides for slug in slugs_in(side)]
        if any(map(holds_a_state, sides))
        else []
    )


def of_list(node, name):
    """A list of nothing but states, whatever it is called."""
    value = node.value
    if isinstance(value, ast.Dict):
        parts = [part for part in value.keys if part is not None]
    else:
        parts = getattr(value, "args", None) or getattr(value, "elts", [])
        parts = getattr(parts[0], "elts", parts) if len(parts) == 1 else parts
    found = [slug for part in parts for slug in slugs_in(part)]
    is_of_states = found and len(found) == len(parts) and COMMON.isdisjoint(found)
    return found if is_of_states and name not in OTHERS else []


def of_node(node, where):
    found = []
    match node:
        case ast.Compare():
            found = of_comparison(node)
        case ast.Call(func=ast.Name(id="FSMField"), keywords=words):
            found = [one for word in words if word.arg == "default" for one in slugs_in(word.value)]
        case ast.keyword(arg=str(name), value=value) if HOLDS.fullmatch(name):
            found = slugs_in(value)
        case ast.Dict(keys=keys, values=values):
            pairs = zip(keys, values, strict=True)
            named = [(key.value, value) for key, value in pairs if isinstance(key, ast.Constant)]
            found = [
                one for key, value in named if HOLDS.fullmatch(str(key)) for one in slugs_in(value)
            ]
        case ast.Assign(targets=[ast.Name(id=name)]):
            found = slugs_in(node.value) if HOLDS.fullmatch(name) else []
            found = found or of_list(node, f"{where}: {name}")
        case ast.Constant(value=str(said)) if said in ONLY_STATES:
            found = [said]
    return found


def is_enum(node):
    return isinstance(node, ast.ClassDef) and node.name.endswith("State")


def states_in(text, where="here"):
    """Every state that a module spells, with its line; the enums themselves are left out."""
    tree = ast.parse(text)
    own = {id(part) for node in ast.walk(tree) if is_enum(node) for part in ast.walk(node)}
    return sorted(
        {
            f"{where}:{node.lineno} {slug}"
            for node in ast.walk(tree)
            if id(node) not in own
            for slug in of_node(node, where)
        }
    )


# what is held against something with a state in its name, on either side, over lines and filters too
STATE = r"\b\w*states?\b(?:\|\w+(?::[\w.]+)?)*"
IN_TEMPLATE = re.compile(
    rf"""{STATE}\s*(?:[=!]=|(?:not\s+)?in\b)\s*["']([^"']+)|["'](\w+)["']\s*(?:[=!]=|(?:not\s+)?in\b)\s*[\w.]*{STATE}"""
)
OF_TAG = re.compile(r"{[%{].*?[%}]}", re.DOTALL)
QUOTED = re.compile(r"""["'](\w+)["']""")
NAMED = re.compile(r"\.State\.([A-Z_]+)")


def test_no_module_spells_a_state():
    found = [
        one
        for path in ours()
        for one in states_in(path.read_text(), path.relative_to(ROOT).as_posix())
    ]
    assert found == []


@pytest.mark.parametrize(
    "planted",
    [
        'if case.state == "callback": pass',
        'if "closed" != self.case.state: pass',
        'if case.respondent_state == "open": pass',
        'Case.objects.filter(respondent_state="outside")',
        'x = task.state in {"returned", "recalled"}',
        'x = state in ("callback", "closed")',
        'Case.objects.filter(state="accepted")',
        'Q(assignment__state__in=["returned"])',
        'row.update(**{"state": "closed"})',
        'step("case.close", "closed", source="callback", target=S.CLOSED)',
        'step("case.close", "closed", source=[*S.OPEN, "closed"])',
        'state = "signed" if is_leader else "asked"',
        'ENDED = ("callback", "closed", "archived")',
        'ENDED = frozenset({"callback", "closed"})',
        'DESKS = {"accepted": 1, "callback": 2}',
        'FSMField("state", default="asked")',
        'cases_in("under_review", due="review_due_at")',
        'return "in_progress"'.replace("return", "def f(): return"),
    ],
)
def test_a_planted_state_is_found(planted):
    assert states_in(planted)


@pytest.mark.parametrize(
    "other",
    [
        'step("case.dispatch", "dispatched", source=S.ACCEPTED, target=S.DISPATCHED)',
        'BY_CITIZEN = {"supplemented", "urged", "dissatisfied"}',
        'if event.kind == "dispatched": pass',
        'may(user, "case.callback", case)',
        'said = {"signed": True, "unit": "x"}',
        'class CallState(TextChoices):\n    REFUSED = "refused", _("Refused")',
    ],
)
def test_what_is_only_spelt_like_a_state_may_stand(other):
    assert states_in(other) == []


def test_lists_that_may_stand_are_still_there():
    for name in OTHERS:
        path, _, variable = name.partition(": ")
        assert f"{variable} = " in (ROOT / path).read_text()


def spelt_in(template):
    """Lines of a template that hold a state against a word, or say a word that only states have."""
    found = []
    for tag in OF_TAG.finditer(template):
        held = [one[1] or one[2] for one in IN_TEMPLATE.finditer(tag[0])]
        said = [word for word in QUOTED.findall(tag[0]) if word in ONLY_STATES]
        found += [template.count("\n", 0, tag.start()) + 1] if held or said else []
    return found


def test_no_template_spells_a_state():
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in templates()
        for line in spelt_in(path.read_text())
    ]
    assert found == []


@pytest.mark.parametrize(
    "planted",
    [
        '{% if case.state == "callback" %}',
        "{% if case.state != 'closed' %}",
        '{% if case.respondent_state == "open" or form.is_bound %}',
        '{% elif file.text_state|default:x == "read" %}',
        '{% if "closed" == row.case.state %}',
        '{% if case.state in "closed archived" %}',
        '{% if case.state\n      not in "closed" %}',
        '{% include "tab.html" with slug="submitted" %}',
    ],
)
def test_a_state_planted_in_a_template_is_found(planted):
    assert spelt_in(planted) == [1]


@pytest.mark.parametrize(
    "other",
    [
        "{% if case.state == case.State.CALLBACK %}",
        '{% if case.respondent_state %}{% if tab == "drafted" %}',
        '{% if backup.word == "off" %}',
        '<button name="result" value="refused">',
    ],
)
def test_what_is_no_state_may_stand_in_a_template(other):
    assert spelt_in(other) == []


def test_a_state_in_a_template_is_one_of_its_enum():
    """A word that no enum has would be empty and silently equal to nothing."""
    known = {name for enum in ENUMS for name in [*enum.names, *groups(enum)]}
    named = {name for path in templates() for name in NAMED.findall(path.read_text())}
    assert named
    assert named <= known


def groups(enum):
    return {
        name: found for name, found in vars(enum).items() if name.isupper() and type(found) is tuple
    }


@pytest.mark.parametrize("enum", ENUMS, ids=lambda enum: enum.__name__)
def test_groups_hold_states_of_their_own_enum_each_once(enum):
    for name, found in groups(enum).items():
        assert set(found) <= set(enum.values), name
        assert len(found) == len(set(found)) > 1, name
    assert len(set(groups(enum).values())) == len(groups(enum))  # one name for one group


def test_every_machine_shows_its_states_to_templates():
    publication = apps.get_model("hotline", "Publication")
    for model in (*MACHINES, publication):
        assert [*model.State.choices] == [*model._meta.get_field("state").choices]


def test_a_new_state_of_a_task_is_put_into_its_groups():
    """A state that a group forgets would leave a task that nobody can end, or whose answer is stuck."""
    task = AssignmentState
    assert {*task.OPEN, *task.TAKEN_BACK, *task.ANSWERED} == set(task.values)
    assert not {*task.OPEN} & {*task.TAKEN_BACK, *task.ANSWERED}
    assert set(task.SIGNED_FOR) == set(task.OPEN) - {task.DISPATCHED}
    assert set(task.RECALLABLE) == {*task.OPEN, task.REPLIED}
