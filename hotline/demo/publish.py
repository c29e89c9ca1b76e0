"""Some letters and their replies on the demo's public site: prepared by one person, checked by another."""

from datetime import timedelta

from cases.privacy.identity.finding import Voice
from cases.privacy.masking import mask
from hotline.demo.staff import crew
from hotline.publishing import publishing, rules
from hotline.publishing.models.publication import Publication

SHOWN = 12


def publish_some() -> int:
    """Publish the latest consented replies until ``SHOWN`` are public; returns how many are new."""
    people, made = crew(), 0
    wanted = SHOWN - Publication.objects.count()
    for case in publishing.candidates(people.reviewer)[: max(wanted, 0)]:
        names = [case.petitioner.name] if case.petitioner else []
        at = rules.publishable(case) + timedelta(hours=30)
        copy = publishing.draft(
            case,
            title=mask(case.title, names),
            letter=mask(case.content, names),
            reply=mask(case.answer_text, names, Voice.UNIT),
            by=people.reviewer,
            at=at,
        )
        publishing.publish(copy, 1, by=people.supervisor, at=at + timedelta(hours=2))
        made += 1
    return made
