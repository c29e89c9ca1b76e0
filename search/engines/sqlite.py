"""The embedded index in SQLite: an FTS5 table over our tokens, rowid = case id."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection
from django.db.models import Expression
from django.db.models.expressions import RawSQL

from search.port import Document
from search.query_language import Term
from search.tokens import index_tokens, phrase

UNKNOWN_FREQUENCY = 0  # frequencies are exact here
WEIGHTS = "8.0, 1.0, 2.0, 3.0"  # title, body, reply, place


def _expression(term: Term) -> str:
    tokens, is_prefix = phrase(term.text)
    column = f"{term.field} : " if term.field else ""
    return f'{column}"{" ".join(tokens)}"{" *" if is_prefix else ""}'  # tokens hold no quotes


def match(terms: Iterable[Term], *, any_of: bool = False) -> str:
    """Return the FTS5 expression for all (or any) of ``terms``."""
    return (" OR " if any_of else " AND ").join(map(_expression, terms))


def ids(expression: str) -> Expression:
    """Return the subquery of matching case ids."""
    sql = "SELECT rowid FROM search_text WHERE search_text MATCH %s"
    return RawSQL(sql, [expression])  # noqa: S611 - bound parameter


def among(case_ids: Iterable[int]) -> Expression:
    """Return a subquery of many ids as one bound parameter."""
    sql = "SELECT value FROM json_each(%s)"
    return RawSQL(sql, [json.dumps(list(case_ids))])  # noqa: S611 - bound parameter


def month(column: str, offset_hours: int) -> str:
    """Return SQL for the office month (``2026-11``) of a stored UTC time."""
    return f"substr(datetime({column}, '{offset_hours:+d} hours'), 1, 7)"


def store(document: Document) -> None:
    """Replace the text of one case."""
    parts = (document.title, document.body, document.reply, document.place)
    tokens = [" ".join(index_tokens(part)) for part in parts]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_text WHERE rowid = %s", [document.case_id])
        cursor.execute(
            "INSERT INTO search_text (rowid, title, body, reply, place) VALUES (%s,%s,%s,%s,%s)",
            [document.case_id, *tokens],
        )


def forget(case_ids: Iterable[int]) -> None:
    """Remove the text of cases."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM search_text WHERE rowid IN (SELECT value FROM json_each(%s))",
            [json.dumps(list(case_ids))],
        )


def scores(expression: str, case_ids: Iterable[int]) -> dict[int, float]:
    """Return the relevance of the given matching cases, higher is better."""
    sql = (
        f"SELECT rowid, -bm25(search_text, {WEIGHTS}) FROM search_text "  # noqa: S608 - constants
        "WHERE search_text MATCH %s AND +rowid IN (SELECT value FROM json_each(%s))"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [expression, json.dumps(list(case_ids))])
        return dict(cursor.fetchall())


def frequencies(tokens: Iterable[str]) -> dict[str, int]:
    """Return in how many cases each token occurs, exactly."""
    sql = "SELECT term, doc FROM search_term WHERE term = %s"
    found: dict[str, int] = {}
    with connection.cursor() as cursor:
        for token in tokens:
            cursor.execute(sql, [token])
            found |= dict(cursor.fetchall())
    return found


def sharing(weights: Mapping[str, float], limit: int) -> list[tuple[int, float]]:
    """Return the ``limit`` cases with the highest sum of weights of shared tokens."""
    one = "SELECT rowid, %s AS w FROM search_text WHERE search_text MATCH %s"
    sql = (
        f"SELECT rowid, sum(w) FROM ({' UNION ALL '.join([one] * len(weights))}) "  # noqa: S608
        "GROUP BY rowid ORDER BY 2 DESC, 1 DESC LIMIT %s"
    )
    parameters: list[Any] = []
    for token, weight in weights.items():
        parameters += [weight, f'"{token}"']
    with connection.cursor() as cursor:
        cursor.execute(sql, [*parameters, limit])
        return cursor.fetchall()


def strays() -> tuple[set[int], set[int]]:
    """Return (ids with text but no entry, ids with an entry but no text)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM search_text_docsize "
            "WHERE id NOT IN (SELECT case_id FROM search_indexedcase)"
        )
        ghosts = {row[0] for row in cursor.fetchall()}
        cursor.execute(
            "SELECT case_id FROM search_indexedcase "
            "WHERE case_id NOT IN (SELECT id FROM search_text_docsize)"
        )
        return ghosts, {row[0] for row in cursor.fetchall()}


def settle() -> None:
    """Merge the index after a rebuild, so that questions read one segment."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO search_text(search_text) VALUES ('optimize')")
