"""The embedded index in PostgreSQL: a ``tsvector`` made here from our tokens, under a GIN index.

No text search configuration, extension or locale takes part: the literal is ours, so is the query.
"""

from collections.abc import Iterable, Mapping
from time import monotonic

from django.db import connection
from django.db.models import BooleanField, Expression
from django.db.models.expressions import RawSQL

from search.engines.tables import CASES, IndexTable, Text
from search.words.query_language import SearchTerm
from search.words.tokens import SEPARATOR, index_tokens, phrase

LABELS = {"title": "A", "place": "B", "reply": "C", "body": "D"}
UNKNOWN_FREQUENCY = 20  # of a token that the statistics do not list
WEIGHTS = "{0.1, 0.2, 0.4, 1.0}"  # D, C, B, A
KEPT_SECONDS = 60
_kept: list[tuple[float, dict[str, int]]] = []  # at most one; threads replace it without a lock
LAST_POSITION = 16_383  # what a tsvector can count to


def _expression(term: SearchTerm) -> str:
    label = LABELS.get(term.field, "")
    ways = [_phrase(text, label) for text in term.words if phrase(text).tokens]
    return f"({' | '.join(ways)})"


def _phrase(text: str, label: str) -> str:
    tokens, is_prefix = phrase(text)
    built, gap = "", 1
    for at, token in enumerate(tokens):
        if token == SEPARATOR:  # stored with the token before it (``vector``)
            gap += 1
            continue
        token += SEPARATOR if tokens[at + 1 : at + 2] == (SEPARATOR,) else ""  # noqa: PLW2901
        star = "*" if is_prefix and at == len(tokens) - 1 else ""
        built += (
            f"{f' <{gap}> ' if built else ''}'{token}'{f':{star}{label}' if star or label else ''}"
        )
        gap = 1
    return f"({built})"


def match(terms: Iterable[SearchTerm], *, any_of: bool = False) -> str:
    """Return the tsquery for all (or any) of ``terms``."""
    return (" | " if any_of else " & ").join(map(_expression, terms))


def ids(expression: str, table: IndexTable = CASES) -> Expression:
    """Return the subquery of matching keys (of cases, unless another table is named)."""
    sql = f"SELECT {table.key} FROM {table.entries} WHERE terms @@ %s::tsquery"  # noqa: S608
    return RawSQL(sql, [expression])  # noqa: S611 - bound parameter


def gathered(sql: str) -> str:
    """Return a query of ids that is answered before anything else.

    The planner takes a word that it has no statistics of for one in two hundred, and would look for it
    in every row of a large table.
    """
    return f"SELECT unnest(ARRAY({sql}))"


def holds(expression: str, table: IndexTable) -> Expression:
    """Return the condition, on rows of the entries' own table, that their text matches."""
    sql = f"{table.entries}.terms @@ %s::tsquery"
    return RawSQL(sql, [expression], output_field=BooleanField())  # noqa: S611 - bound parameter


def among(case_ids: Iterable[int]) -> Expression:
    """Return a subquery of many ids as one bound parameter."""
    return RawSQL("SELECT unnest(%s::bigint[])", [list(case_ids)])


def month(column: str, offset_hours: int) -> str:
    """Return SQL for the office month (``2026-11``) of a stored time."""
    return f"to_char(({column} AT TIME ZONE 'UTC') + interval '{offset_hours:d} hours', 'YYYY-MM')"


def vector(text: Text) -> str:
    """Return the tsvector literal of a text; fields stand apart so that no phrase crosses."""
    places: dict[str, list[str]] = {}
    at = 0
    for name, label in LABELS.items():
        before = ""
        for token in index_tokens(getattr(text, name)):
            at += 1
            if at <= LAST_POSITION:
                if token != SEPARATOR:
                    places.setdefault(token, []).append(f"{at}{label}")
                elif before:  # where a phrase may cross: once more, marked, at its own place
                    places.setdefault(before + SEPARATOR, []).append(f"{at - 1}{label}")
            before = token
        at += 10
    return " ".join(f"'{token}':{','.join(where[:255])}" for token, where in places.items())


