"""Counts written once say what the ORM would say, for whoever asks and whatever changed in between."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Count
from django.test.utils import CaptureQueriesContext

from cases.models import Assignment, Unit, User
from cases.pages import prewritten
from cases.pages.prewritten import shape_of
from hotline.desk.bar import waiting
from tests.cast import NOON, wang_says

pytestmark = pytest.mark.django_db


def dispatched(cast):
    case = wang_says(cast)
    case.accept(category=cast.street_lights, by=cast.dispatcher, at=NOON)
    case.dispatch(lead=cast.housing, basis="目录", by=cast.dispatcher, at=NOON)
    return case


def open_before(person, at):
    """The person's tasks that are due before ``at``."""

    def asked(moment):
        mine = Assignment.objects.visible_to(person).filter(due_at__lt=moment).order_by()
        return mine.values("unit").annotate(n=Count("*")).values_list("unit", "n")

    return prewritten.rows(("test", shape_of(person)), asked, at)


def test_asked_again_with_another_moment_it_answers_for_that_one(cast):
    task = dispatched(cast).lead()
    assert open_before(cast.clerk, task.due_at) == []
    with CaptureQueriesContext(connection) as asked:
        assert open_before(cast.clerk, task.due_at + timedelta(seconds=1)) == [(task.unit_id, 1)]
    assert len(asked) == 1
    assert open_before(cast.clerk, task.due_at) == []


def test_nobody_gets_what_was_written_for_somebody_else(cast):
    task = dispatched(cast).lead()
    later = task.due_at + timedelta(days=1)
    assert open_before(cast.clerk, later) == [(task.unit_id, 1)]
    assert open_before(cast.other_clerk, later) == []
    assert open_before(cast.auditor, later) == []
    assert open_before(cast.dispatcher, later) == [(task.unit_id, 1)]


def test_who_moves_to_another_unit_counts_that_ones_at_once(cast):
    task = dispatched(cast).lead()
    later = task.due_at + timedelta(days=1)
    assert open_before(cast.clerk, later)
    User.objects.filter(pk=cast.clerk.pk).update(unit=Unit.objects.get(pk=cast.other_clerk.unit_id))
    assert open_before(User.objects.get(pk=cast.clerk.pk), later) == []


def test_a_section_made_after_it_was_written_is_counted(cast):
    task = dispatched(cast).lead()
    later = task.due_at + timedelta(days=1)
    assert open_before(cast.clerk, later)
    section = Unit.objects.create(code="SECTION-X", name="新设的股", parent=task.unit)
    Assignment.objects.filter(pk=task.pk).update(unit=section)
    assert open_before(User.objects.get(pk=cast.clerk.pk), later) == [(section.pk, 1)]


def test_a_person_with_no_rows_at_all_costs_no_query(cast):
    open_before(cast.auditor, NOON)
    with CaptureQueriesContext(connection) as asked:
        assert open_before(cast.auditor, NOON) == []
    assert len(asked) == 0


def test_it_keeps_no_more_texts_than_it_may(cast, monkeypatch):
    monkeypatch.setattr(prewritten, "MOST", 3)
    for n in range(10):
        prewritten.rows(("many", n), lambda _at: Unit.objects.order_by().values_list("pk"), NOON)
    assert len(prewritten._texts) <= 3


def test_the_bar_says_for_every_role_what_its_queries_say(cast):
    dispatched(cast)
    asks = {"tasks": waiting.tasks, "notices": waiting.notices, "requests": waiting.requests}
    late = NOON + timedelta(days=60)
    for person in (cast.clerk, cast.leader, cast.other_clerk, cast.dispatcher, cast.supervisor):
        found = waiting.count(asks, person, late)
        again = waiting.count(asks, person, late)
        for name, ask in asks.items():
            rows = [one for asked in ask(person, late) for one in asked.rows]
            assert found[name].count == again[name].count == len(rows), (person.username, name)
