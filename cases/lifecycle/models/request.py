"""The small life of a return or an extension: asked → signed by the leader → granted or refused."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.lifecycle import requesting
from cases.lifecycle.models.request_fields import RequestFields
from cases.lifecycle.of_case import OfCase
from cases.people.person import Person
from cases.shapes import Payload
from cases.steps.possible import Need
from cases.steps.step import follow, step
from cases.words import RequestKind
from cases.words import RequestState as S

if TYPE_CHECKING:
    from cases.lifecycle.models.assignment import Assignment
    from cases.lifecycle.models.case import Case

OTHER_KIND = gettext_lazy("This request is of another kind.")
IS_RETURN = Need(lambda asked, _by, _at: asked.kind == RequestKind.RETURN, OTHER_KIND)
IS_EXTENSION = Need(lambda asked, _by, _at: asked.kind == RequestKind.EXTENSION, OTHER_KIND)


class RequestQuerySet(models.QuerySet["Request"]):
    """Which requests somebody still has to decide."""

    def pending(self) -> "RequestQuerySet":
        """Neither granted nor refused."""
        return self.filter(state__in=S.PENDING)


class Request(OfCase, RequestFields):
    """A request. Its state moves only by these arrows."""

    objects = RequestQuerySet.as_manager()

    def case_rows(self) -> "QuerySet[Case]":
        """The table of cases."""
        return self.assignment.case_rows()

    def case_pk(self) -> int:
        """Id of the case whose row is locked first."""
        return self.assignment.case_id

    def fresh(self, case: "Case") -> "Request":
        """A newly read copy whose task is bound to the locked case."""
        found = type(self).objects.select_related("assignment__unit", "reason").get(pk=self.pk)
        found.assignment.case = case
        return found

    def parties(self) -> "tuple[Case, Assignment]":
        """The case and the task: saved with the request by ``step``."""
        return self.assignment.case, self.assignment

    @step("request.sign", "return_signed", source=S.ASKED, target=S.SIGNED)
    def sign(self, *, by: Person, at: datetime) -> Payload:
        """The unit's leader signs a return; now the office decides within its own clock."""
        requesting.signed(self, by=by, at=at)
        return {"unit": self.assignment.unit_name}

    @step("request.decide_return", "return_granted", IS_RETURN, source=S.SIGNED, target=S.GRANTED)
    def grant_return(self, *, by: Person, at: datetime, note: str = "") -> Payload:
        """Take the task back; a lead's case waits for dispatch again."""
        return requesting.grant_return(self, note, by=by, at=at)

    @step("request.decide_return", "return_refused", IS_RETURN, source=S.SIGNED, target=S.REFUSED)
    def refuse_return(self, *, by: Person, at: datetime, note: str) -> Payload:
        """The unit keeps the task; its clock never stopped."""
        return requesting.refuse(self, note, by=by, at=at)

    @step("request.decide_extension", "extended", IS_EXTENSION, source=S.SIGNED, target=S.GRANTED)
    def grant_extension(self, *, by: Person, at: datetime, note: str = "") -> Payload:
        """Move the effective due time; the original one is kept beside it."""
        return requesting.grant_extension(self, note, by=by, at=at)

    @step(
        "request.decide_extension",
        "extension_refused",
        IS_EXTENSION,
        source=S.SIGNED,
        target=S.REFUSED,
    )
    def refuse_extension(self, *, by: Person, at: datetime, note: str) -> Payload:
        """The original due time stands."""
        return requesting.refuse(self, note, by=by, at=at)

    @follow("request_lapsed", source=S.PENDING, target=S.REFUSED)
    def _lapse(self) -> None: ...

    def told_along(self) -> Payload:
        """Whose request it was, and which."""
        return {"unit": self.assignment.unit_name, "asked": self.kind, "request": self.pk}

    def lapse(self, at: datetime) -> None:
        """Nothing is left to decide: the task was taken back. Recorded by the case's step."""
        self._lapse()
        self.decided_at, self.decision_note = at, _("The office took the task back.")
        self.save()
