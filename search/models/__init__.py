"""What the search keeps: what is indexed, synonyms, saved questions and who is told, exports."""

from search.models.export import ExportRequest, ExportStep
from search.models.indexed import IndexedCase, IndexedFile, IndexedName
from search.models.saved import SavedSearch, Subscription
from search.public.entries import PublicChange, PublicEntry
from search.synonym_models import SynonymChange, SynonymSet, SynonymWord

__all__ = [
    "ExportRequest",
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
