"""The record of an export: who alters or removes a line is found; those of before are bound as they stood."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from cases.errors import NotPermitted
from cases.events.books import all_faults
from cases.models import SystemAct
from cases.people.person import SYSTEM
from cases.system import acts
from search.asking.question import Question
from search.exports import book, exporting
from search.exports.book import EXPORTS
from search.exports.exporting import MOST_ATTEMPTS, ask, fetch, make_next
from search.models import ExportRequest, ExportStep
from tests.cast import NOON

MINUTES = timedelta(minutes=1)
BEFORE = [("search", "0009_file_text"), ("cases", "0014_several_respondents")]


@pytest.fixture
def made(say, cast):
    """Asked, approved, made, downloaded."""
    say("路灯坏了三天")
    export = ask(Question("路灯"), 1, "核对路灯", by=cast.dispatcher, at=NOON)
    export.approve(note="可以", by=cast.supervisor, at=NOON + MINUTES)
    make_next(NOON + 2 * MINUTES)
    export = ExportRequest.objects.get(pk=export.pk)
    fetch(export, by=cast.dispatcher, at=NOON + 3 * MINUTES).close()
    return ExportRequest.objects.get(pk=export.pk)


def faults():
    return [fault for _what, fault in EXPORTS.faults() if fault]


def test_what_happened_is_one_chain(made):
    lines = list(made.steps.values_list("seq", "kind", "actor_kind"))
    assert lines == [
        (1, "export_asked", "staff"),
        (2, "export_approved", "staff"),
        (3, "export_made", "system"),
        (4, "export_downloaded", "staff"),
    ]
    assert (made.history_length, made.history_head) == (4, made.steps.get(seq=4).hash)
    assert faults() == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda steps: steps.filter(seq=2).update(actor_name="别人"), "event 2 was altered"),
        (lambda steps: steps.filter(seq=1).update(note="别的理由"), "event 1 was altered"),
        (lambda steps: steps.filter(seq=4).delete(), "the end is cut"),
        (lambda steps: steps.filter(seq=3).delete(), "event 3 is missing"),
        (lambda _steps: ExportRequest.objects.update(history_length=3), "the end is cut"),
    ],
)
def test_who_alters_it_is_found(made, change, sentence):
    change(ExportStep.objects.filter(export=made))
    fault = faults()[0]
    assert sentence in fault
    assert (made.number, fault) in list(all_faults())
    said = StringIO()
    with pytest.raises(CommandError):
        call_command("verify_history", stdout=StringIO(), stderr=said)
    assert f"export {made.number}: {fault}" in said.getvalue()


@pytest.mark.parametrize(
    "changed",
    [
        {"reason": "别的用途"},
        {"rows": 9},
        {"state": "refused"},
        {"note": "不同的话"},
        {"decider_id": None},
        {"made_at": NOON},
        {"decided_at": NOON},
    ],
)
def test_a_row_that_says_something_else_than_its_record_is_found(made, changed):
    ExportRequest.objects.filter(pk=made.pk).update(**changed)
    assert faults() == ["it is not as it was recorded"]


def test_an_approver_put_in_afterwards_is_found(cast):
    export = ask(Question("停水"), 1, "核对", by=cast.dispatcher, at=NOON)
    assert faults() == []
    ExportRequest.objects.filter(pk=export.pk).update(decider=cast.supervisor)
    assert faults() == ["it is not as it was recorded"]


def test_an_export_whose_first_line_is_gone_with_its_end_is_found(cast):
    export = ask(Question("停水"), 1, "核对", by=cast.dispatcher, at=NOON)
    export.steps.all().delete()
    ExportRequest.objects.update(history_length=0, history_head="")
    assert faults() == ["it is not as it was recorded"]


def test_a_step_under_way_while_it_is_looked_at_is_no_fault(made, monkeypatch):
    """The row was read before the step and its lines after it: it is read again."""
    looks, real = [], book._is_as_recorded

    def between(export):
        looks.append(export.pk)
        return len(looks) > 1 and real(export)

    monkeypatch.setattr(book, "_is_as_recorded", between)
    assert faults() == []
    assert len(looks) == 2


def test_an_export_at_which_the_worker_dies_every_time_is_given_up(say, cast):
    say("路灯坏了三天")
    export = ask(Question("路灯"), 1, "核对路灯", by=cast.dispatcher, at=NOON)
    export.approve(note="", by=cast.supervisor, at=NOON)
    for _ in range(MOST_ATTEMPTS):
        assert exporting.LEASE.take_next(NOON) == export  # and there it dies
        exporting.LEASE.let_go()
    make_next(NOON + MINUTES)
    export = ExportRequest.objects.get(pk=export.pk)
    assert (export.state, export.problem) == ("failed", "文件没有生成成功，请重新申请。")
    assert make_next(NOON + 2 * MINUTES) is None
    assert faults() == []


def test_a_program_decides_nothing(cast):
    export = ask(Question("停水"), 1, "核对", by=cast.dispatcher, at=NOON)
    with pytest.raises(NotPermitted):
        export.approve(note="", by=SYSTEM, at=NOON)
    assert export.steps.count() == 1


def test_only_others_are_offered_the_decision(cast):
    export = ask(Question("停水"), 1, "核对", by=cast.supervisor, at=NOON)
    assert export.possible(cast.supervisor, at=NOON) == frozenset()
    assert export.possible(cast.dispatcher, at=NOON) == frozenset()


@pytest.mark.django_db(transaction=True)
def test_lines_of_before_are_bound_as_they_stood(cast):
    """Back to the version without a chain, and here again: the same lines, now bound; acts keep their end."""
    first = ask(Question("停水"), 2, "核对停水", by=cast.dispatcher, at=NOON)
    first.approve(note="可以", by=cast.supervisor, at=NOON + MINUTES)
    second = ask(Question("路灯"), 1, "核对路灯", by=cast.dispatcher, at=NOON + MINUTES)
    done = acts.ask(SystemAct.CHECK, by=cast.sysadmin, at=NOON)
    acts.finish(done, {}, at=NOON + MINUTES)
    waiting = acts.ask(SystemAct.REPAIR, by=cast.sysadmin, at=NOON)
    lines = list(ExportStep.objects.order_by("export_id", "seq").values())
    try:
        MigrationExecutor(connection).migrate(BEFORE)
    finally:
        now = MigrationExecutor(connection)
        now.migrate(now.loader.graph.leaf_nodes())
    assert list(ExportStep.objects.order_by("export_id", "seq").values()) == lines
    assert ExportRequest.objects.get(pk=first.pk).history_length == 2
    assert ExportRequest.objects.get(pk=second.pk).history_head
    assert [fault for _what, fault in all_faults() if fault] == []
    states = dict(SystemAct.objects.values_list("pk", "state"))
    assert states == {done.pk: "over", waiting.pk: "under_way"}
