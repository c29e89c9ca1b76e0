"""Places from ``regions.csv``: county (6 digits), townships (9), villages and communities (12)."""

from pathlib import Path

from cases.reference import subject
from cases.reference.models.region import Region
from cases.reference.shelf import Shelf, Tally, read_rows

FILE = Path(__file__).parents[1] / "data" / "regions.csv"
DIGITS = {"county": 6, "town": 9, "village": 12}


@subject("regions", FILE, order=20)
def load(path: Path, update: bool) -> Tally:  # noqa: FBT001
    """Bring in the places; a code must continue its parent's (GB/T 2260 and GB/T 10114)."""
    shelf = Shelf(Region, "code", path=path, update=update)
    for line, row in read_rows(path, {"code", "name", "parent", "level"}):
        code, above = row["code"], row["parent"]
        if len(code) != DIGITS.get(row["level"]) or not (code.isdigit() and code.startswith(above)):
            raise shelf.fault(line, f"{code} is no code of a {row['level']} in {above or '-'}.")
        parent = shelf.get(line, above) if above else None
        path_of_names = " › ".join([parent.path, row["name"]] if parent else [row["name"]])
        shelf.put(
            line,
            code=code,
            name=row["name"],
            parent=parent,
            level=row["level"],
            path=path_of_names,
        )
    return shelf.tally
