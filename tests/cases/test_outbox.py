"""The outbox parks what kills its worker every time, and serves the rest."""

from cases import outbox
from cases.models import Duty
from tests.cast import NOON, wang_says


def test_a_duty_that_kills_its_worker_every_time_is_parked(cast):
    wang_says(cast)
    killer = Duty.objects.order_by("pk").first()
    Duty.objects.filter(pk=killer.pk).update(attempts=outbox.MAX_ATTEMPTS, leased_until=NOON)
    others = Duty.objects.exclude(pk=killer.pk).count()
    assert outbox.drain(NOON + 2 * outbox.LEASE) == others
    parked = Duty.objects.get()
    assert (parked.pk, parked.parked, parked.error) == (killer.pk, True, outbox.KILLED)


def test_a_duty_is_left_alone_while_it_is_leased(cast):
    wang_says(cast)
    Duty.objects.update(leased_until=NOON + outbox.LEASE)
    assert outbox.drain(NOON) == 0
    assert outbox.drain(NOON + 2 * outbox.LEASE) > 0
    assert not Duty.objects.exists()
