"""The embedded index in SQLite: an FTS5 table over our tokens, rowid = key of the entry."""

import json
from collections.abc import Iterable, Mapping

from django.db import connection
from django.db.models import BooleanField, Expression
from django.db.models.expressions import RawSQL

from search.engines.tables import CASES, IndexTable, Text
from search.words.query_language import SearchTerm
from search.words.tokens import index_tokens, phrase

UNKNOWN_FREQUENCY = 0  # frequencies are exact here
WEIGHTS = "8.0, 1.0, 2.0, 3.0"  # title, body, reply, place
TERMS = "SELECT term, doc FROM search_term WHERE term IN (SELECT value FROM json_each(%s))"


def _expression(term: SearchTerm) -> str:
    column = f"{term.field} : " if term.field else ""
    ways = []
    for tokens, is_prefix in map(phrase, term.words):
        if tokens:  # they hold no quotes
            ways.append(f'{column}"{" ".join(tokens)}"{" *" if is_prefix else ""}')
    return f"({' OR '.join(ways)})" if len(ways) > 1 else ways[0]


def match(terms: Iterable[SearchTerm], *, any_of: bool = False) -> str:
    """Return the FTS5 expression for all (or any) of ``terms``."""
    return (" OR " if any_of else " AND ").join(map(_expression, terms))


def ids(expression: str, table: IndexTable = CASES) -> Expression:
    """Return the subquery of matching keys (of cases, unless another table is named)."""
    sql = f"SELECT rowid FROM {table.text} WHERE {table.text} MATCH %s"  # noqa: S608 - constants
    return RawSQL(sql, [expression])  # noqa: S611 - bound parameter


def gathered(sql: str) -> str:
    """Return a query of ids that is answered before anything else, as all are here."""
    return sql


def holds(expression: str, table: IndexTable) -> Expression:
    """Return the condition, on rows of the entries' own table, that their text matches."""
    found = f"SELECT rowid FROM {table.text} WHERE {table.text} MATCH %s"  # noqa: S608 - constants
    sql = f"{table.entries}.{table.key} IN ({found})"
    return RawSQL(sql, [expression], output_field=BooleanField())  # noqa: S611 - bound parameter


def among(case_ids: Iterable[int]) -> Expression:
    """Return a subquery of many ids as one bound parameter."""
    sql = "SELECT value FROM json_each(%s)"
    return RawSQL(sql, [json.dumps(list(case_ids))])  # noqa: S611 - bound parameter


def month(column: str, offset_hours: int) -> str:
    """Return SQL for the office month (``2026-11``) of a stored UTC time."""
    return f"substr(datetime({column}, '{offset_hours:+d} hours'), 1, 7)"


def store(key: int, text: Text, table: IndexTable = CASES) -> None:
    """Replace the text of one entry."""
    parts = (text.title, text.body, text.reply, text.place)
    tokens = [" ".join(index_tokens(part)) for part in parts]
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table.text} WHERE rowid = %s", [key])  # noqa: S608
        cursor.execute(
            f"INSERT INTO {table.text} (rowid, title, body, reply, place) "  # noqa: S608
            "VALUES (%s, %s, %s, %s, %s)",
            [key, *tokens],
        )


def forget(keys: Iterable[int], table: IndexTable = CASES) -> None:
    """Remove the text of entries."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {table.text} WHERE rowid IN (SELECT value FROM json_each(%s))",  # noqa: S608
            [json.dumps(list(keys))],
        )


def scores(expression: str, keys: Iterable[int], table: IndexTable = CASES) -> dict[int, float]:
    """Return the relevance of the given matching entries, higher is better."""
    sql = (
        f"SELECT rowid, -bm25({table.text}, {WEIGHTS}) FROM {table.text} "  # noqa: S608
        f"WHERE {table.text} MATCH %s AND +rowid IN (SELECT value FROM json_each(%s))"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [expression, json.dumps(list(keys))])
        return dict(cursor.fetchall())


def frequencies(tokens: Iterable[str]) -> dict[str, int]:
    """Return in how many cases each token that stands anywhere occurs, exactly. One query."""
    with connection.cursor() as cursor:
        cursor.execute(TERMS, [json.dumps(list(tokens))])
        return dict(cursor.fetchall())


def at_most(tokens: Iterable[str], size: int) -> dict[str, int]:
    """Return in how many of ``size`` entries each token occurs; ``水*``, what begins so, may be in all."""
    found = {token: size if token.endswith("*") else 0 for token in tokens}
    return found | frequencies(token for token in found if not token.endswith("*"))


def sharing(weights: Mapping[str, float], limit: int) -> list[tuple[int, float]]:
    """Return the ``limit`` cases with the highest sum of weights of shared tokens."""
    one = "SELECT rowid, %s AS w FROM search_text WHERE search_text MATCH %s"
    sql = (
        f"SELECT rowid, sum(w) FROM ({' UNION ALL '.join([one] * len(weights))}) "  # noqa: S608
        "GROUP BY rowid ORDER BY 2 DESC, 1 DESC LIMIT %s"
    )
    parameters: list[float | str] = []
    for token, weight in weights.items():
        parameters += [weight, f'"{token}"']
    with connection.cursor() as cursor:
        cursor.execute(sql, [*parameters, limit])
        return cursor.fetchall()


def strays(table: IndexTable = CASES) -> tuple[set[int], set[int]]:
    """Return (keys with text but no entry, keys with an entry but no text)."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM {table.text}_docsize "  # noqa: S608 - constants
            f"WHERE id NOT IN (SELECT {table.key} FROM {table.entries})"
        )
        ghosts = {row[0] for row in cursor.fetchall()}
        cursor.execute(
            f"SELECT {table.key} FROM {table.entries} "  # noqa: S608 - constants
            f"WHERE {table.key} NOT IN (SELECT id FROM {table.text}_docsize)"
        )
        return ghosts, {row[0] for row in cursor.fetchall()}


def settle(table: IndexTable = CASES) -> None:
    """Merge the index after a rebuild, so that questions read one segment."""
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table.text}({table.text}) VALUES ('optimize')")  # noqa: S608
