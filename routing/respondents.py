"""Which of our units a citizen complains about: meant by the words they chose, or named in their text.

Only proposals: a person settles it (``Case.name_respondent``). Spellings are folded, and synonyms
of the office count (住建局 is also 住房和城乡建设局), so what a unit is called in the street finds it.
"""

from cases.models import Unit
from search.folding import fold
from search.synonyms import groups

SHORTEST = 3  # 县政府 yes, 局 no
MOST = 4
COUNTY = "县市区"  # 县住建局 is 住建局 to everybody in the county


def meant(text: str) -> Unit | None:
    """Return the one unit in use whose name or short name this is, however spelt; else ``None``."""
    asked = fold("".join(text.split()))
    if not asked:
        return None
    found = {unit.pk: unit for unit, names in _named() if asked in names}
    return next(iter(found.values())) if len(found) == 1 else None


def proposed(text: str) -> list[Unit]:
    """Return the units named in the text, as they stand in it first, at most four. Two queries."""
    told = fold(text)
    hits: list[tuple[int, int, Unit]] = []  # where, how long, which
    for unit, names in _named():
        places = [(told.find(name), -len(name)) for name in names if name in told]
        if places:
            start, length = min(places, key=lambda place: (place[1], place[0]))
            hits.append((start, -length, unit))
    apart = [hit for hit in hits if not any(_inside(hit, other) for other in hits)]
    return [unit for _start, _length, unit in sorted(apart, key=lambda hit: hit[:2])][:MOST]


def _inside(hit: tuple[int, int, Unit], other: tuple[int, int, Unit]) -> bool:
    """Whether another unit's longer name stands around this one: 县住建局 in 县住建局物业管理股."""
    start, end = hit[0], hit[0] + hit[1]
    return hit[1] < other[1] and other[0] <= start and end <= other[0] + other[1]


def _named() -> list[tuple[Unit, frozenset[str]]]:
    """Every unit in use with what it is called, folded."""
    synonyms = groups()
    found = []
    for unit in Unit.objects.filter(is_active=True).order_by("code"):
        names = {fold(name) for name in (unit.name, unit.short_name) if name}
        names |= {name[1:] for name in names if name[0] in COUNTY}
        names |= {word for name in tuple(names) for word in synonyms.get(name, ())}
        found.append((unit, frozenset(name for name in names if len(name) >= SHORTEST)))
    return found
