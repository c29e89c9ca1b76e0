"""Which tasks: adjectives, each a filter in the database."""

from datetime import datetime
from typing import Self, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from cases.lifecycle.models.assignment_fields import AssignmentFields
from cases.literals import Literal
from cases.people.permissions import scope_of
from cases.people.person import Person
from cases.secrecy.models.respondent import is_about
from cases.words import (
    AssignmentRole,
    AssignmentState,
)

OPEN_IN_SQL = [Literal(state) for state in AssignmentState.OPEN]  # as the partial indexes name them


Row = TypeVar("Row", bound=AssignmentFields)


class AssignmentFinding(models.QuerySet[Row]):
    """Which tasks: adjectives, each a filter in the database."""

    def visible_to(self, user: "Person | AnonymousUser") -> Self:
        """Office roles see all tasks of the cases they see; unit people their own unit's tree."""
        scope = scope_of(user)
        if scope.sees_nothing:
            return self.none()
        if not scope.is_office:
            mine = self.held().filter(unit__in=scope.unit_ids, case__handled_at__isnull=False)
            return mine.filter(~is_about(scope.barred_ids, "case"))
        if scope.sees_secret:
            return self
        return self.filter(~Q(case__secrecy="secret") | Q(case__registered_by=user.pk))

    def held(self) -> Self:
        """Still the unit's: neither returned nor recalled."""
        return self.exclude(state__in=AssignmentState.TAKEN_BACK)

    def open(self) -> Self:
        """The unit still has to do something."""
        return self.filter(state__in=OPEN_IN_SQL)

    def leads(self) -> Self:
        """Lead tasks: one for each case and round."""
        return self.filter(role=AssignmentRole.LEAD)

    def overdue(self, at: datetime) -> Self:
        """Open and past the effective due time."""
        return self.open().filter(due_at__lt=at)
