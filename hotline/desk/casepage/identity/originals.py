"""The original words of a case as one person may read them (`domain.md` §2.7)."""

from dataclasses import dataclass

from django.apps import apps
from django.db.models import Model

from cases.models import Case, Original, User
from cases.people.permissions import scope_of
from cases.privacy.handling import handling_marks
from cases.privacy.identity.finding import Piece, shown
from cases.privacy.models.handled import Handled

OF_CITIZEN = (
    "cases.case",
    "cases.contact",
    "cases.attachment",
)  # what units read of it beside own texts
OF_UNIT = "cases.assignment"


@dataclass(frozen=True)
class OriginalShown:
    """One original: what it is, and its pieces, those marked that are left out."""

    label: str
    pieces: list[Piece]


def originals(user: User, case: Case) -> list[OriginalShown]:
    """The originals of the texts that the person reads of the case, in the order they were written."""
    knowledge, found = case.knowledge(), []
    own = {task.pk for task in case.assignments.all() if task.unit_id in user.unit_ids}
    is_office = scope_of(user).is_office
    for one in Original.objects.filter(case=case).order_by("pk"):
        source, row, name = one.key.split(":")
        if not (is_office or source in OF_CITIZEN or (source == OF_UNIT and int(row) in own)):
            continue
        model = apps.get_model(source)
        if not issubclass(model, Handled):  # no other keeps originals
            continue
        text = one.text
        pieces = shown(text, handling_marks(text, knowledge, model.HANDLED[name]))
        found.append(OriginalShown(_label(model, name), list(pieces)))
    return found


def _label(model: type[Model], name: str) -> str:
    columns = {column.name: column for column in model._meta.fields}  # noqa: SLF001 - documented API
    column = str(columns[name].verbose_name)
    if model is Case:
        return column
    return f"{model._meta.verbose_name} · {column}"  # noqa: SLF001
