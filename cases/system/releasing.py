"""Give parked duties another round of tries, once what they failed at is mended."""

from datetime import datetime

from django.db import transaction

from cases.events.lease import put_down
from cases.events.models.duty import Duty
from cases.people.person import Person
from cases.system.acts import require
from cases.system.models.system_act import ActState, SystemAct
from cases.system.models.system_record import SystemRecord
from cases.system.record import record_act


def release_parked(*, by: Person, at: datetime) -> SystemAct:
    """Let every parked duty be tried again from its first try on; the act says how many there were."""
    require(by)
    with transaction.atomic():
        parked = Duty.objects.filter(parked=True)
        released = put_down(parked, parked=False, attempts=0, next_try_at=at)
        act = SystemAct.objects.create(
            kind=SystemAct.RELEASE,
            at=at,
            actor_id=by.pk,
            actor_name=by.name,
            state=ActState.OVER,
            finished_at=at,
            found={"released": released},
        )
        record_act(act, SystemRecord.DONE, by=by, at=at)
    return act
