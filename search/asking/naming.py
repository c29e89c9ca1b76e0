"""Units, categories and places by what people call them: a part of the name, its code, its pinyin.

``自来水``, ``zls`` and ``zilaishui`` all name 县自来水公司. The tables are small (hundreds of rows), so
they are read whole and compared here, folded; cases are found by the ids.
"""

from collections.abc import Iterable
from functools import lru_cache

from pypinyin import Style, lazy_pinyin

from cases.models import Category, Region, Unit
from search.words.folding import fold

SHORTEST_INSIDE = 3  # letters that may stand inside the initials; two stand at the beginning
MOST_NAMES = 10


@lru_cache(maxsize=8192)
def _spoken(name: str) -> tuple[str, ...]:
    return tuple(syllable.lower() for syllable in lazy_pinyin(name, style=Style.NORMAL))


def sounds_like(letters: str, name: str) -> bool:
    """Whether ``letters`` are the initials or the pinyin of (a part of) ``name``."""
    syllables = _spoken(name)
    initials = "".join(syllable[:1] for syllable in syllables)
    if initials.startswith(letters):
        return True
    if len(letters) < SHORTEST_INSIDE:
        return False
    if letters in initials:
        return True
    return any("".join(syllables[at:]).startswith(letters) for at in range(len(syllables)))


def _is_called(wanted: str, names: Iterable[str], code: str) -> bool:
    if wanted == code.lower() or any(wanted in fold(name) for name in names):
        return True
    letters = wanted.replace(" ", "")
    return letters.isascii() and letters.isalpha() and any(sounds_like(letters, n) for n in names)


def units_called(wanted: str) -> list[int]:
    """Ids of the units so called and of everything below them; ``wanted`` is folded."""
    rows = list(Unit.objects.values_list("pk", "parent_id", "code", "short_name", "name"))
    found = {pk for pk, _, code, *names in rows if _is_called(wanted, names, code)}
    for _level in ("bureau", "section"):  # what is below, two levels at most
        found |= {pk for pk, parent, *_ in rows if parent in found}
    return sorted(found)


def categories_called(wanted: str) -> list[int]:
    """Ids of the categories so called, by their path or the beginning of the code."""
    return _in_tree(Category.objects.values_list("pk", "code", "path", "name"), wanted)


def regions_called(wanted: str) -> list[int]:
    """Ids of the places so called, by their path or the beginning of the code."""
    return _in_tree(Region.objects.values_list("pk", "code", "path", "name"), wanted)


def _in_tree(rows: Iterable[tuple[int, str, str, str]], wanted: str) -> list[int]:
    listed = list(rows)
    tops = tuple(code for _, code, *names in listed if _is_called(wanted, names, code))
    digits = (wanted,) if wanted.isdecimal() else ()
    starts = tops + digits  # the code of a child begins with its parent's
    return sorted(pk for pk, code, *_ in listed if starts and code.startswith(starts))


def names_by_letters(letters: str) -> tuple[str, ...]:
    """Names of units and categories in use whose initials or pinyin are ``letters``."""
    if not (letters.isascii() and letters.isalpha() and len(letters) > 1):
        return ()
    units = Unit.objects.filter(is_active=True).values_list("short_name", flat=True)
    matters = Category.objects.filter(is_active=True).values_list("name", flat=True)
    names = dict.fromkeys([*units, *matters])
    found = [name for name in names if name and sounds_like(letters, name)]
    return tuple(sorted(found, key=len)[:MOST_NAMES])
