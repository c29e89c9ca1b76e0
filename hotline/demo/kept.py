"""Who is complained about in the demo, and who must stay unknown: as the office settles and contacts."""

from datetime import datetime, timedelta
from random import Random
from typing import TypedDict

from cases.models import Assignment, Case, Unit, User
from cases.words import Secrecy
from hotline.demo.texts import DemoMatter

SHARE = 0.03  # of all matters, beside the reports of wrongdoing


class ComplainedOf(TypedDict):
    """Facts for the intake: whom the matter is about, and in which words."""

    respondents: tuple[Unit, ...]
    respondent_text: str


def secrecy_of(seed: str) -> str:
    """Return the level a citizen ticked: about three in a hundred want to stay unknown."""
    wants = Random(f"{seed}:secrecy").random() < SHARE  # noqa: S311 - a story, not a secret
    return Secrecy.CONFIDENTIAL.value if wants else Secrecy.NORMAL.value


def respondent_of(matter: DemoMatter, units: dict[str, Unit]) -> ComplainedOf:
    """Facts for the intake: the unit the matter is about, or words."""
    unit = units.get(matter.get("respondent_unit", ""))
    return {
        "respondents": (unit,) if unit else (),
        "respondent_text": unit.name if unit else matter.get("respondent", ""),
    }


def settle(case: Case, *, by: User, at: datetime) -> None:
    """The dispatcher finds that none of the county's units is meant, where that was left open."""
    if case.is_respondent_open:
        case.name_respondent(is_outside=True, by=by, at=at)


def lead_of(case: Case) -> Assignment:
    """The task of the unit that has the case; ``LookupError`` where the story gave it to none."""
    task = case.lead()
    if task is None:
        raise LookupError(f"{case.number} is with no unit")
    return task


def contact(task: Assignment, note: str, *, clerk: User, agent: User, at: datetime) -> None:
    """First contact by the unit, or through the office where the citizen is kept secret."""
    if task.case.secrecy == Secrecy.NORMAL:
        task.record_first_contact(method="phone", note=note, by=clerk, at=at)
        return
    question = "请代为询问具体时间和地点，并告知已派人核查。"
    task.ask_relay(question=question, by=clerk, at=at - timedelta(minutes=5))
    answer = "诉求人补充了时间和地点，已告知正在核查。"
    task.answer_relay(result="reached", text=answer, by=agent, at=at)
