"""The document of a case and the settings of its index: core features of the server only."""

import hashlib
import json
from dataclasses import asdict

from elasticsearch_dsl import Document, Keyword, Long, MetaField, Text

from search.engines import port
from search.engines.elastic.server import Json
from search.engines.facts import CaseFacts
from search.engines.paging import EPOCH, NEVER
from search.words.tokens import index_tokens

TOKENS = "whitespace"  # a built-in analyzer of every distribution: our tokens, split at blanks
BOOSTS = {"title": 8.0, "body": 1.0, "reply": 2.0, "place": 3.0}  # as in the embedded engine
BOOSTS[port.FILES] = 0.0  # nor do files count there: what stands in a file only comes last
FILES_OF_A_CASE = 1_000  # that a version can tell apart
NOT_PROMISED = (NEVER - EPOCH).days * 86_400_000_000  # after every promise
SETTINGS = {
    "number_of_shards": 1,  # a county's cases; exact word statistics
    "auto_expand_replicas": "0-1",
    "refresh_interval": "500ms",  # with the outbox: found within two seconds
    "max_result_window": 10_100,
}
REACH = 10_000  # hits by relevance that can be paged through


class CaseDocument(Document):
    """One case as the server knows it. Its version there is that of case and files."""

    case = Long()
    title = Text(analyzer=TOKENS)
    body = Text(analyzer=TOKENS)
    reply = Text(analyzer=TOKENS)
    place = Text(analyzer=TOKENS)
    files = Text(analyzer=TOKENS)  # names and texts as separate values: no phrase crosses them
    state = Keyword()
    channel = Keyword()
    demand_type = Keyword()
    urgency = Keyword()
    secrecy = Keyword()
    month = Keyword()
    registered = Long()
    promised = Long()
    late_from = Long()
    lead_unit = Keyword()
    category = Keyword()
    region = Keyword()
    registered_by = Keyword()
    respondent_unit = Keyword()  # of each unit complained about
    holders = Keyword()

    class Meta:
        dynamic = MetaField("strict")
        source = MetaField(enabled=False)  # no text can be read back from the server


def body(document: port.Document, facts: CaseFacts) -> Json:
    """Return the fields of one document; ids become keywords."""
    texts = {name: " ".join(index_tokens(getattr(document, name))) for name in port.TEXTS}
    told = {name: value for name, value in asdict(facts).items() if value is not None}
    told.setdefault("promised", NOT_PROMISED)
    parts = [part for file in document.files for part in (file.title, file.body) if part]
    filed = [" ".join(index_tokens(part)) for part in parts]
    if filed:  # an index made before there was such a field still takes what has none
        told[port.FILES] = filed
    return {"case": document.case_id, **texts, **told}


def version_of(case_version: int, files: int) -> int:
    """The version of an entry: of the case, then how many of its files were read.

    A file read later makes the entry newer though nothing happened to the case.
    """
    return case_version * FILES_OF_A_CASE + min(files, FILES_OF_A_CASE - 1)


def scheme() -> str:
    """Fingerprint of mapping and settings: an index made by another one wants rebuilding."""
    mapping = CaseDocument._doc_type.mapping.to_dict()  # noqa: SLF001 - the library's way to it
    known = json.dumps([mapping, SETTINGS], sort_keys=True)
    return hashlib.sha256(known.encode()).hexdigest()[:12]


def creation() -> Json:
    """Return settings and mapping of a new index."""
    mapping = CaseDocument._doc_type.mapping.to_dict()  # noqa: SLF001
    return {"settings": SETTINGS, "mappings": mapping | {"_meta": {"scheme": scheme(), "upto": 0}}}
