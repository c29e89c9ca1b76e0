"""Which cases hold the words: in their own text, or where that lacks one, in a file.

Every term must occur, wherever: one in the letter and another in a file is a match. A term confined to a
field of the case's own text is not looked for in files; ``附件:`` looks there only. The files are asked
first, so a word that stands in no file costs one look into their index.
"""

from collections.abc import Sequence
from dataclasses import replace
from types import ModuleType

from django.db.models import Expression
from django.db.models.expressions import RawSQL

from search.engines.port import FILES as IN_FILES
from search.engines.tables import FILES
from search.words.query_language import SearchTerm

Sql = tuple[str, list[object]]
NOWHERE: Sql = ("SELECT case_id FROM search_indexedfile WHERE case_id IS NULL", [])


def own(terms: Sequence[SearchTerm]) -> list[SearchTerm]:
    """Those that may stand in the text of the case itself."""
    return [term for term in terms if term.field != IN_FILES]


def in_files(terms: Sequence[SearchTerm]) -> list[SearchTerm]:
    """Those that may stand in a file, as files are asked: they have no fields."""
    return [replace(term, field="") for term in terms if term.field in {"", IN_FILES}]


def all_of(terms: Sequence[SearchTerm], dialect: ModuleType, *, few: bool = False) -> Expression:
    """The ids of cases that hold every term; ``few``: to be gathered before anything else."""
    sql, values = _union(_every_way(terms, dialect))
    return RawSQL(dialect.gathered(sql) if few else sql, values)  # noqa: S611 - bound parameters


def ways(terms: Sequence[SearchTerm], dialect: ModuleType) -> list[Expression]:
    """The same by where the terms stand, one expression each: in the case's own text, with a file."""
    return [RawSQL(sql, values) for sql, values in _every_way(terms, dialect)]  # noqa: S611


def _every_way(terms: Sequence[SearchTerm], dialect: ModuleType) -> list[Sql]:
    parts = [_in_text(terms, dialect)] if len(own(terms)) == len(terms) else []
    if len(terms) == 1:
        parts += [_in_file(in_files(terms), dialect)] if in_files(terms) else []
    elif filed := in_files(terms):
        each = [_anywhere(term, dialect) for term in terms]
        first, values = _in_file(filed, dialect)
        conditions = "".join(f" AND case_id IN ({sql})" for sql, _ in each)
        parts.append(
            (first + conditions, [*values, *(value for _, more in each for value in more)])
        )
    return parts


def any_of(terms: Sequence[SearchTerm], dialect: ModuleType) -> Expression:
    """The ids of cases that hold at least one of the terms."""
    parts = [_in_text(own(terms), dialect, any_of=True)] if own(terms) else []
    parts += [_in_file(in_files(terms), dialect)] if in_files(terms) else []
    sql, values = _union(parts)
    return RawSQL(sql, values)  # noqa: S611 - bound parameters


def _anywhere(term: SearchTerm, dialect: ModuleType) -> Sql:
    parts = [_in_text([term], dialect)] if own([term]) else []
    parts += [_in_file(in_files([term]), dialect)] if in_files([term]) else []
    return _union(parts)


def _in_text(terms: Sequence[SearchTerm], dialect: ModuleType, *, any_of: bool = False) -> Sql:
    found = dialect.ids(dialect.match(terms, any_of=any_of))
    return found.sql, list(found.params)


def _in_file(terms: Sequence[SearchTerm], dialect: ModuleType) -> Sql:
    """Cases with a file that holds any of the terms."""
    found = dialect.ids(dialect.match(terms, any_of=True), FILES)
    sql = f"SELECT case_id FROM {FILES.entries} WHERE {FILES.key} IN ({found.sql})"  # noqa: S608
    return sql, list(found.params)


def _union(parts: Sequence[Sql]) -> Sql:
    sql = " UNION ALL ".join(sql for sql, _ in parts or [NOWHERE])
    return sql, [value for _, values in parts for value in values]
