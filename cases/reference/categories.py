"""The tree of matters from ``categories.csv``: three levels of two digits each."""

from pathlib import Path

from cases.reference import subject
from cases.reference.initials import initials
from cases.reference.models.category import Category
from cases.reference.shelf import Shelf, Tally, read_rows

FILE = Path(__file__).parents[1] / "data" / "categories.csv"
DIGITS_PER_LEVEL = 2


@subject("categories", FILE, order=30)
def load(path: Path, update: bool) -> Tally:  # noqa: FBT001
    """Bring in the tree; a child's code is its parent's with two more digits."""
    shelf = Shelf(Category, "code", path=path, update=update)
    for line, row in read_rows(path, {"code", "name", "parent"}):
        code, above = row["code"], row["parent"]
        grown = len(code) - len(above) == DIGITS_PER_LEVEL
        if not (code.isdigit() and code.startswith(above) and grown):
            raise shelf.fault(line, f"{code} is no code below {above or '-'}.")
        parent = shelf.get(line, above) if above else None
        shelf.put(
            line,
            code=code,
            name=row["name"],
            parent=parent,
            path=f"{parent.path} › {row['name']}" if parent else row["name"],
            pinyin=initials(row["name"], length=60),
            level=len(code) // DIGITS_PER_LEVEL,
        )
    return shelf.tally
