"""Many small offices at random, brought about by the verbs, and who sees what of them in plain Python."""

from datetime import timedelta
from random import Random
from typing import Any

from cases.errors import NotPermitted, Refused
from cases.events.outbox import drain
from cases.models import Assignment, Case, Respondent, Unit
from tests.cast import NOON, Cast, person, wang_says

TREE = {  # unit: (kind, the one above it)
    "bureau": ("county", ""),
    "pipes": ("utility", "bureau"),
    "pumps": ("utility", "bureau"),
    "pipes-a": ("section", "pipes"),
    "pipes-b": ("section", "pipes"),
    "pumps-a": ("section", "pumps"),
    "village": ("town", ""),
    "village-a": ("section", "village"),
}
TRIES = 30  # two units complained about may leave nobody
CASES = 16
Rows = list[dict[str, Any]]


class Walk:
    """One office, a seed long: cases about random units in the hands of random units."""

    def __init__(self, cast: Cast, seed: int) -> None:
        self.cast, self.at = cast, NOON
        self.dice = Random(seed)  # noqa: S311 - a test
        self.units: dict[str, Unit] = {}
        for code, (kind, above) in TREE.items():
            self.units[code] = Unit.objects.create(
                code=code, name=f"{code}单位", kind=kind, parent=self.units.get(above)
            )
        self.people = {
            code: person(f"at-{code}", f"{code}人", unit, "clerk", "leader")
            for code, unit in self.units.items()
        }
        self.refused: list[tuple[set[str], set[str]]] = []
        self.sent: list[tuple[set[str], set[str]]] = []
        self.shut_out: list[str] = []

    def go(self) -> None:
        """Make the cases, then let a section move to another unit, as happens over the years."""
        for n in range(CASES):
            self._case(n)
        section = self.units[self.dice.choice(["pipes-b", "pumps-a", "village-a"])]
        section.parent = self.units[self.dice.choice(["pipes", "pumps", "village"])]
        section.save()
        drain(self.at)

    def _later(self) -> Any:
        self.at += timedelta(minutes=1)
        return self.at

    def _case(self, n: int) -> None:
        cast, dice = self.cast, self.dice
        kind = dice.choice(["help", "complaint", "report"])
        whom = tuple(dice.sample(list(self.units.values()), dice.choice([0, 1, 1, 2])))
        case = wang_says(
            cast,
            key=f"walk-{n}",
            by=dice.choice([cast.operator, cast.dispatcher]),
            channel="phone",
            at=self._later(),
            demand_type=kind,
            secrecy="secret" if kind == "report" else dice.choice(["normal", "confidential"]),
            respondents=whom,
        )
        if case.respondent_state == "open":
            case.name_respondent(is_outside=True, by=cast.dispatcher, at=self._later())
        case.accept(category=cast.leaks, by=cast.dispatcher, at=self._later())
        if dice.random() < 0.9:
            self._dispatch(case, whom)
            self._work(case.pk)
            self._learn(case.pk)

    def _dispatch(self, case: Case, whom: tuple[Unit, ...]) -> None:
        """Until somebody may have it, if anybody may; what was refused is compared too."""
        about = {unit.code for unit in whom}
        for _try in range(TRIES):
            units = self.dice.sample(sorted(self.units), self.dice.choice([1, 2, 3]))
            lead, *others = (self.units[code] for code in units)
            said = {"lead": lead, "assisting": others, "basis": "目录"}
            try:
                Case.objects.get(pk=case.pk).dispatch(
                    **said, by=self.cast.dispatcher, at=self._later()
                )
            except Refused:
                self.refused.append((about, set(units)))
            else:
                self.sent.append((about, set(units)))
                return

    def _work(self, pk: int) -> None:
        """Some units sign, some say what they know, some give the task back."""
        for task in Assignment.objects.filter(case=pk):
            if Assignment.objects.get(pk=task.pk).state != "dispatched":
                continue  # taken back with the lead's
            try:
                self._one(task, self.people[task.unit.code], self.dice.random())
            except NotPermitted:
                self.shut_out.append(task.unit.code)

    def _one(self, task: Assignment, by: Any, luck: float) -> None:
        if luck < 0.3:
            task.sign(by=by, at=self._later())
            if task.role == "assist":
                task.contribute(text="已查。", by=by, at=self._later())
        elif luck < 0.5:
            reason = self.cast.wrong_unit
            task.ask_return(reason=reason, basis="三定", by=by, at=self._later())
            asked = task.requests.get()  # by the leader: signed
            asked.grant_return(by=self.cast.dispatcher, at=self._later(), note="同意")

    def _learn(self, pk: int) -> None:
        """It turns out later whom it is about."""
        case = Case.objects.get(pk=pk)
        known = case.accused_units
        if len(known) < 2 and self.dice.random() < 0.6:
            unit = self.dice.choice([one for one in self.units.values() if one not in known])
            said = {"units": [unit], "by": self.cast.supervisor, "note": "查明"}
            case.name_respondent(**said, at=self._later())


def lines_of(respondents: set[str], above: dict[str, str], sections: set[str]) -> set[str]:
    """Who may not learn of a case against some units: the line of each."""
    return set().union(*(line_of(one, above, sections) for one in respondents))


def line_of(respondent: str, above: dict[str, str], sections: set[str]) -> set[str]:
    """A unit itself, all above it, all below it or its department."""
    line, at = {respondent}, respondent
    while above[at]:
        at = above[at]
        line.add(at)
    head = above[respondent] if respondent in sections else respondent
    return line | {code for code in above if head in chain(code, above)}


def chain(code: str, above: dict[str, str]) -> list[str]:
    """The unit and all above it."""
    return [code, *(chain(above[code], above) if above[code] else [])]


def tree_now() -> tuple[dict[str, str], set[str]]:
    """The one above each unit, and which are sections, as they stand now."""
    rows = list(Unit.objects.values_list("code", "parent__code", "kind"))
    return {code: up or "" for code, up, _ in rows}, {code for code, _, k in rows if k == "section"}


def tasks_seen(unit: str) -> Rows:
    """The tasks people of a unit see: held by it or one below it, of cases against nobody in its line."""
    above, sections = tree_now()
    rows = Assignment.objects.values("pk", "state", "unit__code", "case__number")
    about: dict[str, set[str]] = {}
    said = Respondent.objects.filter(is_accused=True, withdrawn_at=None)
    for number, code in said.values_list("case__number", "unit__code"):
        about.setdefault(number, set()).add(code)
    return [
        row
        for row in rows
        if unit in chain(row["unit__code"], above)
        and row["state"] not in {"returned", "recalled"}
        and unit not in lines_of(about.get(row["case__number"], set()), above, sections)
    ]
