"""Cases in the states the tests of this folder need, made by the verbs."""

from datetime import timedelta
from itertools import count

from tests.cast import NOON, wang_says

DAY = timedelta(days=1)
_keys = count(1)


def accepted(cast, at=NOON - 3 * DAY, **said):
    """A case waiting for dispatch."""
    case = wang_says(cast, key=f"matter-{next(_keys)}", at=at, **said)
    case.accept(category=cast.street_lights, by=cast.dispatcher, at=at)
    return case


def dispatched(cast, at=NOON - 3 * DAY, lead=None, assisting=(), **said):
    """A case at a unit (housing unless told)."""
    case = accepted(cast, at, **said)
    case.dispatch(lead=lead or cast.housing, assisting=assisting, by=cast.dispatcher, at=at)
    return case


def sign_and_contact(cast, case, at):
    """The lead unit takes it and reaches the citizen."""
    task = case.lead()
    clerk, _ = people(cast, task.unit)
    task.sign(by=clerk, at=at)
    task.record_first_contact(method="phone", by=clerk, at=at)
    return task


def reply(cast, case, at, *, signed_at=None):
    """Signed, contacted, replied and signed off by the lead unit."""
    task = sign_and_contact(cast, case, signed_at or at)
    clerk, leader = people(cast, task.unit)
    task.submit_reply(
        public_reply="路灯已修复。", solved="solved", fact_true="true", by=clerk, at=at
    )
    task.sign_off(by=leader, at=at)
    case.__dict__.update(type(case).objects.get(pk=case.pk).__dict__)
    return case


def answered(cast, at=NOON - 3 * DAY, replied_at=NOON - DAY, **said):
    """A case whose reply was accepted and whose citizen is to be called back."""
    case = reply(cast, dispatched(cast, at, **said), replied_at)
    case.approve_reply(by=cast.reviewer, at=replied_at)
    return case


def people(cast, unit):
    """Clerk and leader of a unit of the cast."""
    if unit.pk == cast.water.pk:
        return cast.other_clerk, cast.other_leader
    return cast.clerk, cast.leader
