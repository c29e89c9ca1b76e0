"""The hash chain of a case's events: who alters, deletes or reorders a past event breaks it.

Pure. Each link is HMAC-SHA256 over the previous link and a canonical JSON of the event, keyed, so
that a person with the database alone cannot forge a fitting chain.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable
from typing import Any

GENESIS = ""


def canonical(facts: dict[str, Any]) -> bytes:
    """JSON with sorted keys and no spaces: the same facts always give the same bytes."""
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def link(key: bytes, previous: str, facts: dict[str, Any]) -> str:
    """Hex digest that binds ``facts`` to everything before."""
    return hmac.new(key, previous.encode() + b"\n" + canonical(facts), hashlib.sha256).hexdigest()


def first_break(
    key: bytes, events: Iterable[tuple[int, str, dict[str, Any]]], head: str, count: int
) -> str | None:
    """Check a whole chain of ``(seq, hash, facts)`` in order against its stored head and length.

    Returns ``None`` when whole, else a sentence naming the first bad event.
    """
    previous, seen = GENESIS, 0
    for seq, stored, facts in events:
        seen += 1
        if seq != seen:
            return f"event {seen} is missing (found {seq})"
        previous = link(key, previous, facts)
        if previous != stored:
            return f"event {seq} was altered"
    if seen != count or previous != head:
        return f"the end is cut: {seen} events, {count} were recorded"
    return None
