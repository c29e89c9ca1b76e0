"""Bring cases of before under the rules that protect whoever complains: reports secret, respondents settled.

Each case is a step of its own, by the office's verbs: it may be stopped and run again at any time.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from cases.events.outbox import owe_files
from cases.lifecycle.models.case import Case, CaseQuerySet
from cases.people.person import SYSTEM
from cases.words import CaseState, DemandType, RespondentState, Secrecy


@dataclass(frozen=True)
class Open:
    """A report of wrongdoing of which nobody has said whom it is about."""

    number: str
    state: str
    unit: str  # who handles it now; empty before the dispatch


def weak() -> CaseQuerySet:
    """Reports that are less than secret."""
    reports = Case.objects.filter(demand_type=DemandType.REPORT).exclude(state=CaseState.ARCHIVED)
    return reports.exclude(secrecy=Secrecy.SECRET).order_by("pk")


def unasked() -> CaseQuerySet:
    """Open reports of before anybody was asked whom they are about."""
    reports = Case.objects.filter(demand_type=DemandType.REPORT, state__in=CaseState.OPEN)
    return reports.filter(respondent_state="").order_by("pk")


def telling_files() -> CaseQuerySet:
    """Confidential cases with files of the citizen: they leave the indexes."""
    with_files = Case.objects.filter(attachments__kind="citizen").values("pk")
    return Case.objects.filter(~Q(secrecy=Secrecy.NORMAL), pk__in=with_files).order_by("pk")


def protect(at: datetime) -> Iterator[int]:
    """Mend one case after the other; gives how many are done so far."""
    done = 0
    for case in _each(weak()):
        case.raise_secrecy(level=Secrecy.SECRET.value, by=SYSTEM, at=at)
        yield (done := done + 1)
    for case in _each(unasked()):
        case.name_respondent(by=SYSTEM, at=at)
        yield (done := done + 1)
    for case in _each(telling_files()):
        with transaction.atomic():
            owe_files(case)
        yield (done := done + 1)


def _each(cases: CaseQuerySet) -> Iterator[Case]:
    """Read one after the other: what is being changed is not walked at the same time."""
    for pk in list(cases.values_list("pk", flat=True)):
        yield Case.objects.get(pk=pk)


def still_open() -> list[Open]:
    """Those a person has to settle, the oldest first."""
    found = Case.objects.filter(state__in=CaseState.OPEN, respondent_state=RespondentState.OPEN)
    rows = found.select_related("lead_unit").order_by("registered_at", "pk")
    return [Open(one.number, one.get_state_display(), str(one.lead_unit or "")) for one in rows]
