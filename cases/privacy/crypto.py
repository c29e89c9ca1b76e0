"""Personal data at rest: sealed for one place, found by keyed hash, shown as a mask.

Sealing is AES-256-GCM: ``2.<key id>.<nonce and ciphertext>``. What it is and which row it belongs to is
authenticated with it: put into another row it does not open. The keys are in ``keys.py``. What an
earlier version sealed (Fernet, bound to nothing) opens until its key is retired. An SM4/SM3 provider
takes the same functions.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from cases.privacy import keys
from cases.privacy.keyring import LOOKUP, PERSONAL, Key

VERSION = "2"
NONCE = 12  # bytes; random, so that a key is good for four thousand million values
OLD = "gAAAA"  # how every Fernet token begins


class CannotOpen(ValueError):  # noqa: N818 - a state of affairs
    """A sealed value does not open here; the text says why and holds nothing of it."""

    is_of_another_key = False  # else it was altered, or belongs to another row


class KeyUnknown(CannotOpen):
    """It is sealed with a key that this office does not have."""

    is_of_another_key = True


def seal(text: str, *, of: str) -> str:
    """Encrypt a text for the place ``of``; the empty text stays empty. Raises ``KeysDoubtful``."""
    if not text:
        return ""
    key, nonce = keys.newest(PERSONAL), secrets.token_bytes(NONCE)
    closed = nonce + _box(key).encrypt(nonce, text.encode(), of.encode())
    return f"{VERSION}.{key.id}.{base64.urlsafe_b64encode(closed).decode()}"


def unseal(token: str, *, of: str) -> str:
    """Decrypt what ``seal`` made for the same place; raises ``CannotOpen``."""
    if not token:
        return ""
    if token.startswith(OLD):
        return _unbound(token)
    version, _dot, rest = token.partition(".")
    id_, _dot, closed = rest.partition(".")
    if version != VERSION:
        raise CannotOpen("it is no sealed value")
    try:
        raw = base64.b64decode(closed, altchars=b"-_", validate=True)
        return _box(_named(id_)).decrypt(raw[:NONCE], raw[NONCE:], of.encode()).decode()
    except (InvalidTag, ValueError, binascii.Error) as error:
        if isinstance(error, CannotOpen):
            raise
        raise CannotOpen("it was altered, or belongs to another row") from None


def key_id(token: str) -> str:
    """Id of the key a value is sealed with; empty for one of an earlier version."""
    return "" if token.startswith(OLD) else token.partition(".")[2].partition(".")[0]


def _named(id_: str) -> Key:
    """The key with this id; a new one of another process is looked for once in the file."""
    for attempt in (1, 2):
        for key in keys.ring(PERSONAL):
            if key.id == id_:
                return key
        if attempt == 1:
            keys.look_again()
    raise KeyUnknown(f"its key {id_[:8]} is not among the keys of this office")


def _unbound(token: str) -> str:
    for key in keys.ring(PERSONAL):
        try:
            return _old_box(key).decrypt(token.encode()).decode()
        except InvalidToken:
            continue
    raise KeyUnknown("it was altered, or its key is not among the keys of this office")


@lru_cache(maxsize=16)
def _box(key: Key) -> AESGCM:
    derived = HKDF(SHA256(), 32, salt=None, info=b"hotline personal data 2").derive(key.raw)
    return AESGCM(derived)


@lru_cache(maxsize=16)
def _old_box(key: Key) -> Fernet:
    return Fernet(key.text)


def keyed_hash(text: str) -> str:
    """HMAC-SHA256 in hex under the newest key, to be stored; empty for empty."""
    return _hashed(keys.newest(LOOKUP), text) if text else ""


def keyed_hashes(text: str) -> tuple[str, ...]:
    """The hash under each key in force, newest first, to look up by; none for the empty text."""
    return tuple(_hashed(key, text) for key in keys.ring(LOOKUP)) if text else ()


def _hashed(key: Key, text: str) -> str:
    return hmac.new(key.raw, text.encode(), hashlib.sha256).hexdigest()


def mask_phone(phone: str) -> str:
    """Keep the first three and last four characters of a number: ``138＊＊＊＊6217``."""
    if len(phone) < 8:  # noqa: PLR2004 - short numbers keep only their tail of two
        return "＊" * max(len(phone) - 2, 0) + phone[-2:]
    return phone[:3] + "＊" * (len(phone) - 7) + phone[-4:]


def mask_name(name: str) -> str:
    """Keep family name and last character: 王＊芬, 李＊."""
    if len(name) <= 1:
        return name
    if len(name) == 2:  # noqa: PLR2004 - family name and one character
        return name[0] + "＊"
    return name[0] + "＊" * (len(name) - 2) + name[-1]
