"""The keys of the office as one JSON text: what ``secrets.json`` holds, overruled by the environment.

The file is opaque here: whatever else stands in it is kept too.
"""

import json
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from config.backup import BackupError
from config.backup.manifest import fingerprint
from config.env import secret

FILE = "secrets.json"
NAMES = ("SECRET_KEY", "PERSONAL_DATA_KEYS", "LOOKUP_KEY", "CHAIN_KEY")
NEEDED = NAMES[1:]


def in_use(folder: Path) -> dict[str, str]:
    """Every secret this office works with now; ``folder`` is its DATA_DIR."""
    path = folder / FILE
    in_file = json.loads(path.read_text()) if path.exists() else {}
    given = settings.GIVEN_SECRETS  # of the environment, more than the names that every office has
    return in_file | given | {name: secret(name, folder) for name in NAMES}


def both(before: dict[str, str], after: dict[str, str]) -> dict[str, str]:
    """Everything of ``after``, and behind its lists the keys that only ``before`` had."""
    found = dict(after)
    for name in NEEDED:
        gone = [key for key in each(before, name) if key not in each(after, name)]
        found[name] = ",".join([*each(after, name), *gone])
    return found


def read(content: bytes) -> dict[str, str]:
    """Read such a text; raises ``BackupError`` when it is none or lacks a key."""
    try:
        found = json.loads(content)
        missing = [name for name in NEEDED if not str(found.get(name) or "")]
    except (AttributeError, ValueError) as error:
        raise BackupError(_("The keys cannot be read: this is not a file of keys.")) from error
    if missing:
        raise BackupError(
            _("The file of keys lacks %(names)s. Take the one that belongs to this backup.")
            % {"names": ", ".join(missing)}
        )
    return dict(found)


def each(keys: dict[str, str], name: str) -> list[str]:
    """The keys of one kind, newest first."""
    parts = str(keys[name]).split(",")
    return [key.strip() for key in parts if key.strip()] if len(parts) > 1 else parts


def prints(keys: dict[str, str]) -> dict[str, list[str]]:
    """Fingerprints of every key, newest first."""
    return {name: [fingerprint(key) for key in each(keys, name)] for name in NEEDED}
