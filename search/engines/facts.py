"""What an engine outside the database must know of a case beside its text: facts, never words.

They are what permission (``CaseQuerySet.visible_to``), filters and orders go by. Each is a fact of the
case at its version: every act that changes one moves the version, so the entry follows.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.utils import timezone

from cases.models import Assignment, Case, Respondent
from cases.words import CaseState

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class CaseFacts:
    """Facts of one case; times are microseconds since 1970 (UTC), ``month`` is the office's."""

    state: str
    channel: str
    demand_type: str
    urgency: str
    secrecy: str
    month: str
    registered: int
    promised: int | None
    late_from: int | None  # when it becomes overdue; none while nobody owes anything
    lead_unit: int | None
    category: int | None
    region: int | None
    registered_by: int | None
    respondent_unit: tuple[int, ...]  # all units complained about
    holders: tuple[int, ...]  # units whose task was neither returned nor recalled


COLUMNS = (
    "pk", "state", "channel", "demand_type", "urgency", "secrecy", "registered_at", "promise_due_at",
    "lead_unit_id", "category_id", "region_id", "registered_by_id",
)  # fmt: skip


def microseconds(at: datetime) -> int:
    """Return a time as whole microseconds since 1970, UTC."""
    return (at - EPOCH) // timedelta(microseconds=1)


def facts(case_ids: Iterable[int]) -> dict[int, CaseFacts]:
    """Read the facts of the given cases as they are now, in four queries."""
    ids = list(case_ids)
    holders: dict[int, set[int]] = {}
    held = Assignment.objects.held().filter(case__in=ids).order_by()
    for case_id, unit in held.values_list("case_id", "unit_id"):
        holders.setdefault(case_id, set()).add(unit)
    accused: dict[int, list[int]] = {}
    about = Respondent.objects.order_by().accused().filter(case__in=ids)
    for case_id, unit in about.values_list("case_id", "unit_id"):
        accused.setdefault(case_id, []).append(unit)
    due: dict[int, datetime] = {}
    owed = Assignment.objects.open().filter(case__in=ids).order_by()
    for case_id, at in owed.values_list("case_id", "due_at"):
        due[case_id] = min(at, due.get(case_id, at))
    return {
        row[0]: _facts(
            row,
            tuple(sorted(holders.get(row[0], ()))),
            tuple(sorted(accused.get(row[0], ()))),
            due.get(row[0]),
        )
        for row in Case.objects.filter(pk__in=ids).order_by().values_list(*COLUMNS)
    }


def _facts(
    row: tuple, holders: tuple[int, ...], accused: tuple[int, ...], due: datetime | None
) -> CaseFacts:
    _, state, channel, demand_type, urgency, secrecy, registered, promised, *ids = row
    lead_unit, category, region, registered_by = ids
    return CaseFacts(
        state=state,
        channel=channel,
        demand_type=demand_type,
        urgency=urgency,
        secrecy=secrecy,
        month=registered.astimezone(timezone.get_default_timezone()).strftime("%Y-%m"),
        registered=microseconds(registered),
        promised=microseconds(promised) if promised else None,
        late_from=microseconds(due) if due and state in CaseState.OPEN else None,
        lead_unit=lead_unit,
        category=category,
        region=region,
        registered_by=registered_by,
        respondent_unit=accused,
        holders=holders,
    )
