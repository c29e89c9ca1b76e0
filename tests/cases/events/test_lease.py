"""The lease, tried alike on every kind of row that is leased."""

import threading
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import OperationalError, connection
from django.db.models import Q

from cases.events import outbox
from cases.events.lease import put_down
from cases.events.models.leased import Leased
from cases.machine import outage
from cases.models import Duty
from config.management.commands import work
from tests.cases.events.leased_kinds import KINDS
from tests.cast import NOON, wang_says
from tests.config.outages import refused
from tests.faults.racing import together

SECOND = timedelta(seconds=1)


@pytest.fixture(params=sorted(KINDS))
def kind(request, cast, settings, tmp_path):
    """One row that is left to do, of each kind in turn."""
    settings.MEDIA_ROOT = tmp_path
    one = KINDS[request.param]
    one.make(cast)
    yield one
    assert outage._owed == []


def kept(kind):
    """Both columns of the one row, as the database has them."""
    return kind.lease.of.objects.values_list("leased_until", "attempts").get()


def test_every_kind_of_leased_row_is_tried_here():
    leased = {model for model in apps.get_models() if issubclass(model, Leased)}
    assert {one.lease.of for one in KINDS.values()} == leased


def test_who_takes_it_has_it_alone(kind):
    row = kind.take(NOON)
    assert kept(kind) == (NOON + kind.lease.lasts, 1)
    assert (row.leased_until, row.attempts) == kept(kind)
    assert kind.take(NOON) is None
    assert kind.take(NOON + kind.lease.lasts) is None  # its last moment is part of it
    assert kept(kind) == (NOON + kind.lease.lasts, 1)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_four_workers_at_once_one_gets_it(kind):
    got = []
    assert together([lambda: got.append(kind.take(NOON))] * 4) == ["won"] * 4
    assert len([row for row in got if row is not None]) == 1
    assert kept(kind) == (NOON + kind.lease.lasts, 1)


def test_who_dies_at_it_leaves_it_to_the_next(kind):
    row = kind.take(NOON)
    later = NOON + kind.lease.lasts + SECOND
    assert kind.take(later) == row
    assert kept(kind) == (later + kind.lease.lasts, 2)


def test_given_back_is_free_at_once_and_was_no_try(kind):
    row = kind.take(NOON)
    kind.lease.give_back([row], NOON)
    assert kept(kind) == (None, 0)
    assert kind.take(NOON) == row


def test_given_back_with_a_pause_it_is_no_try_either(kind):
    row = kind.take(NOON)
    kind.lease.give_back([row], NOON, pause=kind.pause)
    assert kept(kind) == (NOON + kind.pause, 0)
    assert kind.take(NOON) is None
    assert kind.take(NOON + kind.pause + SECOND) == row


def test_postponed_it_was_a_try(kind):
    row = kind.take(NOON)
    kind.lease.postpone(row, NOON, kind.pause)
    assert kept(kind) == (NOON + kind.pause, 1)
    assert kind.take(NOON + kind.pause) is None
    assert kind.take(NOON + kind.pause + SECOND) == row


def test_what_an_outage_ends_is_given_back_before_anything_is_taken(kind):
    row = kind.take(NOON)
    with pytest.raises(OperationalError), kind.lease.gives_back([row], NOON):
        refused()
    assert kept(kind) == (NOON + kind.lease.lasts, 1)  # the database is away
    assert kind.take(NOON + SECOND) == row
    assert kept(kind) == (NOON + SECOND + kind.lease.lasts, 1)


def test_after_an_outage_it_may_rest_for_a_pause(kind):
    row = kind.take(NOON)
    with pytest.raises(OperationalError), kind.lease.gives_back([row], NOON, pause=kind.pause):
        refused()
    assert kind.take(NOON + SECOND) is None
    assert kept(kind) == (NOON + kind.pause, 0)


def test_any_other_end_gives_nothing_back(kind):
    row = kind.take(NOON)
    with pytest.raises(ZeroDivisionError), kind.lease.gives_back([row], NOON):
        _ = 1 / 0
    with kind.lease.gives_back([row], NOON):
        pass
    assert kind.take(NOON) is None
    assert kept(kind) == (NOON + kind.lease.lasts, 1)


def test_what_somebody_else_took_since_is_theirs(kind):
    row = kind.take(NOON)
    later = NOON + kind.lease.lasts + SECOND
    assert kind.take(later) == row
    kind.lease.give_back([row], NOON)
    kind.lease.postpone(row, NOON, kind.pause)
    assert kept(kind) == (later + kind.lease.lasts, 2)


