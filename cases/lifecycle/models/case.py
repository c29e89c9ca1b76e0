"""All arrows of a case on one screen (`domain.md` §3.2). Effects on tasks are in ``dispatching``.

A public arrow is a verb, ``case.verb(…, by=, at=)``; one named ``follow_…`` is taken along by a task's step.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Unpack

from django.utils.translation import gettext as _

from cases.clocks.due import deadline, elapsed_term
from cases.errors import Refused
from cases.lifecycle import asking_again, dispatching, recounting, reworking
from cases.lifecycle.classing import CaseActs, Classing
from cases.lifecycle.models.case_finding import CaseFinding
from cases.lifecycle.of_case import CaseItself
from cases.people.models.staff import User
from cases.people.models.unit import Unit
from cases.people.person import Person
from cases.reference.models.reason import Reason
from cases.secrecy import contacting, handling, levels, respondent
from cases.shapes import Payload
from cases.steps.step import follow, step
from cases.words import AssignmentRole
from cases.words import CaseState as S

if TYPE_CHECKING:
    from cases.lifecycle.models.assignment import Assignment


class CaseQuerySet(CaseFinding["Case"]):
    """Cases, found by adjectives."""


class Case(CaseItself, CaseActs):
    """One matter. Its state moves only by these arrows."""

    objects = CaseQuerySet.as_manager()

    def lead(self) -> "Assignment | None":
        """The lead task of the current round that was not returned or recalled, or ``None``."""
        return self.assignments.held().filter(role=AssignmentRole.LEAD, round=self.round).last()

    @step("case.accept", "accepted", source=S.SUBMITTED, target=S.ACCEPTED)
    def accept(self, *, by: Person, at: datetime, **facts: Unpack[Classing]) -> Payload:
        """Take the matter on and classify it (``CaseActs.classify``)."""
        changed = self.classify(**facts)
        if self.category_id is None:
            raise Refused(_("Choose a category before accepting. What you wrote is kept."))
        self.accepted_at = at
        self.dispatch_due_at = deadline(self, "dispatch", at).at
        recounting.promise(self)
        return changed

    @step("case.reclassify", "reclassified", source=S.BEFORE_DISPATCH)
    def reclassify(self, *, by: Person, at: datetime, **facts: Unpack[Classing]) -> Payload:
        """Change type, category, place or urgency before dispatch; clocks follow the new class."""
        changed = self.classify(**facts)
        if self.accepted_at:
            self.dispatch_due_at = deadline(self, "dispatch", self.accepted_at).at
            recounting.promise(self)
        return changed

    @step("clock.recount", "promise_recounted", source=S.OPEN)
    def recount_promise(self, *, by: Person, at: datetime) -> Payload:
        """Count the promise to the citizen again: the working days of its year are published now."""
        return recounting.promise_again(self)

    @step("case.reject", "rejected", source=S.BEFORE_DISPATCH, target=S.REJECTED)
    def reject(self, *, by: Person, at: datetime, reason: Reason, legal_route: str = "") -> Payload:
        """Do not accept, with a coded reason; the citizen is told the legal route (66号文)."""
        route = (legal_route or reason.guidance).strip()
        if not route:
            raise Refused(_("Write which legal route the citizen can take."))
        self.reject_reason, self.legal_route = reason, route
        self.outcome, self.closed_at = "legal_route", at
        self.is_void = reason.makes_void
        return {"reason": reason.code, "legal_route": route}

    @step("case.transfer", "transferred", source=S.BEFORE_DISPATCH, target=S.TRANSFERRED)
    def transfer(self, *, by: Person, at: datetime, reason: Reason, target: str = "") -> Payload:
        """Hand over to an emergency line, the petition office or another city."""
        self.transfer_target = (target or reason.name)[:80]
        self.outcome, self.closed_at = "legal_route", at
        return {"reason": reason.code, "target": self.transfer_target}

    @step("case.answer", "answered", source=S.ACCEPTED, target=S.ANSWERED)
    def answer(self, *, by: Person, at: datetime, text: str) -> Payload:
        """Answer directly (直接答复), without a unit."""
        if not text.strip():
            raise Refused(_("Write the answer that was given to the citizen."))
        self.answer_text, self.answered_at, self.closed_at = text.strip(), at, at
        self.answered_in_workdays = elapsed_term(self.contact_at, at)
        self.outcome = "explained"
        return {"text": self.answer_text}

    @step("case.answer", "concluded", source=S.ANSWERED, target=S.CLOSED)
    def conclude(self, *, by: Person, at: datetime) -> Payload:
        """End a directly answered matter, as letters answered before they came into the system."""
        self.closed_at = at
        return {}

    @step("case.dispatch", "dispatched", source=S.ACCEPTED, target=S.DISPATCHED)
    def dispatch(
        self,
        *,
        by: Person,
        at: datetime,
        lead: Unit,
        assisting: Iterable[Unit] = (),
        basis: str = "",
        note: str = "",
    ) -> Payload:
        """Give the case to a lead unit and perhaps assisting ones; the handling clocks start now."""
        return dispatching.dispatch(self, lead, assisting, basis, note, by=by, at=at)

    @step("case.name_respondent", "respondent_named", source=S.OPEN)
    def name_respondent(
        self,
        *,
        by: Person,
        at: datetime,
        units: Iterable[Unit] = (),
        is_outside: bool = False,
        text: str | None = None,
        note: str = "",
    ) -> Payload:
        """Settle who is complained about; units in its line lose the case at once (回避)."""
        return respondent.name(self, units, text, is_outside=is_outside, note=note, by=by, at=at)

    @step("case.withdraw_respondent", "respondent_withdrawn", source=S.OPEN)
    def withdraw_respondent(self, *, by: Person, at: datetime, unit: Unit, note: str) -> Payload:
        """A second person lets a unit in again that was settled as complained about."""
        return respondent.withdraw(self, unit, note=note, by=by, at=at)

    @step("case.name_respondent", "respondent_denied", source=S.OPEN)
    def deny_respondent(
        self, *, by: Person, at: datetime, units: Iterable[Unit], note: str = ""
    ) -> Payload:
        """A unit that the text names is not complained about, it is only the one responsible."""
        return respondent.deny(self, units, note, by=by, at=at)

    @follow(source=[*S.WITH_UNITS, S.UNDER_REVIEW], target=S.ACCEPTED)
    def follow_taken_back(self, at: datetime) -> None:
        """The lead unit is in the line of the one complained about: the dispatcher decides again."""
        self.lead_unit = None
        self.dispatch_due_at = deadline(self, "dispatch", at).at

    @step("case.raise_secrecy", "secrecy_raised", source=S.NOT_ARCHIVED)
    def raise_secrecy(self, *, by: Person, at: datetime, level: str, note: str = "") -> Payload:
        """Protect the citizen more, at once."""
        return levels.raise_to(self, level, note)

    @step("case.ask_lower_secrecy", "lower_secrecy_asked", source=S.NOT_ARCHIVED)
    def ask_lower_secrecy(self, *, by: Person, at: datetime, level: str, reason: str) -> Payload:
        """Ask a second person whether less is enough."""
        return levels.ask_lower(self, level, reason, by=by, at=at)

    @step("case.ask_lower_secrecy", "lower_secrecy_withdrawn", source=S.NOT_ARCHIVED)
    def withdraw_lower_secrecy(self, *, by: Person, at: datetime) -> Payload:
        """Who asked for less takes the request back."""
        return levels.withdraw(self, by=by, at=at)

    @step("case.decide_secrecy", "lower_secrecy_decided", source=S.NOT_ARCHIVED)
    def decide_secrecy(self, *, by: Person, at: datetime, granted: bool, note: str = "") -> Payload:
        """The second person lowers it, or not."""
        return levels.decide(self, granted=granted, note=note, by=by, at=at)

    @step("case.name_contact", "contact_named", source=S.OPEN)
    def name_contact(self, *, by: Person, at: datetime, user: User, reason: str) -> Payload:
        """Let one person of the unit know the citizen of a confidential case, to contact them."""
        return contacting.name(self, user, reason, by=by, at=at)

    @step("case.name_contact", "contact_ended", source=S.NOT_ARCHIVED)
    def end_contact(self, *, by: Person, at: datetime, user: User) -> Payload:
        """Take that back."""
        return contacting.end(self, user, by=by, at=at)

    @step("case.handle_text", "handling_corrected", source=S.NOT_ARCHIVED)
    def correct_handling(
        self, *, by: Person, at: datetime, hide: str = "", keep: str = ""
    ) -> Payload:
        """Say what else tells who somebody is, or what does not; every text is made anew."""
        return handling.correct(self, hide, keep, at=at)

    @follow(source=S.DISPATCHED, target=S.IN_PROGRESS)
    def follow_signed(self) -> None:
        """The lead unit signed."""

    @follow(source=S.WITH_UNITS, target=S.UNDER_REVIEW)
    def follow_replied(self, at: datetime) -> None:
        """The lead unit's leader signed the reply off."""
        self.review_due_at = deadline(self, "review", at).at

    @follow(source=S.WITH_UNITS, target=S.ACCEPTED)
    def follow_returned(self, at: datetime) -> None:
        """The lead unit's return was granted: the dispatcher decides again."""
        self.return_count += 1
        self.lead_unit = None
        self.dispatch_due_at = deadline(self, "dispatch", at).at

    @step("case.review", "reply_approved", source=S.UNDER_REVIEW, target=S.CALLBACK)
    def approve_reply(
        self, *, by: Person, at: datetime, public_reply: str = "", note: str = ""
    ) -> Payload:
        """Accept the lead's reply, edited if need be; the citizen is answered from now on."""
        return dispatching.approve_reply(self, public_reply, note, by=by, at=at)

    @step("case.review", "format_returned", source=S.UNDER_REVIEW, target=dispatching.BACK_TO_UNIT)
    def return_format(self, *, by: Person, at: datetime, note: str) -> Payload:
        """Send the reply back to be completed (补正); the unit's clock runs on as if never stopped."""
        return dispatching.return_format(self, note, by=by, at=at)

    @step("case.review", "reworked", reworking.ROUND_LEFT, source=S.UNDER_REVIEW, target=S.REWORK)
    def rework_reply(self, *, by: Person, at: datetime, note: str) -> Payload:
        """The substance is wrong: a new round with the shorter clock (重办)."""
        return reworking.order(self, None, note, by=by, at=at)

    @step("case.callback", "called_back", source=S.CALLBACK)
    def note_callback(
        self, *, by: Person, at: datetime, result: str, attempt: int, score: int | None = None
    ) -> Payload:
        """The citizen was called back; what follows from it is a step of its own."""
        return {"result": result, "attempt": attempt, "score": score}

    @step("case.rate", "rated", source=S.RATEABLE)
    def note_rating(self, *, by: Person, at: datetime, score: int, channel: str) -> Payload:
        """The citizen rated the handling; what follows from it is a step of its own."""
        return {"score": score, "channel": channel}

    @step("case.rate", "dissatisfied", source=S.RATEABLE, target=S.DISSATISFIED)
    def record_dissatisfied(self, *, by: Person, at: datetime, note: str = "") -> Payload:
        """The citizen is not satisfied; a second person reviews whether there is reason."""
        self.closed_at = None
        self.callback_due_at = deadline(self, "review", at).at
        return {"note": note}

    @step(
        "case.review_dissatisfied",
        "reworked",
        reworking.ROUND_LEFT,
        source=S.DISSATISFIED,
        target=S.REWORK,
    )
    def order_rework(
        self, *, by: Person, at: datetime, note: str, unit: Unit | None = None
    ) -> Payload:
        """The citizen is right: a new round for the same or another unit."""
        return reworking.order(self, unit, note, by=by, at=at)

    @step("case.callback", "closed", source=S.CALLBACK, target=S.CLOSED)
    def close(self, *, by: Person, at: datetime, outcome: str, note: str = "") -> Payload:
        """End the matter after the call-back."""
        return self.end(outcome, note, at)

    @step("case.rate", "closed", source=S.CALLBACK, target=S.CLOSED)
    def close_rated(self, *, by: Person, at: datetime, outcome: str, note: str = "") -> Payload:
        """End the matter because the citizen rated it themselves and is satisfied."""
        return self.end(outcome, note, at)

    @step("case.review_dissatisfied", "closed", source=S.DISSATISFIED, target=S.CLOSED)
    def close_explained(self, *, by: Person, at: datetime, outcome: str, note: str) -> Payload:
        """End a dissatisfied case with the reasons why no more can be done."""
        if not note.strip():
            raise Refused(_("Write why the case is closed although the citizen is dissatisfied."))
        return self.end(outcome, note, at)

    @step("case.archive", "archived", source=S.ENDED, target=S.ARCHIVED)
    def archive(self, *, by: Person, at: datetime) -> Payload:
        """Seal a finished case when its objection window is over."""
        self.archived_at = at
        return {"seal": self.event_head}

    @step("case.urge", "urged", asking_again.ONCE_A_DAY, source=S.URGEABLE)
    def urge(self, *, by: Person, at: datetime, note: str = "") -> Payload:
        """The citizen asks again about an open case (催办); it is not a new case."""
        self.urge_count += 1
        self.log_contact("urge", note, by=by, at=at)
        return {"note": note, "count": self.urge_count}

    @step("case.supplement", "supplemented", source=[*S.BEFORE_DISPATCH, *S.WITH_UNITS])
    def supplement(self, *, by: Person, at: datetime, text: str) -> Payload:
        """The citizen adds something; the original text stays as it was."""
        if not text.strip():
            raise Refused(_("Write what you want to add."))
        self.log_contact("supplement", text, by=by, at=at)
        return {"text": text.strip()}
