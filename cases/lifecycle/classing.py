"""What several arrows of a case share; none of it is saved here."""

from datetime import datetime
from typing import Any

from django.db import models
from django.utils.functional import cached_property  # Django's own: prefetching into it needs it
from django.utils.translation import gettext as _

from cases.errors import Refused
from cases.lifecycle.models.contact import Contact
from cases.words import DemandType, Outcome, RespondentState, Secrecy

CLASSED = (
    "category",
    "region",
    "demand_type",
    "urgency",
    "title",
    "address",
)


class CaseActs:
    """Mixin of ``Case``."""

    def parties(self) -> tuple[Any, None]:
        """The case and no task: what ``step`` saves."""
        return self, None

    def case_rows(self) -> models.QuerySet[Any]:
        """The table of cases: a case is its own."""
        return type(self)._default_manager.all()  # noqa: SLF001

    def case_pk(self) -> int:
        """Its own id."""
        return self.pk

    def fresh(self, case: Any) -> Any:
        """The locked case itself."""
        return case

    @cached_property
    def accused(self) -> list[Any]:
        """Rows of the units complained about; lists read them for all rows (``with_accused``).

        No query where the state says that there is none: most pages are of such cases. What hides a case
        (``visible_to``) asks the rows themselves.
        """
        return self.read_accused() if self.respondent_state == RespondentState.UNIT else []

    def read_accused(self) -> list[Any]:
        """The same, asked of the database now: one query."""
        return list(self.respondents.accused().select_related("unit"))

    @property
    def accused_units(self) -> list[Any]:
        """The units complained about."""
        return [row.unit for row in self.accused]

    @property
    def accused_ids(self) -> frozenset[int]:
        """Ids of the units complained about."""
        return frozenset(row.unit_id for row in self.accused)

    def classify(self, **facts: Any) -> dict[str, Any]:
        """Set the classifying fields that are given and differ; returns old and new for the record."""
        changed: dict[str, Any] = {}
        names: dict[str, Any] = {}  # of rows, as they are called now
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

    def _become_report(self) -> dict[str, Any]:
        """Whoever reports wrongdoing is kept secret, and somebody says against whom it is."""
        changed: dict[str, Any] = {}
        if self.secrecy != Secrecy.SECRET:
            before, self.secrecy = self.secrecy, Secrecy.SECRET.value
            changed["secrecy"] = [before, self.secrecy]
            self.reread(before)
        if not self.respondent_state:
            self.respondent_state = RespondentState.OPEN.value
            changed["respondent_state"] = ["", self.respondent_state]
        return changed

    def log_contact(self, kind: str, note: str, *, by: Any, at: datetime) -> None:
        """Count one more time the citizen got in touch about this case."""
        self.learn(note=note)
        Contact.objects.create(
            channel="phone" if getattr(by, "kind", "staff") == "staff" else "web",
            kind=kind,
            at=at,
            case=self,
            petitioner_id=self.petitioner_id,
            phone_hash=self.petitioner.phone_hash if self.petitioner_id else "",
            operator_id=by.pk,
            note=note,
        )

    def end(self, outcome: str, note: str, at: datetime) -> dict[str, Any]:
        """Set outcome and closing time; raises ``Refused`` for an outcome that does not exist."""
        if outcome not in Outcome.values:
            raise Refused(_("Choose how the case ended."))
        self.outcome, self.closed_at, self.callback_due_at = outcome, at, None
        return {"outcome": outcome, "note": note}


def _slug(value: Any) -> Any:
    return getattr(value, "code", value) if value is not None else ""