def test_what_a_dead_worker_held_is_let_go_and_stays_counted(kind):
    row = kind.take(NOON)
    kind.lease.let_go(but=Q(pk=row.pk))
    assert kept(kind) == (NOON + kind.lease.lasts, 1)
    kind.lease.let_go()
    assert kept(kind) == (None, 1)
    assert kind.take(NOON) == row
    assert kept(kind) == (NOON + kind.lease.lasts, 2)


def test_a_worker_that_starts_frees_what_is_of_its_lane(kind, monkeypatch):
    monkeypatch.setattr(
        work, "close_old_connections", lambda: None
    )  # the test's own, on PostgreSQL
    kind.take(NOON)
    for lane in sorted(work.LANES, key=lambda lane: lane == kind.lane):  # its own one last
        assert kept(kind) == (NOON + kind.lease.lasts, 1)
        work.begin(lane, threading.Event())
    assert kept(kind) == (None, 1)


def test_a_lease_from_before_the_clock_was_set_back_is_none(kind):
    row = kind.take(NOON)
    could_be = NOON + kind.lease.lasts - max(kind.lease.lasts, kind.lease.longest)
    assert kind.take(could_be) is None
    assert kind.take(could_be - SECOND) == row


def test_what_nobody_is_at_is_taken_over_uncounted(kind):
    row = kind.take(NOON)
    assert not kind.lease.take_over(row, NOON)
    assert put_down(kind.lease.rows()) == 1
    assert kept(kind) == (None, 1)
    assert kind.lease.take_over(row, NOON + SECOND)
    assert row.leased_until == NOON + SECOND + kind.lease.lasts
    assert kept(kind) == (row.leased_until, 1)
    assert not kind.lease.take_over(row, NOON + SECOND)


def test_a_lease_is_told_from_a_longer_one(kind):
    row = kind.take(NOON)
    rows = kind.lease.of.objects
    assert rows.filter(kind.lease.held(NOON)).get() == row
    assert not rows.filter(kind.lease.held(NOON - SECOND)).exists()


@pytest.fixture
def two(cast):
    """Two duties, of which nobody has either."""
    wang_says(cast)
    pks = Duty.objects.values_list("pk", flat=True)[:2]
    Duty.objects.exclude(pk__in=list(pks)).delete()
    Duty.objects.update(next_try_at=NOON)
    return outbox.LEASE


@pytest.mark.parametrize(
    "act",
    [
        lambda lease, row: lease.give_back([row], NOON),
        lambda lease, row: lease.postpone(row, NOON, SECOND),
        lambda _lease, row: put_down(Duty.objects.filter(pk=row.pk)),
        lambda lease, _row: outbox._take(NOON + lease.lasts + SECOND, 1),
    ],
)
def test_what_is_done_to_one_is_not_done_to_its_neighbour(two, act):
    first, second = outbox._take(NOON, 9)
    act(two, first)
    (other,) = Duty.objects.filter(pk=second.pk)
    assert (other.leased_until, other.attempts) == (NOON + two.lasts, 1)
    (one,) = Duty.objects.filter(pk=first.pk)
    assert (one.leased_until, one.attempts) != (NOON + two.lasts, 1)


def test_one_is_taken_over_and_its_neighbour_is_not(two):
    first, second = Duty.objects.order_by("pk")
    assert two.take_over(first, NOON)
    assert outbox._take(NOON, 9) == [second]


def test_what_is_done_with_is_neither_taken_over_nor_let_go(two):
    first, second = outbox._take(NOON, 9)
    Duty.objects.filter(pk=first.pk).update(parked=True)
    two.let_go()
    held = Duty.objects.filter(leased_until__isnull=False)
    assert held.get() == first
    put_down(held)
    assert not two.take_over(first, NOON)
    assert two.take_over(second, NOON)


@pytest.mark.parametrize(("by", "of"), [("", ()), ("reading__", ("self",))])
def test_rows_are_locked_where_the_database_can_pass_over_what_is_locked(monkeypatch, by, of):
    lease = KINDS["file"].lease
    rows = apps.get_model("cases", "Attachment").objects.all() if by else lease.rows()
    for can in (False, True):
        monkeypatch.setattr(connection.features, "has_select_for_update_skip_locked", can)
        asked = lease.free(rows, NOON, by=by).query
        assert (asked.select_for_update, asked.select_for_update_skip_locked) == (can, can)
    assert asked.select_for_update_of == of
