"""The one intake of all channels: register a matter and, when the desk already knows, finish it.

Phone, web form, mailboxes, imports and machines call these and nothing else. Each is idempotent by
``key``: repeated, it returns the case as it is and takes no further step.
"""

from collections.abc import Callable, Collection
from datetime import datetime

from django.db import transaction

from cases.lifecycle.registering import IntakeData, register
from cases.models import Case, Contact, Petitioner, Reason, Unit
from cases.people.person import Person
from cases.privacy.phone import normalise
from cases.words import CaseState
from routing.advice.suggest import suggest
from routing.dispatching.dispatch import dispatch_case
from satisfaction.rollup.upkeep import note_since


def take_in(data: IntakeData, *, key: str, by: Person, at: datetime) -> Case:
    """Register only: the matter waits for acceptance."""
    return register(data, key=key, by=by, at=at)


def take_in_and(
    finish: Callable[[Case], object], data: IntakeData, *, key: str, by: Person, at: datetime
) -> Case:
    """Register, accept with the classification given, and ``finish``: all of it or nothing."""
    with transaction.atomic():
        case = register(data, key=key, by=by, at=at)
        if case.state == CaseState.SUBMITTED:  # else: the same form came twice, the first stands
            case.accept(category=data.category, region=data.region, by=by, at=at)
            finish(case)
    return case


def accept(data: IntakeData, *, key: str, by: Person, at: datetime) -> Case:
    """Register and accept: the matter waits for the dispatcher."""
    return take_in_and(lambda _case: None, data, key=key, by=by, at=at)


def answer(data: IntakeData, text: str, *, key: str, by: Person, at: datetime) -> Case:
    """Register and answer directly (直接答复)."""
    return take_in_and(
        lambda case: case.answer(text=text, by=by, at=at), data, key=key, by=by, at=at
    )


def dispatch(
    data: IntakeData,
    lead: Unit,
    note: str,
    *,
    assisting: Collection[str] = (),
    key: str,
    by: Person,
    at: datetime,
    not_about: Collection[Unit] | None = (),
) -> Case:
    """Register and send to a unit at once; what was suggested is recorded beside what was chosen.

    ``assisting``: codes of the units suggested beside the lead that the person saw and left ticked.
    Raises ``Unasked`` of a complaint that names its unit; then nothing is registered.
    """

    def finish(case: Case) -> None:
        suggestions = suggest(case, at=at)
        offered = next((one.assisting for one in suggestions if one.unit == lead), ())
        dispatch_case(
            case,
            lead=lead,
            assisting=[unit for unit in offered if unit.code in assisting],
            note=note,
            suggestions=suggestions,
            not_about=not_about,
            by=by,
            at=at,
        )

    return take_in_and(finish, data, key=key, by=by, at=at)


def refuse(
    data: IntakeData, reason: Reason, route: str, *, key: str, by: Person, at: datetime
) -> Case:
    """Register and not accept, with the legal route the caller was told."""
    with transaction.atomic():
        case = register(data, key=key, by=by, at=at)
        if case.state == CaseState.SUBMITTED:
            case.reject(reason=reason, legal_route=route, by=by, at=at)
    return case


def transfer(data: IntakeData, reason: Reason, *, key: str, by: Person, at: datetime) -> Case:
    """Register and hand over to an emergency line or another office."""
    with transaction.atomic():
        case = register(data, key=key, by=by, at=at)
        if case.state == CaseState.SUBMITTED:
            case.transfer(reason=reason, by=by, at=at)
    return case


def log_call(
    phone: str, name: str, note: str, case: Case | None, *, by: Person, at: datetime
) -> Contact:
    """Count a call that makes no case: a question about progress, a wrong number, silence."""
    with transaction.atomic():
        known = bool(normalise(phone))
        petitioner = Petitioner.keep(name=name[:40], phone=phone) if known else None
        call = Contact.objects.create(
            channel="phone",
            kind="query" if case else "other",
            at=at,
            case=case,
            petitioner=petitioner,
            phone_hash=petitioner.phone_hash if petitioner else "",
            operator_id=by.pk,
            note=note,
        )
        note_since(at)  # no event tells the figures of a call
    return call
