"""The one recorder: every record of the office is a chain of lines that only grows.

A case, an account, an export and the system itself have one each. The end of a chain stands apart from its
lines, on the row it is about: who cuts lines off must change that row too. Whoever appends holds the lock on
that row and saves both.
"""

from datetime import datetime
from typing import NamedTuple

from cases.events.chain import GENESIS, link
from cases.events.models.chain_line import ChainLine
from cases.people.person import Person
from cases.privacy.keyring import CHAIN
from cases.privacy.keys import newest


class ChainEnd(NamedTuple):
    """How many lines there are, and the hash of the last."""

    length: int = 0
    head: str = GENESIS


def append(line: ChainLine, end: ChainEnd, *, by: Person, at: datetime) -> ChainEnd:
    """Put the line behind the others: its place, who, when, and its hash; returns the new end."""
    line.seq = end.length + 1
    line.at, line.actor_kind, line.actor_id, line.actor_name = at, by.kind, by.pk, by.name
    line.hash = link(newest(CHAIN).raw, end.head, line.facts())
    return ChainEnd(line.seq, line.hash)
