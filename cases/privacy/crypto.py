"""Personal data at rest: encryption with rotating keys, keyed hash for look-up, masks.

Provider: AES-128-CBC + HMAC-SHA256 (Fernet of `cryptography`), newest key first. An SM4/SM3 provider
takes the same three functions.
"""

import hashlib
import hmac
from functools import lru_cache

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


@lru_cache(maxsize=1)
def _box() -> MultiFernet:
    return MultiFernet([Fernet(key.encode()) for key in settings.PERSONAL_DATA_KEYS])


def seal(text: str) -> str:
    """Encrypt a text; the empty text stays empty."""
    return _box().encrypt(text.encode()).decode() if text else ""


def unseal(token: str) -> str:
    """Decrypt what ``seal`` made; raises ``InvalidToken`` when no key fits."""
    return _box().decrypt(token.encode()).decode() if token else ""


def keyed_hash(text: str) -> str:
    """HMAC-SHA256 in hex, for equality look-up of a normalised value; empty for empty."""
    if not text:
        return ""
    return hmac.new(settings.LOOKUP_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


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
