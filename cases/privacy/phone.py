"""Telephone numbers as people say them, to one form for look-up.

Pure. ``138 0731 6217``, ``+86-13807316217`` and full-width digits are the same number; a short number
(12345, 110) and an extension ("转 8") are kept. The form is its own form again, however often it is made:
``073155551234-801``. Sources: 电信网编号计划 (工信部, 2017): mobile 1 and eleven digits, area 0 and two or
three, local seven or eight, 400 and 800 ten.
"""

import re
import unicodedata

MOBILE = r"1[3-9]\d{9}"
AREA = r"0(?:(?:10|2\d)\d{8}|[3-9]\d{2}\d{7,8})"
LOCAL = r"[2-9]\d{6,7}"
FREE = r"[48]00\d{7}"
SHORT = r"1[0-2]\d|1[02]\d{3}|9[56]\d{3,4}"
FOREIGN = r"\+[1-9]\d{7,14}"
_WHOLE = re.compile(rf"{MOBILE}|{AREA}|{FREE}|{LOCAL}|{SHORT}|{FOREIGN}", re.ASCII)
_SAID_EXTENSION = re.compile(r"(?:转|轉|分机|分機|ext\.?|x|#)[\s:：]*([0-9]{1,6})$", re.IGNORECASE)
_DASHED = re.compile(r"[-‐-―−]([0-9]{1,6})$")
_PREFIX = re.compile(rf"86(?={MOBILE}$|{AREA}$|{FREE}$)", re.ASCII)
# The 0 of the area was left out behind the country.
_PREFIX_OF_AREA = re.compile(r"86(?=(?:10|2\d)\d{8}$|[3-9]\d{2}\d{7,8}$)", re.ASCII)


def normalise(raw: str) -> str:
    """Digits of a number without country prefix, ``-ext`` kept behind a dash; empty when none.

    A number of another country begins with ``+``. What is no number comes out as its digits, so that
    a look-up for a part of one can use it; ``is_plausible`` tells the two apart.
    """
    one = _once(raw or "")
    while (again := _once(one)) != one:  # a country written twice; each turn is shorter
        one = again
    return one


def _once(raw: str) -> str:
    text = unicodedata.normalize("NFKC", raw).strip()
    if found := _SAID_EXTENSION.search(text):
        number, extension = _digits(text[: found.start()]), found.group(1)
        is_clear = _WHOLE.fullmatch(number) and not _WHOLE.fullmatch(number + extension)
        return f"{number}{'-' if is_clear else '转'}{extension}" if number else extension
    if found := _DASHED.search(text):
        number = _digits(text[: found.start()])
        if _WHOLE.fullmatch(number) and not _WHOLE.fullmatch(_digits(text)):
            return f"{number}-{found.group(1)}"
    return _digits(text)


def _digits(text: str) -> str:
    """The digits with the country's prefix gone and the area's 0 there."""
    has_plus = bool(re.match(r"[\s(]*\+", text))
    digits = re.sub(r"[^0-9]", "", text)
    if not has_plus and re.match(r"00[1-9][0-9]{7}", digits):
        has_plus, digits = True, digits[2:]
    if found := _PREFIX.match(digits):
        has_plus, digits = False, digits[found.end() :]
    if found := _PREFIX_OF_AREA.match(digits):
        return "0" + digits[found.end() :]
    if has_plus and digits.startswith("86"):
        return digits[2:]
    return f"+{digits}" if has_plus and re.fullmatch(FOREIGN, f"+{digits}") else digits


def is_plausible(number: str) -> bool:
    """Whether a normalised number could be dialled: a whole one, perhaps with an extension."""
    return bool(_WHOLE.fullmatch(re.sub(r"[-转][0-9]{1,6}$", "", number)))
