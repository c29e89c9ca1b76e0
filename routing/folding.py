"""The same word written another way compares equal: full width to half width, capitals to small."""

import unicodedata


def fold(text: str) -> str:
    """Fold for comparison only; never shown."""
    return unicodedata.normalize("NFKC", text).casefold()
