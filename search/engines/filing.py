"""Files in the embedded index, and what a page shows of them; it is kept up whatever engine answers."""

from collections.abc import Mapping, Sequence
from types import ModuleType

from django.db import connection
from django.utils.translation import gettext as _

from cases.models import AttachmentText
from search.engines import holding, postgres, sqlite
from search.engines.documents import read_files
from search.engines.facts import microseconds
from search.engines.models.indexed import IndexedFile
from search.engines.port import FileText
from search.engines.tables import FILES
from search.words.highlighting import highlight, snippet, spans
from search.words.query_language import SearchTerm


def store(case_id: int, file: FileText, dialect: ModuleType) -> None:
    """Keep the text of one file, inside the caller's transaction."""
    upsert = (
        "INSERT INTO search_indexedfile (attachment_id, case_id, stamp) VALUES (%s, %s, %s) "
        "ON CONFLICT (attachment_id) DO UPDATE SET stamp = excluded.stamp "
        "WHERE search_indexedfile.stamp < excluded.stamp"
    )
    with connection.cursor() as cursor:
        cursor.execute(upsert, [file.attachment_id, case_id, file.stamp])
        if cursor.rowcount:
            dialect.store(file.attachment_id, file, FILES)


def unindexed(dialect: ModuleType) -> set[int]:
    """Cases with a file that was read but is not in the index as it was read."""
    stamps = dict(IndexedFile.objects.values_list("pk", "stamp"))
    _ghosts, empty = dialect.strays(FILES)
    rows = read_files().values_list("pk", "read_at", "attachment__case_id")
    return {
        case_id
        for pk, at, case_id in rows.iterator()
        if at and (pk in empty or stamps.get(pk, -1) < microseconds(at))
    }


def pieces(asked: Mapping[int, Sequence[SearchTerm]]) -> dict[int, str]:
    """A marked piece of one file for each case, as safe HTML; one query whatever the number of cases.

    ``asked`` holds ids of cases that the person may see, with the terms to be looked for in files.
    """
    terms = list(dict.fromkeys(term for missing in asked.values() for term in missing))
    dialect = sqlite if connection.vendor == "sqlite" else postgres
    matching = dialect.ids(dialect.match(holding.in_files(terms), any_of=True), FILES)
    rows = AttachmentText.objects.filter(pk__in=matching, attachment__case__in=asked).order_by("pk")
    shown: dict[int, str] = {}
    for case_id, name, text in rows.values_list("attachment__case_id", "name", "text"):
        words = [word for term in asked[case_id] for word in term.words]
        if case_id in shown or not (spans(name, words) or spans(text, words)):
            continue  # it holds what another case asks for
        shown[case_id] = _("In the file “%(name)s”: %(text)s") % {
            "name": highlight(name, words),
            "text": snippet([text], words),
        }
    return shown
