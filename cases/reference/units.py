"""Units from ``units.csv``; a parent stands above its children."""

from pathlib import Path

from cases.people.models.unit import Unit
from cases.reference import subject
from cases.reference.initials import initials
from cases.reference.shelf import Shelf, Tally, read_rows

FILE = Path(__file__).parents[1] / "data" / "units.csv"
COLUMNS = {"code", "name", "short_name", "kind", "parent", "phone"}


@subject("units", FILE, order=10)
def load(path: Path, update: bool) -> Tally:  # noqa: FBT001
    """Bring in the units; ``FaultyFileError`` names the line of a row that cannot be used."""
    shelf = Shelf(Unit, "code", path=path, update=update)
    for line, row in read_rows(path, COLUMNS):
        shelf.put(
            line,
            code=row["code"],
            name=row["name"],
            short_name=row["short_name"],
            kind=row["kind"],
            parent=shelf.get(line, row["parent"]) if row["parent"] else None,
            pinyin=initials(row["short_name"], row["name"], length=80),
            phone=row["phone"],
        )
    return shelf.tally
