"""Publish a letter with its reply: de-identified by one person, checked by another (`domain.md` §3.5).

Consent is the citizen's; without it nothing is prepared. Every step is an event of the case, without
the text: the text may have to be withdrawn, history never changes.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from cases.errors import IllegalStep, NotPermitted, Refused
from cases.events.recording import keep_events, record
from cases.lifecycle.models.case import CaseQuerySet
from cases.lifecycle.step import lock
from cases.models import Case, User
from cases.people.permissions import may
from cases.people.person import Person
from cases.privacy.masking import left_over
from cases.words import CaseState, DemandType, Secrecy
from hotline.models.publication import Publication
from hotline.publishing.public_letters import KIND
from search.public.upkeep import follow

State = Publication.State
LONGEST = 10_000


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
        held = _held(case, by)
        answered_at = publishable(held)
        _check(held, title, letter, reply)
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
        _recorded(held, "publication_drafted", made, by=by, at=at)
    return made


def revise(
    publication: Publication,
    revision: int,
    *,
    title: str,
    letter: str,
    reply: str,
    by: User,
    at: datetime,
) -> Publication:
    """Change a copy that waits for its check; whoever changed it last may not be its checker."""
    with transaction.atomic():
        case, held = _drafted(publication, revision, by)
        _check(case, title, letter, reply)
        held.title, held.letter, held.reply = title.strip(), letter.strip(), reply.strip()
        held.drafted_by, held.drafted_at, held.revision = by, at, held.revision + 1
        held.save()
        _recorded(case, "publication_revised", held, by=by, at=at)
    return held


def publish(publication: Publication, revision: int, *, by: User, at: datetime) -> Publication:
    """The second person puts it on the public site, exactly as they saw it (``revision``)."""
    with transaction.atomic():
        case, held = _drafted(publication, revision, by)
        if held.drafted_by_id == by.pk:
            raise Refused(_("Another person than the one who prepared it has to check it."))
        publishable(case)
        _check(case, held.title, held.letter, held.reply)
        held.state, held.checked_by, held.published_at = State.PUBLISHED, by, at
        held.save()
        _recorded(case, "published", held, by=by, at=at)
        follow(KIND, held.pk)
    return held


def withdraw(publication: Publication, *, reason: str, by: User, at: datetime) -> Publication:
    """Take a copy off the site, or drop one that was prepared; the citizen may ask for it any time."""
    if not reason.strip():
        raise Refused(_("Write why it is withdrawn."))
    with transaction.atomic():
        case = _held(publication.case, by)
        held = Publication.objects.get(pk=publication.pk)
        if held.state == State.WITHDRAWN:
            raise IllegalStep(_("It has been withdrawn already."))
        held.state, held.withdrawn_by, held.withdrawn_at = State.WITHDRAWN, by, at
        held.withdrawn_reason = reason.strip()[:200]
        held.save()
        _recorded(case, "withdrawn_publication", held, by=by, at=at, reason=held.withdrawn_reason)
        follow(KIND, held.pk)
    return held


def names_of(case: Case) -> list[str]:
    """Everybody who brought the case, was introduced in it, or was said to tell who somebody is."""
    knowledge = case.knowledge()
    return [*knowledge.whole().names, *knowledge.identity.hide]


def secrets_of(case: Case) -> list[str]:
    """Names and numbers in clear, to be kept out of the text."""
    return [*names_of(case), *case.knowledge().known.numbers]


def _held(case: Case, by: User) -> Case:
    held = lock(case)
    if not may(by, "case.publish", held):
        raise NotPermitted(f"case.publish by {by.name}")
    return held


def _drafted(publication: Publication, revision: int, by: User) -> tuple[Case, Publication]:
    case = _held(publication.case, by)
    held = Publication.objects.get(pk=publication.pk)
    if held.state != State.DRAFTED or held.revision != revision:
        raise IllegalStep(
            _("Somebody has changed this copy meanwhile. Read it again as it is now.")
        )
    return case, held


def publishable(case: Case) -> datetime:
    """When its reply was given; raises ``Refused`` with a sentence when it may not be published."""
    if not case.publish_consent:
        raise Refused(_("The citizen did not agree to publication."))
    is_secret = case.secrecy != Secrecy.NORMAL or case.demand_type == DemandType.REPORT
    if is_secret or case.is_test or case.is_void or case.merged_into_id:
        raise Refused(_("Confidential, secret, test and merged matters are not published."))
    if case.state not in CaseState.PUBLISHABLE or not case.answered_at:
        raise Refused(_("The reply is not approved, or is being worked on again."))
    return case.answered_at


def _check(case: Case, title: str, letter: str, reply: str) -> None:
    if not (title.strip() and letter.strip() and reply.strip()):
        raise Refused(_("Title, letter and reply are all needed."))
    if len(title) > 120 or max(len(letter), len(reply)) > LONGEST:  # noqa: PLR2004
        raise Refused(_("The text is too long to be published."))
    if left_over(title + letter + reply, secrets_of(case)):
        raise Refused(_("The citizen's name or number still stands in the text. Put ＊ for it."))


def _recorded(
    case: Case, kind: str, publication: Publication, *, by: User, at: datetime, reason: str = ""
) -> None:
    payload = {"publication": publication.pk, "revision": publication.revision}
    event = record(
        case,
        kind,
        by=by,
        at=at,
        before=case.state,
        payload=payload | ({"reason": reason} if reason else {}),
    )
    case.save()
    keep_events(case, event)
