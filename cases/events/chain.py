"""The hash chain of a case's events: who alters, deletes or reorders a past event breaks it.

Pure. Each link is HMAC-SHA256 over the previous link and a canonical JSON of the event, keyed, so
that a person with the database alone cannot forge a fitting chain.

Keys change, history does not: a chain may hold links under several keys. What stands before a link is
bound by that link's key, so the last one counts: it is under a key that is still trusted, or the whole
chain was sealed under such a key when its own was changed. An old key, leaked, makes nothing that holds.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cases.shapes import Payload

GENESIS = ""
Link = tuple[int, str, Payload]  # number from 1, hash, facts


@dataclass(frozen=True)
class Keys:
    """The keys of all chains, newest first; an end under the first ``trusted`` of them needs no seal."""

    all: tuple[bytes, ...]
    trusted: int = 1


@dataclass(frozen=True)
class Seal:
    """That a chain was whole, of this length and with this head, when the key was changed."""

    length: int
    head: str
    mac: str


@dataclass(frozen=True)
class Walked:
    """A chain walked to its end: what is wrong, and the place of its last link's key (0: the newest)."""

    fault: str | None
    key: int = 0


def canonical(facts: Payload) -> bytes:
    """JSON with sorted keys and no spaces: the same facts always give the same bytes."""
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def link(key: bytes, previous: str, facts: Payload) -> str:
    """Hex digest that binds ``facts`` to everything before."""
    return _mac(key, previous.encode() + b"\n" + canonical(facts))


def seal_of(key: bytes, chain: str, length: int, head: str) -> Seal:
    """The seal of a whole chain; ``chain`` is its name among all. No link has the same bytes."""
    said = canonical({"sealed": chain, "length": length, "head": head})
    return Seal(length, head, _mac(key, b"seal\n" + said))


def _mac(key: bytes, said: bytes) -> str:
    return hmac.new(key, said, hashlib.sha256).hexdigest()


def walk(keys: Sequence[bytes], events: Iterable[Link], head: str, count: int) -> Walked:
    """Check every link in order, each under any key, against the stored head and length."""
    previous, seen, place = GENESIS, 0, 0
    for seq, stored, facts in events:
        seen += 1
        if seq != seen:
            return Walked(f"event {seen} is missing (found {seq})")
        body = previous.encode() + b"\n" + canonical(facts)
        fits = (n for n in (place, *range(len(keys))) if _mac(keys[n], body) == stored)
        place = next(fits, -1)
        if place < 0:
            return Walked(f"event {seq} was altered")
        previous = stored
    if seen != count or previous != head:
        return Walked(f"the end is cut: {seen} events, {count} were recorded")
    return Walked(None, place)


def first_break(
    keys: Keys, chain: str, events: Iterable[Link], head: str, count: int, seal: Seal | None = None
) -> str | None:
    """Check a whole chain; ``None`` when whole, else a sentence naming the first bad event."""
    walked = walk(keys.all, events, head, count)
    if walked.fault:
        return walked.fault
    is_sealed = seal is not None and any(
        hmac.compare_digest(seal.mac, seal_of(key, chain, seal.length, seal.head).mac)
        for key in keys.all[: keys.trusted]
    )
    if seal is not None and is_sealed and seal.length > count:
        return f"the end is cut: {count} events, {seal.length} were sealed"
    if not count or walked.key < keys.trusted:
        return None
    if seal is not None and is_sealed and (seal.length, seal.head) == (count, head):
        return None
    return f"event {count} was written with a key that was changed before"
