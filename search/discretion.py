"""Keep a citizen's telephone number out of addresses, histories and logs.

A question with a whole number is sent as a form (POST) and shown under an address that holds only a
sealed token: encrypted, bound to the person who asked, good for ten minutes.
"""

import json
import re
from datetime import datetime, timedelta
from typing import Any

from cryptography.fernet import InvalidToken

from cases.crypto import seal, unseal
from search.folding import fold

GOOD_FOR = timedelta(minutes=10)
FEWEST, MOST = 7, 15  # digits of a telephone number
_DIGITS = re.compile(r"\d(?:[ -]?\d)*")


def _is_phone(written: str) -> bool:
    digits = sum(sign.isdecimal() for sign in written)
    return FEWEST <= digits <= MOST and not re.fullmatch(r"(?:19|20)\d\d-?\d\d?-?\d\d?", written)


def names_a_phone(text: str) -> bool:
    """Whether a typed question may hold a whole telephone number, however it is grouped."""
    return any(_is_phone(found[0]) for found in _DIGITS.finditer(fold(text)))


def masked(text: str) -> str:
    """Return the question with only the last two digits of every such number, to be shown or logged."""
    signs = list(text)
    for found in _DIGITS.finditer(fold(text)):
        if _is_phone(found[0]):
            for at in range(found.start(), found.end() - 2):
                signs[at] = "＊" if signs[at].isdecimal() else signs[at]
    return "".join(signs)


def sealed(text: str, user: Any, *, at: datetime) -> str:
    """Return a token for the question, to stand in an address; only ``user`` can open it."""
    return seal(json.dumps([user.pk, int(at.timestamp()), text]))


def opened(token: str, user: Any, *, at: datetime) -> str | None:
    """Return the question of a token; ``None`` when it is another's, too old or not ours."""
    try:
        owner, asked, text = json.loads(unseal(token[:4_000]))
        age = at.timestamp() - asked
    except (InvalidToken, ValueError, TypeError):
        return None
    in_time = abs(age) <= GOOD_FOR.total_seconds()  # clocks of two servers may differ
    if owner != user.pk or not in_time or not isinstance(text, str):
        return None
    return text
