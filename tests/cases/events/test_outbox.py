"""The outbox parks what kills its worker every time, and serves the rest."""

from datetime import timedelta

from cases.events import outbox
from cases.models import Duty
from tests.cast import NOON, wang_says


def test_a_duty_that_kills_its_worker_every_time_is_parked(cast):
    wang_says(cast)
    killer = Duty.objects.order_by("pk").first()
    Duty.objects.filter(pk=killer.pk).update(attempts=outbox.MAX_ATTEMPTS, leased_until=NOON)
    others = Duty.objects.exclude(pk=killer.pk).count()
    assert outbox.drain(NOON + 2 * outbox.LEASE.lasts) == others
    parked = Duty.objects.get()
    assert (parked.pk, parked.parked, parked.error) == (killer.pk, True, outbox.KILLED)


def test_a_clock_set_back_by_an_hour_keeps_nobody_waiting(cast):
    """What was owed, and what was leased by a worker that died, before the clock was set back."""
    wang_says(cast)
    earlier = NOON - timedelta(hours=1)
    Duty.objects.update(created_at=NOON, next_try_at=NOON)
    leased = Duty.objects.order_by("pk").first()
    Duty.objects.filter(pk=leased.pk).update(attempts=1, next_try_at=earlier, leased_until=NOON)
    assert outbox.drain(earlier) > 0  # the lease ends later than any could: it is none
    outbox.drain(earlier)
    outbox.drain(earlier)
    assert not Duty.objects.exists()


def test_a_duty_that_waits_for_its_next_try_is_left_alone(cast):
    wang_says(cast)
    Duty.objects.update(created_at=NOON, next_try_at=NOON + timedelta(hours=1), attempts=3)
    assert outbox.drain(NOON) == 0
    assert outbox.drain(NOON) == 0


def test_a_duty_that_another_ended_meanwhile_has_no_second_effect(cast, monkeypatch):
    wang_says(cast)
    Duty.objects.exclude(pk=Duty.objects.first().pk).delete()
    seen = []
    duty = Duty.objects.get()
    one = outbox.Consumer("probe", seen.append, frozenset(), per_case=False)
    Duty.objects.all().delete()  # served by somebody else whose lease came later
    assert outbox._serve(one, duty, NOON)
    assert seen == []
