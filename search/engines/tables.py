"""The tables an index lives in, so that one dialect can serve several indexes."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class IndexTable:
    """Names in the database: of the entries and their key, and of the text table (SQLite only)."""

    entries: str
    key: str
    text: str


CASES = IndexTable("search_indexedcase", "case_id", "search_text")
FILES = IndexTable("search_indexedfile", "attachment_id", "search_file_text")
PUBLIC = IndexTable("search_publicentry", "id", "search_public_text")


class Text(Protocol):
    """What is indexed of one entry, by its four fields."""

    @property
    def title(self) -> str:
        """What it is called."""

    @property
    def body(self) -> str:
        """What was asked or told."""

    @property
    def reply(self) -> str:
        """What was answered."""

    @property
    def place(self) -> str:
        """Where it belongs: place, unit, category."""
