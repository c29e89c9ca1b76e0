"""Read the corpus and the questions, and put the cases into the office."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from cases.models import Case
from tests.cast import NOON, wang_says

HERE = Path(__file__).parent
LIGHTS = ("l1", "l2", "l3", "l4", "l6")
WATERWORKS = ("w1", "w8")


class Row(NamedTuple):
    """One case of the corpus."""

    name: str
    title: str
    content: str
    address: str
    reply: str


class Question(NamedTuple):
    """What is typed and the grade of each case that answers it."""

    typed: str
    judged: Mapping[str, int]


def _lines(name: str) -> list[str]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def corpus() -> list[Row]:
    """All cases, in the order of the file."""
    return [Row(*line.split("|")) for line in _lines("corpus.txt")]


def questions() -> list[Question]:
    """All questions with their judgements."""
    asked = []
    for line in _lines("questions.txt"):
        typed, _, judged = line.partition(" => ")
        grades = dict(pair.split(":") for pair in judged.split())
        asked.append(Question(typed, {name: int(grade) for name, grade in grades.items()}))
    return asked


def register_all(cast: Any) -> dict[str, Case]:
    """Register the corpus; some cases are classed, some dispatched, the answered ones closed."""
    cases = {}
    for row in corpus():
        case = wang_says(
            cast,
            key=f"relevance-{row.name}",
            title=row.title,
            content=row.content,
            address=row.address,
            region=None,
        )
        if row.name in LIGHTS:
            case.accept(category=cast.street_lights, by=cast.dispatcher, at=NOON)
        if row.name in WATERWORKS:
            case.accept(category=cast.leaks, by=cast.dispatcher, at=NOON)
            case.dispatch(lead=cast.water, basis="目录", by=cast.dispatcher, at=NOON)
        if row.reply:
            Case.objects.filter(pk=case.pk).update(answer_text=row.reply)
        cases[row.name] = case
    return cases
