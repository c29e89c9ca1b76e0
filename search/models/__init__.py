"""What the search keeps: what is indexed, synonyms, saved questions and who is told, exports."""

from search.asking.models.synonym import SynonymChange, SynonymSet, SynonymWord
from search.engines.models.indexed import IndexedCase, IndexedFile, IndexedName
from search.exports.models.export import ExportRequest, ExportState
from search.exports.models.export_step import ExportStep
from search.public.entries import PublicChange, PublicEntry
from search.saved.models.saved import SavedSearch, Subscription

__all__ = [
    "ExportRequest",
    "ExportState",
    "ExportStep",
    "IndexedCase",
    "IndexedFile",
    "IndexedName",
    "PublicChange",
    "PublicEntry",
    "SavedSearch",
    "Subscription",
    "SynonymChange",
    "SynonymSet",
    "SynonymWord",
]
