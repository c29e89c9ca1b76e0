"""Replies that wait for the office's review, by the review clock, and what stands out in one."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cases.models import Assignment, Case, User
from cases.pages.queue import Clock, Queue
from cases.words import CaseState
from hotline.desk.replyreview.checks import Finding, ReplyFacts, findings

QUEUE = Queue({CaseState.UNDER_REVIEW: Clock("review_due_at", since="answered_at")})


@dataclass(frozen=True)
class Remark:
    """A finding as the reviewer reads it."""

    text: str
    tone: str


def waiting_replies(user: User) -> QuerySet[Case]:
    """Cases under review the person may see; the nearest review time first."""
    return QUEUE.ordered(Case.objects.visible_to(user))


def remarks(task: Assignment, text: str) -> list[Remark]:
    """What a machine sees in the reply ``text`` of the task."""
    facts = ReplyFacts(
        reply=text,
        contact_required=task.contact_required,
        contact_method=task.first_contact_method,
        on_time=bool(task.on_time),
        solved=task.solved,
    )
    return [_said(finding, words) for finding, words in findings(facts)]


def _said(finding: Finding, words: str) -> Remark:
    sentences = {
        Finding.NO_CONTACT: (_("No contact with the citizen is recorded."), "late"),
        Finding.NOT_REACHED: (_("The citizen was called but not reached."), "soon"),
        Finding.SHORT: (_("Very short: %(words)s characters."), "soon"),
        Finding.PHRASE: (_("Phrases that say nothing: %(words)s"), "soon"),
        Finding.NO_TIME: (_("No day or time is named: what was done when?"), "soon"),
        Finding.NAMED: (
            _("The citizen reads names or numbers here that are left out on this page: %(words)s"),
            "soon",
        ),
        Finding.PERSONAL: (_("A phone or identity number stands in the reply: %(words)s"), "late"),
        Finding.LATE: (_("Replied after the due time."), "late"),
        Finding.UNSOLVED: (_("The unit itself says it is not fully solved."), "soon"),
    }
    text, tone = sentences[finding]
    return Remark(text % {"words": words}, tone)
