"""Read gettext catalogues without a library: .po text into entries."""

import ast
import re
from dataclasses import dataclass, field
from pathlib import Path

LINE = re.compile(r'^(?:(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)\s+)?(".*")$')


@dataclass
class Entry:
    """One string with its translations (one, or one for each plural form)."""

    msgid: str = ""
    plural: str = ""
    context: str = ""
    translations: dict[str, str] = field(default_factory=dict)
    fuzzy: bool = False


def entries(path: Path) -> list[Entry]:
    """Every living entry of a .po file but its header; obsolete ones (#~) are left out."""
    found: list[Entry] = []
    for block in re.split(r"\n\s*\n", path.read_text()):
        lines = [line for line in block.splitlines() if not line.startswith("#~")]
        parts: dict[str, str] = {}
        key = ""
        for line in lines:
            match = LINE.match(line)
            if match:
                key = match[1] or key
                parts[key] = parts.get(key, "") + ast.literal_eval(match[2])
        if parts.get("msgid"):
            texts = {k: v for k, v in parts.items() if k.startswith("msgstr")}
            fuzzy = any(line.startswith("#,") and "fuzzy" in line for line in lines)
            found.append(
                Entry(
                    parts["msgid"],
                    parts.get("msgid_plural", ""),
                    parts.get("msgctxt", ""),
                    texts,
                    fuzzy,
                )
            )
    return found
