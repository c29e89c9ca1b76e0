"""A task as its row of the list and the panel beside it show it."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from hotline.desk.worklist import clocks, steps
from hotline.desk.worklist.steps import NextStep

if TYPE_CHECKING:
    from hotline.desk.worklist.todo import TaskListed


@dataclass(frozen=True, slots=True)
class TaskRow:
    """``due``, ``clock``: of the clock that ends next; ``step``: what this person does next, if anything."""

    task: "TaskListed"
    due: datetime
    clock: str
    workdays: int
    tags: list[tuple[str, str]]
    step: NextStep | None
    is_pressing: bool


def shown(task: "TaskListed", now: datetime, *, is_leader: bool) -> TaskRow:
    """The task with what its row says."""
    due = clocks.next_due(task)
    workdays = steps.workdays_left(now, due)
    return TaskRow(
        task,
        due,
        clocks.clock_label(task),
        workdays,
        steps.tags(task),
        steps.next_step(task, is_leader=is_leader),
        is_pressing=due < now or workdays == 0,
    )
