"""Text that a spreadsheet shows instead of working out (OWASP: CSV injection). Pure."""

import re

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
MAX_CELL = 32_000  # Excel's own limit is 32,767
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # not allowed in XML


def harmless(value: object) -> object:
    """A text with an apostrophe before what a spreadsheet takes for a formula; numbers stay numbers."""
    if not isinstance(value, str):
        return value
    text = _ILLEGAL.sub("", value)[:MAX_CELL]
    return f"'{text}" if text.lstrip(" \u3000").startswith(FORMULA_STARTS) else text
