"""All arrows of a unit's task on one screen (`domain.md` §3.2, states 5–10)."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.apps import apps
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.clocks.alarms import clear_alarms
from cases.errors import Refused
from cases.lifecycle import recounting, requesting
from cases.lifecycle.models.assignment_fields import AssignmentFields
from cases.lifecycle.models.assignment_finding import AssignmentFinding
from cases.lifecycle.of_case import OfCase
from cases.people.models.unit import Unit
from cases.people.person import Person
from cases.people.sight import What, sees
from cases.reference.models.reason import Reason
from cases.secrecy import relaying
from cases.shapes import Payload
from cases.steps.possible import Need
from cases.steps.step import follow, step
from cases.words import AssignmentRole, CaseState, ContactMethod, FactTrue, Solved
from cases.words import AssignmentState as S

if TYPE_CHECKING:
    from cases.lifecycle.models.case import Case, CaseQuerySet

LEADS = Need(
    lambda task, _by, _at: task.role == AssignmentRole.LEAD,
    gettext_lazy("An assisting unit gives its opinion; the lead unit replies."),
)
ASSISTS = Need(
    lambda task, _by, _at: task.role == AssignmentRole.ASSIST,
    gettext_lazy("The lead unit replies; only assisting units give an opinion."),
)


class AssignmentQuerySet(AssignmentFinding["Assignment"]):
    """Tasks, found by adjectives."""


class Assignment(OfCase, AssignmentFields):
    """A task. Its state moves only by these arrows."""

    objects = AssignmentQuerySet.as_manager()

    def case_rows(self) -> "CaseQuerySet":
        """The table of cases."""
        table: type[Case] = apps.get_model("cases", "Case")
        return table.objects.all()

    def case_pk(self) -> int:
        """Id of the case whose row is locked first."""
        return self.case_id

    def fresh(self, case: "Case") -> "Assignment":
        """A newly read copy bound to the locked case."""
        found = type(self).objects.select_related("unit").get(pk=self.pk)
        found.case = case
        return found

    def parties(self) -> "tuple[Case, Assignment]":
        """The case and this task: what ``step`` saves."""
        return self.case, self

    @step("assignment.sign", "signed", source=S.DISPATCHED, target=S.SIGNED)
    def sign(self, *, by: Person, at: datetime) -> Payload:
        """The unit takes the task (签收). The handling clock has been running since dispatch."""
        self.signed_at, self.signed_by_id = at, by.pk
        if self.role == "lead" and self.case.state == CaseState.DISPATCHED:
            self.case.follow_signed()
        clear_alarms(self, "sign")
        return {"unit": self.unit_name, "on_time": at <= self.sign_due_at}

    @step("assignment.contact", "contacted", source=S.UNDER_WAY, target=S.IN_PROGRESS)
    def record_first_contact(
        self,
        *,
        by: Person,
        at: datetime,
        method: str,
        note: str = "",
        contacted_at: datetime | None = None,
    ) -> Payload:
        """Record that the citizen was contacted (先行联系): who, when, how."""
        if not sees(by, self.case, What.MASK):
            raise Refused(_("The citizen is kept secret: let the office make the contact."))
        when = contacted_at or at
        if method not in ContactMethod.values or method == ContactMethod.OFFICE:
            raise Refused(_("Choose how the citizen was contacted."))
        if not self.dispatched_at <= when <= at:
            raise Refused(_("The time of the contact lies between the dispatch and now."))
        if self.first_contact_at is None or self.first_contact_method == "phone_missed":
            self.first_contact_at, self.first_contact_by_id = when, by.pk
            self.first_contact_method, self.first_contact_note = method, note
        if method != "phone_missed":
            clear_alarms(self, "contact")
        return {"unit": self.unit_name, "method": method, "note": note, "when": when.isoformat()}

    @step("assignment.contact", "relay_asked", source=S.UNDER_WAY)
    def ask_relay(self, *, by: Person, at: datetime, question: str) -> Payload:
        """Ask the office to speak with a citizen whom the unit must not know."""
        return relaying.ask(self, question, by=by, at=at)

    @step("assignment.relay", "relayed", source=S.SIGNED_FOR)
    def answer_relay(self, *, by: Person, at: datetime, result: str, text: str = "") -> Payload:
        """The office spoke with the citizen, or could not."""
        said = relaying.answer(self, result, text, by=by, at=at)
        if self.state == S.SIGNED:  # a contact begins the work; a reply that was handed in stays so
            self._begin()
        return said

    @step("assignment.reply", "reply_drafted", LEADS, source=S.AT_WORK, target=S.AWAITING_SIGN_OFF)
    def submit_reply(
        self,
        *,
        by: Person,
        at: datetime,
        public_reply: str,
        internal_note: str = "",
        solved: str = "",
        fact_true: str = "",
        unsolved_reason: str = "",
    ) -> Payload:
        """Hand the reply to the unit's leader: public reply and internal text are two fields (B9)."""
        if not public_reply.strip():
            raise Refused(_("Write the reply to the citizen."))
        if solved not in Solved.values or fact_true not in FactTrue.values:
            raise Refused(_("Choose whether the matter is true and whether it is solved."))
        if solved != "solved" and not unsolved_reason.strip():
            raise Refused(_("Write why the matter is not solved, or not fully."))
        if self.contact_required and self.first_contact_at is None:
            raise Refused(_("Contact the citizen first and record it; then reply."))
        if left := self.left_open("public_reply", public_reply):
            raise Refused(
                _("The citizen would read %(left)s. Write the sentence without it.")
                % {"left": "、".join(dict.fromkeys(left))}
            )
        self.public_reply, self.internal_note = public_reply.strip(), internal_note.strip()
        self.solved, self.fact_true = solved, fact_true
        self.unsolved_reason = "" if solved == Solved.SOLVED else unsolved_reason.strip()
        self.submitted_by_id = by.pk
        return {"unit": self.unit_name, "solved": solved}

    @step("assignment.sign_off", "signed_off", source=S.AWAITING_SIGN_OFF, target=S.REPLIED)
    def sign_off(self, *, by: Person, at: datetime) -> Payload:
        """The unit's leader signs; the unit's clock stops and the office reviews."""
        self.replied_at, self.signed_off_by_id = at, by.pk
        self.case.follow_replied(at)
        clear_alarms(self)
        return {"unit": self.unit_name, "on_time": at <= self.due_at}

    @step("assignment.sign_off", "sent_back", source=S.AWAITING_SIGN_OFF, target=S.IN_PROGRESS)
    def send_back(self, *, by: Person, at: datetime, note: str) -> Payload:
        """The leader wants the reply changed."""
        if not note.strip():
            raise Refused(_("Write what has to be changed."))
        self.review_note = note.strip()
        return {"unit": self.unit_name, "note": note}

    @step("assignment.urge", "unit_urged", source=S.OPEN)
    def urge(self, *, by: Person, at: datetime, note: str = "") -> Payload:
        """The office presses the unit (催办); the citizen asking again is ``Case.urge``."""
        return {"unit": self.unit_name, "note": note.strip(), "was_due": self.due_at.isoformat()}

    @step("assignment.contribute", "contributed", ASSISTS, source=S.AT_WORK, target=S.REPLIED)
    def contribute(self, *, by: Person, at: datetime, text: str) -> Payload:
        """An assisting unit hands its opinion to the lead unit."""
        if not text.strip():
            raise Refused(_("Write your unit's opinion."))
        self.internal_note, self.replied_at = text.strip(), at
        clear_alarms(self)
        return {"unit": self.unit_name, "text": self.internal_note}

    @step("request.ask", "return_asked", *requesting.NEEDED_FOR_RETURN, source=S.BEFORE_REPLY)
    def ask_return(
        self,
        *,
        by: Person,
        at: datetime,
        reason: Reason,
        basis: str,
        text: str = "",
        suggested_unit: Unit | None = None,
    ) -> Payload:
        """Ask the office to take the task back (退单); the clock keeps running."""
        return requesting.ask_return(self, reason, basis, text, suggested_unit, by=by, at=at)

    @step("request.ask", "extension_asked", *requesting.NEEDED_FOR_EXTENSION, source=S.AT_WORK)
    def ask_extension(
        self, *, by: Person, at: datetime, reason: Reason, text: str, days: int
    ) -> Payload:
        """Ask for ``days`` more working days (延期), before expiry, once."""
        return requesting.ask_extension(self, reason, text, days, by=by, at=at)

    @step("clock.recount", "time_recounted", source=S.OPEN)
    def recount(self, *, by: Person, at: datetime) -> Payload:
        """Count the unit's time again: the working days of its year are published now."""
        return recounting.time_again(self)

    # What the office does to a task; saved here, recorded by the case's step after its own event.

    def told_along(self) -> Payload:
        """Whose task it is."""
        return {"unit": self.unit_name}

    @follow("task_begun", source=S.SIGNED, target=S.IN_PROGRESS)
    def _begin(self) -> None: ...

    @follow("task_done", source=S.REPLIED, target=S.DONE)
    def _done(self) -> None: ...

    @follow("task_format_returned", source=S.REPLIED, target=S.FORMAT_RETURN)
    def _format(self) -> None: ...

    @follow("task_reworked", source=S.REPLIED, target=S.REWORKED)
    def _rework(self) -> None: ...

    @follow("task_reworked", source=S.DONE, target=S.REWORKED)
    def _rework_after_done(self) -> None: ...

    @follow("task_returned", source=S.BEFORE_REPLY, target=S.RETURNED)
    def _return(self) -> None: ...

    @follow("task_recalled", source=S.RECALLABLE, target=S.RECALLED)
    def _recall(self) -> None: ...

    def approve(self, note: str, *, by: Person, at: datetime) -> None:
        """The office accepted the reply."""
        self._done()
        self.reviewed_at, self.reviewed_by_id, self.review_note = at, by.pk, note
        self.closed_at = at
        self.save()

    def return_format(self, note: str, *, by: Person, at: datetime) -> None:
        """The office wants the reply completed; its time does not count as replied."""
        self._format()
        self.reviewed_at, self.reviewed_by_id, self.review_note = at, by.pk, note
        self.replied_at, self.signed_off_by = None, None
        self.format_returns += 1
        self.save()

    def _drop_requests(self, at: datetime) -> None:
        """What the unit asked about a task it no longer has needs no decision (and could get none)."""
        for asked in self.requests.pending():
            asked.lapse(at)

    def end_with_lead(self, at: datetime) -> None:
        """The lead's reply was accepted: an opinion given is done, one not given is recalled."""
        if self.state == S.REPLIED:
            self._done()
        else:
            self._recall()
        self.closed_at = at
        self.save()
        self._drop_requests(at)
        clear_alarms(self)

    def end_as_reworked(self, note: str, *, by: Person, at: datetime) -> None:
        """This round's work is superseded by a further round."""
        if self.state == S.DONE:
            self._rework_after_done()
        elif self.state == S.REPLIED:
            self._rework()
        else:
            self._recall()
        self.closed_at = self.closed_at or at
        self.save()
        self._drop_requests(at)
        clear_alarms(self)

    def end_as_returned(self, at: datetime) -> None:
        """The office granted the return."""
        self._return()
        self.closed_at = at
        clear_alarms(self)

    @property
    def can_be_recalled(self) -> bool:
        """Whether the office can still take it back."""
        return self.state in S.RECALLABLE

    def end_as_recalled(self, at: datetime) -> None:
        """The office took the task back because the lead changes."""
        self._recall()
        self.closed_at = at
        self.save()
        self._drop_requests(at)
        clear_alarms(self)
