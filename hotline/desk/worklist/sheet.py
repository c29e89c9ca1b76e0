"""The rows of a worklist as a table on paper or in Excel."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from hotline.desk.worklist import clocks, steps

if TYPE_CHECKING:
    from hotline.desk.worklist.todo import TaskOnPaper


def rows_of(tasks: "Iterable[TaskOnPaper]", now: datetime) -> Iterator[list[object]]:
    """Head and rows; times without zone, in the office's own."""
    yield [
        _("Case number"),
        _("Title"),
        _("Type"),
        _("Category"),
        _("Place"),
        _("Lead or assisting"),
        _("Round"),
        _("Status"),
        _("Dispatched on"),
        _("Handling time ends"),
        _("Ends next"),
        _("What ends next"),
        _("Overdue"),
        _("Remarks"),
    ]
    for task in tasks:
        due = clocks.next_due(task)
        yield [
            task.case.number,
            task.case.title,
            task.case.get_demand_type_display(),
            task.category_path or "",
            " ".join(filter(None, (task.region_name, task.case.address))),
            task.get_role_display(),
            task.round,
            task.get_state_display(),
            _local(task.dispatched_at),
            _local(task.due_at),
            _local(due),
            clocks.clock_label(task),
            _("yes") if due < now else _("no"),
            _("; ").join(words for words, _tone in steps.tags(task)),
        ]


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment).replace(tzinfo=None)
