"""The secret keys of one purpose, newest first: how they are called, read, made, and what a bad one is.

Pure. A key's id is the beginning of a digest of the key: nothing needs to be stored to know it, and it
may stand beside what the key made. ``check`` tells two keys apart beyond doubt and opens nothing.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from functools import cached_property

PERSONAL, LOOKUP, CHAIN = PURPOSES = ("personal", "lookup", "chain")
NAMES = {PERSONAL: "PERSONAL_DATA_KEYS", LOOKUP: "LOOKUP_KEY", CHAIN: "CHAIN_KEY"}
CHAINS_SEALED = "CHAIN_SEALED"  # id of the key under which all older chains were sealed
LEAST = 16  # characters of a key somebody chose; ours have 43
SEALING = 32  # bytes of a key that seals, in URL-safe base64


class BadKeys(ValueError):  # noqa: N818 - a state of affairs
    """Keys that cannot be used; the text says which, and what to do. It holds no part of a key."""


@dataclass(frozen=True)
class Key:
    """One key of one purpose, as its text stands in the list."""

    purpose: str
    text: str = field(repr=False)  # no key in a log or a traceback

    @cached_property
    def id(self) -> str:
        """Eight hexadecimal digits: what it is called."""
        return hashlib.sha256(f"hotline {self.purpose} key {self.text}".encode()).hexdigest()[:8]

    @cached_property
    def check(self) -> str:
        """What only this key can tell, in hex; for the marks in the database."""
        said = f"hotline {self.purpose} mark".encode()
        return hmac.new(self.text.encode(), said, hashlib.sha256).hexdigest()

    @cached_property
    def raw(self) -> bytes:
        """The 32 bytes of a key that seals; of the others their text."""
        if self.purpose == PERSONAL:
            return base64.urlsafe_b64decode(self.text)
        return self.text.encode()


def parse(purpose: str, value: str) -> tuple[Key, ...]:
    """Read a list of keys, newest first, separated by commas; raises ``BadKeys``.

    A single key is taken as it stands, since it may be older than the lists.
    """
    name, parts = NAMES[purpose], value.split(",")
    texts = [part.strip() for part in parts] if len(parts) > 1 else parts
    for place, text in enumerate(texts, 1):
        if fault := _fault(purpose, text):
            raise BadKeys(f"{name}: key {place} of {len(texts)} {fault}")
    if len(set(texts)) != len(texts):
        raise BadKeys(f"{name} names one key twice. Each key stands once, the newest first.")
    return tuple(Key(purpose, text) for text in texts)


def _fault(purpose: str, text: str) -> str:
    if not text.strip():
        return "is empty. Put the keys of this office there, the newest first, without gaps."
    if purpose != PERSONAL:
        return "" if len(text) >= LEAST else f"is shorter than {LEAST} characters."
    try:
        sound = len(base64.b64decode(text, altchars=b"-_", validate=True)) == SEALING
    except (binascii.Error, ValueError):
        sound = False
    return "" if sound else f"is not {SEALING} bytes in URL-safe base64."


def fresh(purpose: str) -> Key:
    """A new random key of 256 bits."""
    text = secrets.token_urlsafe(SEALING)
    return Key(purpose, text + "=" if purpose == PERSONAL else text)


def written(keys: tuple[Key, ...]) -> str:
    """The list as it stands in ``secrets.json`` or the environment."""
    return ",".join(key.text for key in keys)
