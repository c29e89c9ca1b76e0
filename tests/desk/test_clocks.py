"""The clock that ends next is one for the list (in SQL), the count of what is late, and a row in memory."""

import pytest
from django.utils.translation import gettext

from cases.models import Assignment
from hotline.desk.worklist import clocks
from hotline.desk.worklist.todo import open_tasks, tasks_of
from tests.desk.stages import LATER, contacted, dispatched, drafted, signed

NEXT = {
    "form-1": ("sign_due_at", "sign"),
    "form-2": ("contact_due_at", "first contact"),
    "form-3": ("due_at", "handling time"),
    "form-4": ("due_at", "handling time"),
}


@pytest.fixture
def tasks(cast):
    stages = (dispatched, signed, contacted, drafted)
    return {key: stage(cast, key=key).lead() for key, stage in zip(NEXT, stages, strict=True)}


def test_rows_and_memory_name_the_same_clock(cast, tasks):
    found = {task.pk: task.next_due for task in tasks_of(cast.clerk)}
    assert len(found) == len(tasks)
    for key, (column, label) in NEXT.items():
        task = Assignment.objects.get(pk=tasks[key].pk)
        assert clocks.next_due(task) == found[task.pk] == getattr(task, column)
        assert clocks.clock_label(task) == gettext(label)


@pytest.mark.parametrize("key", NEXT)
def test_late_is_what_the_list_paints_red(cast, tasks, key):
    moment = clocks.next_due(Assignment.objects.get(pk=tasks[key].pk)) + LATER
    red = {task.pk for task in tasks_of(cast.clerk) if task.next_due < moment}
    assert (
        set(open_tasks(cast.clerk).filter(clocks.is_late(moment)).values_list("pk", flat=True))
        == red
    )
    assert tasks[key].pk in red
