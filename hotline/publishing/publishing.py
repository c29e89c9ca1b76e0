"""Publish a letter with its reply: de-identified by one person, checked by another (`domain.md` §3.5).

Consent is the citizen's; without it nothing is prepared. Every step is an event of the case, without
the text: the text may have to be withdrawn, history never changes.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from cases.errors import IllegalStep, NotPermitted
from cases.events.recording import keep_events, record
from cases.lifecycle.models.case import CaseQuerySet
from cases.lifecycle.of_case import lock
from cases.models import Case, User
from cases.people.permissions import may
from cases.people.person import Person
from cases.words import CaseState, DemandType, Secrecy
from hotline.publishing.models.publication import KIND, Publication
from hotline.publishing.rules import check, publishable
from search.public.upkeep import index_now


def candidates(user: Person) -> CaseQuerySet:
    """Cases that may be published and are not yet prepared, latest reply first."""
    current = Publication.objects.current().filter(case=OuterRef("pk"))
    return (
        Case.objects.visible_to(user)
        .counted()
        .filter(
            ~Exists(current),
            publish_consent=True,
            secrecy=Secrecy.NORMAL,
            state__in=CaseState.PUBLISHABLE,
            answered_at__isnull=False,
            merged_into=None,
        )
        .exclude(demand_type=DemandType.REPORT)
        .exclude(answer_text="")
        .order_by("-answered_at", "-pk")
    )


def draft(
    case: Case, *, title: str, letter: str, reply: str, by: User, at: datetime
) -> Publication:
    """Prepare the public copy; raises ``Refused`` with a sentence when it may not be, or not so."""
    with transaction.atomic():
        held = lock(case)
        if not may(by, "case.publish", held):
            raise NotPermitted(f"case.publish by {by.name}")
        answered_at = publishable(held)
        check(held, title, letter, reply)
        if Publication.objects.current().filter(case=held).exists():
            raise IllegalStep(
                _("Somebody has prepared this letter already. Open it from the list.")
            )
        made = Publication.objects.create(
            case=held,
            title=title.strip(),
            letter=letter.strip(),
            reply=reply.strip(),
            unit_name=str(held.lead_unit) if held.lead_unit_id else "",
            channel=held.channel,
            asked_at=held.contact_at,
            answered_at=answered_at,
            drafted_by=by,
            drafted_at=at,
        )
        event = record(
            held, "publication_drafted", by=by, at=at, before=held.state, payload=made.told()
        )
        held.save()
        keep_events(held, event)
    return made


def publish(publication: Publication, revision: int, *, by: User, at: datetime) -> Publication:
    """Put it on the public site as it was seen (``revision``), and into the public search at once."""
    with transaction.atomic():
        publication.publish(revision=revision, by=by, at=at)
        index_now(KIND, publication.pk)
    return publication


def withdraw(publication: Publication, *, reason: str, by: User, at: datetime) -> Publication:
    """Take a copy off the site and out of the public search, or drop one that was prepared."""
    with transaction.atomic():
        publication.withdraw(reason=reason, by=by, at=at)
        index_now(KIND, publication.pk)
    return publication