def store(key: int, text: Text, table: IndexTable = CASES) -> None:
    """Replace the text of one entry."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table.entries} SET terms = %s::tsvector WHERE {table.key} = %s",  # noqa: S608
            [vector(text), key],
        )


def forget(keys: Iterable[int], table: IndexTable = CASES) -> None:
    """Do nothing: the text goes with its row."""


def scores(expression: str, keys: Iterable[int], table: IndexTable = CASES) -> dict[int, float]:
    """Return the relevance of the given matching entries, higher is better."""
    sql = (
        f"SELECT {table.key}, ts_rank(%s::real[], terms, %s::tsquery, 1) "  # noqa: S608 - constants
        f"FROM {table.entries} WHERE {table.key} = ANY(%s)"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [WEIGHTS, expression, list(keys)])
        return dict(cursor.fetchall())


def frequencies(tokens: Iterable[str]) -> dict[str, int]:
    """Return in about how many cases each common token occurs, by the planner's statistics.

    A token that is missing is rare (or the table was never analysed, so it is small).
    """
    common = _statistics()
    return {token: common[token] for token in tokens if token in common}


def _statistics() -> dict[str, int]:
    """The planner's list of common tokens; it changes with ANALYZE only, so it is kept a while."""
    now = monotonic()
    for read_at, common in tuple(_kept):
        if now - read_at < KEPT_SECONDS:
            return common
    sql = """
        WITH s AS (
            SELECT most_common_elems::text::text[] AS elems, most_common_elem_freqs AS freqs,
                   (SELECT greatest(reltuples, 0) FROM pg_class
                     WHERE oid = 'search_indexedcase'::regclass) AS n
              FROM pg_stats WHERE tablename = 'search_indexedcase' AND attname = 'terms'
               AND schemaname = current_schema()
        )
        SELECT e.term, (s.freqs[e.at] * s.n)::bigint
          FROM s, unnest(s.elems) WITH ORDINALITY AS e(term, at)
    """
    with connection.cursor() as cursor:
        cursor.execute(sql)
        common = dict(cursor.fetchall())
    if common:  # nothing yet: the first ANALYZE is to be seen at once
        _kept[:] = [(now, common)]
    return common


def at_most(tokens: Iterable[str], size: int) -> dict[str, int]:
    """Return in how many of ``size`` entries each token may occur at most, by those statistics.

    ``水*`` is everything that begins so. What the statistics do not list is rarer than all they list, and
    taken for one in two hundred at most, as the planner does.
    """
    common = _statistics()
    rare = min(min(common.values(), default=0), size // 200)
    return {token: min(size, _common(token, common) or rare) for token in tokens}


def _common(token: str, common: Mapping[str, int]) -> int:
    if not token.endswith("*"):
        return common.get(token, 0)
    return sum(count for known, count in common.items() if known.startswith(token[:-1]))


def sharing(weights: Mapping[str, float], limit: int) -> list[tuple[int, float]]:
    """Return the ``limit`` cases with the highest sum of weights of shared tokens."""
    sql = """
        SELECT i.case_id, sum(w.weight) FROM unnest(%s::text[], %s::float8[]) AS w(token, weight)
          JOIN search_indexedcase i ON i.terms @@ w.token::tsquery
         GROUP BY 1 ORDER BY 2 DESC, 1 DESC LIMIT %s
    """
    tokens = [f"'{token}'" for token in weights]
    with connection.cursor() as cursor:
        cursor.execute(sql, [tokens, list(weights.values()), limit])
        return cursor.fetchall()


def strays(table: IndexTable = CASES) -> tuple[set[int], set[int]]:
    """Return (keys with text but no entry: none here, keys with an entry but no text)."""
    sql = f"SELECT {table.key} FROM {table.entries} WHERE terms = ''::tsvector"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return set(), {row[0] for row in cursor.fetchall()}


def settle(table: IndexTable = CASES) -> None:
    """Let the planner learn the words after a rebuild."""
    _kept.clear()
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {table.entries}")
