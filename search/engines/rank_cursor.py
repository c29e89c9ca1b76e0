"""The way to the next page in order of relevance: a position, and the engine whose order it is in.

Times and ids are the same in both engines, so their pages can be turned by either. Relevance is not: a
position in the other's order would skip some hits and show others twice, so the list begins anew and says
so.
"""

DIGITS = 9  # of a position; more is nobody's


def after(engine: str, position: int) -> str:
    """Return the cursor of the page that begins after ``position`` hits."""
    return f"{position}_{engine}"


def position(engine: str, cursor: str) -> int:
    """Return how many hits come before the page; a cursor that is not this engine's is the first page."""
    place, _, name = cursor.partition("_")
    is_place = place.isascii() and place.isdecimal() and len(place) <= DIGITS
    return int(place) if name == engine and is_place else 0


def is_of_another(engine: str, cursor: str) -> bool:
    """Whether a cursor was made in another order than this engine's."""
    return bool(cursor) and cursor.partition("_")[2] != engine
