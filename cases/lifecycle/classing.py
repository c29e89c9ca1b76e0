"""What several arrows of a case share; none of it is saved here."""

from datetime import datetime
from typing import TYPE_CHECKING, TypedDict, Unpack

from django.utils.functional import cached_property  # Django's own: prefetching into it needs it
from django.utils.translation import gettext as _

from cases.errors import Refused
from cases.lifecycle.identity import CaseIdentity
from cases.lifecycle.models.contact import Contact
from cases.people.models.unit import Unit
from cases.people.person import Person
from cases.reference.models.category import Category
from cases.reference.models.region import Region
from cases.secrecy.models.respondent import Respondent
from cases.shapes import Payload
from cases.words import DemandType, Outcome, RespondentState, Secrecy

if TYPE_CHECKING:
    from cases.lifecycle.of_case import TakenAlong

CLASSED = (
    "category",
    "region",
    "demand_type",
    "urgency",
    "title",
    "address",
)


class Classing(TypedDict, total=False):
    """What classifies a case; ``None`` leaves it as it is."""

    category: Category | None
    region: Region | None
    demand_type: str | None
    urgency: str | None
    title: str | None
    address: str | None


class CaseActs(CaseIdentity):
    """Part of ``Case``."""

    class Meta(CaseIdentity.Meta):
        abstract = True

    @cached_property
    def accused(self) -> list[Respondent]:
        """Rows of the units complained about; lists read them for all rows (``with_accused``).

        No query where the state says that there is none: most pages are of such cases. What hides a case
        (``visible_to``) asks the rows themselves.
        """
        return self.read_accused() if self.respondent_state == RespondentState.UNIT else []

    def read_accused(self) -> list[Respondent]:
        """The same, asked of the database now: one query."""
        return list(Respondent.objects.accused().filter(case=self.pk).select_related("unit"))

    @cached_property
    def along(self) -> "list[TakenAlong]":
        """Rows that the step under way took along; it records them and leaves the list empty."""
        return []

    @property
    def accused_units(self) -> list[Unit]:
        """The units complained about."""
        return [row.unit for row in self.accused]

    @property
    def accused_ids(self) -> frozenset[int]:
        """Ids of the units complained about."""
        return frozenset(row.unit_id for row in self.accused)

    def classify(self, **facts: Unpack[Classing]) -> Payload:
        """Set the classifying fields that are given and differ; returns old and new for the record."""
        changed: Payload = {}
        names: Payload = {}  # of rows, as they are called now
        for name, value in facts.items():
            if name not in CLASSED:
                raise TypeError(f"{name} does not classify a case")
            old = getattr(self, name)
            if value is not None and old != value:
                changed[name] = [_slug(old), _slug(value)]
                if hasattr(value, "code"):
                    names[name] = [str(old or ""), str(value)]
                setattr(self, name, value)
        if "demand_type" in changed and self.demand_type == DemandType.REPORT:
            changed |= self._become_report()
        return {"changed": changed, "names": names} if changed else {}

    def _become_report(self) -> Payload:
        """Whoever reports wrongdoing is kept secret, and somebody says against whom it is."""
        changed: Payload = {}
        if self.secrecy != Secrecy.SECRET:
            before, self.secrecy = self.secrecy, Secrecy.SECRET.value
            changed["secrecy"] = [before, self.secrecy]
            self.reread(before)
        if not self.respondent_state:
            self.respondent_state = RespondentState.OPEN.value
            changed["respondent_state"] = ["", self.respondent_state]
        return changed

    def log_contact(self, kind: str, note: str, *, by: Person, at: datetime) -> None:
        """Count one more time the citizen got in touch about this case."""
        self.learn(note=note)
        Contact.objects.create(
            channel="phone" if by.kind == "staff" else "web",
            kind=kind,
            at=at,
            case_id=self.pk,
            petitioner_id=self.petitioner_id,
            phone_hash=self.petitioner.phone_hash if self.petitioner else "",
            operator_id=by.pk,
            note=note,
        )

    def end(self, outcome: str, note: str, at: datetime) -> Payload:
        """Set outcome and closing time; raises ``Refused`` for an outcome that does not exist."""
        if outcome not in Outcome.values:
            raise Refused(_("Choose how the case ended."))
        self.outcome, self.closed_at, self.callback_due_at = outcome, at, None
        return {"outcome": outcome, "note": note}


def _slug(value: object) -> object:
    return getattr(value, "code", value) if value is not None else ""
