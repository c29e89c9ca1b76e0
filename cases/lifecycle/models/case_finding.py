"""Which cases: adjectives, each a filter in the database."""

from datetime import datetime
from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q

from cases.lifecycle.models.assignment import Assignment
from cases.lifecycle.models.case_fields import CaseFields
from cases.people.permissions import scope_of
from cases.secrecy.models.respondent import Respondent, is_about
from cases.words import CaseState, Secrecy

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from cases.people.person import Person


Row = TypeVar("Row", bound=CaseFields)


class CaseFinding(models.QuerySet[Row]):
    """Which cases: adjectives, each a filter in the database."""

    def visible_to(self, user: "Person | AnonymousUser") -> Self:
        """Only what the person may know of; apply before counting, searching, aggregating."""
        scope = scope_of(user)
        if scope.sees_nothing:
            return self.none()
        if not scope.is_office:
            mine = Assignment.objects.held().filter(case=OuterRef("pk"), unit__in=scope.unit_ids)
            seen = self.filter(handled_at__isnull=False)
            return seen.filter(Exists(mine), ~is_about(scope.barred_ids))
        if scope.sees_secret:
            return self
        return self.filter(~Q(secrecy=Secrecy.SECRET) | Q(registered_by=user.pk))

    def with_accused(self) -> Self:
        """Read the units complained about along, in one query for all rows."""
        rows = Respondent.objects.accused().select_related("unit")
        return self.prefetch_related(Prefetch("respondents", queryset=rows, to_attr="accused"))

    def open(self) -> Self:
        """Somebody still has to do something."""
        return self.filter(state__in=CaseState.OPEN)

    def counted(self) -> Self:
        """Without test and void cases, which are kept but never counted."""
        return self.filter(is_test=False, is_void=False)

    def overdue(self, at: datetime) -> Self:
        """Open with a lead task past its due time."""
        late = Assignment.objects.overdue(at).filter(case=OuterRef("pk"))
        return self.open().filter(Exists(late))
