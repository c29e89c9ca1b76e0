"""Characters nobody sees: marks of direction, joiners, soft hyphens, byte order marks.

They come along when text is copied from chats and pages. A word with one inside is not found, a name of
them alone looks empty, and a mark of direction turns what stands behind it around. Pure.
"""

import re
import unicodedata

JOINER = "\u200d"  # makes one picture of two: 👨‍👩‍👧
_NEXT_TO_PICTURE = re.compile(
    "(?<=[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff])\u200d(?=[\u2190-\u2bff\U0001f000-\U0001faff])"
)
_KEPT = "\ue000"  # of the private use area: stands for a joiner that is needed while the others go


def without_unseen(text: str) -> str:
    """The text as a person reads it: without format characters (Unicode Cf), pictures whole."""
    if text.isascii() or not any(unicodedata.category(char) == "Cf" for char in text):
        return text
    marked = _NEXT_TO_PICTURE.sub(_KEPT, text)
    seen = "".join(char for char in marked if unicodedata.category(char) != "Cf")
    return seen.replace(_KEPT, JOINER) if _KEPT not in text else seen
