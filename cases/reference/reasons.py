"""Coded reasons from ``reasons.csv`` (`domain.md` §3.3 and §3.4), in the file's order."""

from collections import Counter
from pathlib import Path

from cases.reference import subject
from cases.reference.models.reason import Reason
from cases.reference.shelf import Shelf, Tally, read_rows

FILE = Path(__file__).parents[1] / "data" / "reasons.csv"


@subject("reasons", FILE, order=40)
def load(path: Path, update: bool) -> Tally:  # noqa: FBT001
    """Bring in the reasons; their order within a kind is that of the file."""
    shelf = Shelf(Reason, "kind", "code", path=path, update=update)
    order: Counter[str] = Counter()
    for line, row in read_rows(path, {"kind", "code", "name", "guidance"}):
        order[row["kind"]] += 1
        makes_void = row.pop("makes_void", "") == "1"
        shelf.put(line, order=order[row["kind"]], makes_void=makes_void, **row)
    return shelf.tally
