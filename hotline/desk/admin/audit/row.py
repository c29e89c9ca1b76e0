"""The shape of every record on the audit page."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class AuditRow:
    """One record: when, who, on what, and what exactly in lines of words."""

    at: datetime
    who: str
    what: str
    lines: list[str]
