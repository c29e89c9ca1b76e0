"""Turn checked letters into closed mailbox cases, batch by batch, each batch all or nothing.

Safe to run again: a letter that is already there is recognised by its number and left as it is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from cases.errors import KeyReused, Refused
from cases.lifecycle.registering import IntakeData
from cases.models import Case, Category
from cases.people.person import SYSTEM
from cases.words import CaseState
from hotline import intake
from hotline.importing.sheet import BadRow, Letter

SOURCE = "letters"


@dataclass(frozen=True)
class Done:
    """What became of one batch: how many are new, how many were there, which rows were refused."""

    imported: int
    present: int
    refused: tuple[BadRow, ...] = ()


def bring_in(
    letters: Sequence[Letter], *, channel: str, category: Category, demand_type: str, batch: int
) -> Iterator[Done]:
    """Import in batches of ``batch`` rows; a refused row undoes its batch and is named."""
    for start in range(0, len(letters), batch):
        yield _batch(letters[start : start + batch], channel, category, demand_type)


def _batch(letters: Sequence[Letter], channel: str, category: Category, demand_type: str) -> Done:
    numbers = [letter.number for letter in letters]
    known = Case.objects.filter(source_system=_source(channel), source_case_no__in=numbers)
    present = set(known.values_list("source_case_no", flat=True))
    imported = 0
    try:
        with transaction.atomic():
            for letter in letters:
                current = letter
                _one(letter, channel, category, demand_type)
                imported += letter.number not in present
    except KeyReused:
        sentence = _("a letter with this number and another text was imported before")
        return Done(0, 0, (BadRow(current.row, current.number, sentence),))
    except Refused as refusal:
        return Done(0, 0, (BadRow(current.row, current.number, str(refusal)),))
    return Done(imported, len(letters) - imported)


def _one(letter: Letter, channel: str, category: Category, demand_type: str) -> None:
    data = IntakeData(
        channel=channel,
        content=letter.text,
        title=letter.title,
        demand_type=demand_type,
        category=category,
        contact_at=letter.received,
        source_system=_source(channel),
        source_case_no=letter.number,
    )
    key = f"{_source(channel)}:{letter.number}"
    case = intake.accept(data, key=key, by=SYSTEM, at=letter.received)
    if case.state == CaseState.ACCEPTED:
        case.answer(text=letter.reply, by=SYSTEM, at=letter.replied)
        case.conclude(by=SYSTEM, at=letter.replied)


def _source(channel: str) -> str:
    return f"{SOURCE}:{channel}"
