"""The state machines as the code declares them: every arrow as a plain row, and their drawing.

Read from django-fsm's own register, so that the graphs in ``docs/lifecycle.md`` and the structure
tests speak of what runs and not of a copy.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.utils import translation
from django_fsm import FSMField, Transition

from cases.models import Assignment, Case, Request, SystemAct
from cases.people.permissions import ACTS
from hotline.models import Publication
from search.models import ExportRequest

Machine = type[Case | Assignment | Request | Publication | ExportRequest | SystemAct]
MACHINES: tuple[Machine, ...] = (Case, Assignment, Request, Publication, ExportRequest, SystemAct)


class Arrow(NamedTuple):
    """One arrow. ``act`` and ``event`` are empty for an arrow that another step takes along."""

    source: str
    target: str  # the source itself when the state stays
    verb: str
    act: str
    event: str


def _field(model: Machine) -> FSMField:
    field = model._meta.get_field("state")  # noqa: SLF001
    if not isinstance(field, FSMField):
        raise TypeError(f"{model.__name__}.state has no arrows")
    return field


def initial(model: Machine) -> str:
    """State in which a row begins."""
    return str(_field(model).default)


def states(model: Machine) -> dict[str, str]:
    """Every declared state and its word."""
    return {slug: str(word) for slug, word in _field(model).choices or ()}


def arrows(model: Machine) -> list[Arrow]:
    """Every arrow of a machine, in the order in which states and verbs are declared."""
    found = {arrow for taken in _transitions(model) for arrow in _spread(taken, model)}
    verbs = {name: place for place, name in enumerate(_declared(model))}
    order = {state: place for place, state in enumerate(states(model))}
    return sorted(found, key=lambda one: (order[one.source], verbs[one.verb], order[one.target]))


def _transitions(model: Machine) -> Iterable[Transition]:
    return _field(model).get_all_transitions(model)


def _declared(model: Machine) -> list[str]:
    return [name for part in model.__mro__ for name in vars(part)]


def _spread(taken: Transition, model: Machine) -> Iterator[Arrow]:
    sources = states(model) if taken.source in {"*", "+"} else [str(taken.source)]
    verb = getattr(model, taken.name)
    act, event = getattr(verb, "act", ""), getattr(verb, "event", "")
    for source in sources:
        goals = getattr(taken.target, "allowed_states", None) or [taken.target or source]
        for goal in goals:
            yield Arrow(source, goal, taken.name, act, event)


def drawing() -> str:
    """The whole document: a graph and a table for each machine, states in Chinese."""
    with translation.override("zh-hans"):
        parts = [HEAD, *(_chapter(model) for model in MACHINES)]
    return "\n".join(parts)


HEAD = """# Life cycles

Drawn from the code by `make graphs`; a test fails when this page is not current. A step is a verb
with a permission and one event; an arrow without permission is taken along by another step, which records
the event of its row after its own. What a verb asks for and changes stands beside it, in the model of its
room; what must hold of the row beside its state is a `Need` of the arrow, and
`row.possible(by, at=…)` says which verbs somebody may take now. Groups of states are named on the enum of the
machine and nowhere else.
"""


def _chapter(model: Machine) -> str:
    found = arrows(model)
    graph = ["```mermaid", "stateDiagram-v2", f"    [*] --> {initial(model)}"]
    graph += [f"    {slug} : {word} {slug}" for slug, word in states(model).items()]
    for source, target in dict.fromkeys((one.source, one.target) for one in found):
        verbs = [one.verb for one in found if (one.source, one.target) == (source, target)]
        if source != target:
            graph.append(f"    {source} --> {target} : {', '.join(verbs)}")
    ends = [state for state in states(model) if all(one.source != state for one in found)]
    graph += [f"    {state} --> [*]" for state in ends]
    lines = [
        f"## {model.__name__} ({model._meta.verbose_name})",  # noqa: SLF001
        "",
        *graph,
        "```",
        "",
        *_table(found),
        *_groups(model),
    ]
    return "\n".join(lines) + "\n"


def groups(model: Machine) -> dict[str, tuple[str, ...]]:
    """Groups of states by their names on the enum."""
    named = vars(model.State).items()
    return {name: found for name, found in named if name.isupper() and isinstance(found, tuple)}


def _groups(model: Machine) -> list[str]:
    found = groups(model)
    rows = [f"| `{name}` | {', '.join(states)} |" for name, states in found.items()]
    return ["", "| group | states |", "|---|---|", *rows] if rows else []


def _table(found: list[Arrow]) -> list[str]:
    rows = ["| verb | from | to | event | who |", "|---|---|---|---|---|"]
    for verb in dict.fromkeys(one.verb for one in found):
        of_verb = [one for one in found if one.verb == verb]
        sources = ", ".join(dict.fromkeys(one.source for one in of_verb))
        moved = dict.fromkeys(one.target for one in of_verb if one.target != one.source)
        first = of_verb[0]
        target = ", ".join(moved) or "stays"
        rows.append(f"| `{verb}` | {sources} | {target} | {first.event} | {_who(first.act)} |")
    return rows


def _who(act: str) -> str:
    if not act:
        return "with another step"
    rule = ACTS[act]
    parts = [", ".join(sorted(rule.office))]
    if rule.unit:
        parts.append("own unit: " + ", ".join(sorted(rule.unit)))
    if not rule.office and not rule.unit:
        parts.append("by itself")
    if "citizen" in rule.actors:
        parts.append("citizen")
    return "; ".join(part for part in parts if part)
