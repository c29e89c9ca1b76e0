"""The synonym sets that are shipped, from ``data/synonyms.csv``; the office edits them afterwards.

A set is known by its code. One the office has changed or retired is left alone unless ``update`` is
asked for; a shipped word that the office uses in a set of its own is the office's.
"""

from pathlib import Path

from django.db import transaction
from django.utils import timezone

from cases.errors import Refused
from cases.people.person import SYSTEM
from cases.reference import subject
from cases.reference.shelf import FaultyFileError, Tally, read_rows
from search.asking.models.synonym import SynonymSet
from search.asking.synonyms import keep_set, read_words, restore

FILE = Path(__file__).parents[1] / "data" / "synonyms.csv"


@subject("synonyms", FILE, order=70)
def load(path: Path, update: bool) -> Tally:  # noqa: FBT001
    """Bring in the sets; ``FaultyFileError`` names the line of a row that makes no set."""
    tally = Tally()
    known = {one.code: one for one in SynonymSet.objects.exclude(code="")}
    for line, row in read_rows(path, {"code", "words", "note"}):
        try:
            words = read_words(row["words"])
        except Refused as refused:
            raise FaultyFileError(f"{path.name}, line {line}: {refused}") from refused
        found = known.get(row["code"])
        if found and found.is_active and (found.listed, found.note) == (words, row["note"]):
            tally.unchanged += 1
        elif found and not update:
            tally.kept += 1
        elif _keep(found, row):
            tally.changed += found is not None
            tally.created += found is None
        else:
            tally.kept += 1
    return tally


def _keep(found: SynonymSet | None, row: dict[str, str]) -> bool:
    """Add or rewrite the set; ``False`` when one of its words is in a set of the office."""
    now = timezone.now()
    try:
        with transaction.atomic():
            if found and not found.is_active:
                found = restore(found, revision=found.revision, by=SYSTEM, at=now)
            kept = keep_set(
                found,
                text=row["words"],
                note=row["note"],
                revision=found.revision if found else 0,
                by=SYSTEM,
                at=now,
            )
            if not kept.code:
                kept.code = row["code"]
                kept.save(update_fields=["code"])
    except Refused:
        return False
    return True
