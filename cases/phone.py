"""Telephone numbers as people say them, to one form for look-up.

Pure. ``138 0731 6217``, ``+86-13807316217`` and full-width digits are the same number; a short number
(12345, 110) and an extension ("转 8") are kept as they are.
"""

import re
import unicodedata

_EXTENSION = re.compile(r"(?:转|ext\.?|x)\s*(\d{1,6})$", re.IGNORECASE)


def normalise(raw: str) -> str:
    """Digits of a number without country prefix, ``-ext`` kept behind a dash; empty when none."""
    text = unicodedata.normalize("NFKC", raw or "").strip()
    extension = ""
    if found := _EXTENSION.search(text):
        extension, text = found.group(1), text[: found.start()]
    digits = re.sub(r"\D", "", text)
    digits = re.sub(r"^(?:0086|86)(?=1\d{10}$|0\d{9,11}$)", "", digits)
    return f"{digits}-{extension}" if extension else digits


def is_plausible(number: str) -> bool:
    """Whether a normalised number could be dialled: 3 to 13 digits, perhaps with an extension."""
    return bool(re.fullmatch(r"\d{3,13}(?:-\d{1,6})?", number))
