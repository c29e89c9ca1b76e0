"""Settings read from the environment, and nowhere else.

A missing secret or a misspelt flag stops the start with one sentence. ``DATA_DIR`` holds everything the
product writes; the first start makes ``DATA_DIR/secrets.json`` (mode 600) with the signing secret,
the encryption key of personal data and the key of the event chain.
"""

import base64
import json
import os
import secrets
from pathlib import Path

from environs import Env

ROOT = Path(__file__).resolve().parent.parent
env = Env()


class SettingsError(SystemExit):
    """A setting is missing or cannot be understood; the message says which and what to do."""


def data_dir() -> Path:
    """Folder for database, uploads, secrets and queue; made when absent. Default ``./data``."""
    path = Path(os.environ.get("DATA_DIR") or ROOT / "data").resolve()
    path.mkdir(parents=True, exist_ok=True)
    return path


def flag(name: str, *, default: bool) -> bool:
    """Read ``0``/``1`` (also true/false, yes/no, on/off); anything else is refused, never guessed."""
    raw = os.environ.get(name)
    if raw is None or raw == "":
        return default
    if raw.lower() in {"1", "true", "yes", "on"}:
        return True
    if raw.lower() in {"0", "false", "no", "off"}:
        return False
    raise SettingsError(f"{name}={raw!r} is neither yes nor no: use 1 or 0.")


def make_secrets(folder: Path) -> dict[str, str]:
    """Read ``secrets.json`` of the folder, making it (mode 600) on the first start."""
    path = folder / "secrets.json"
    if not path.exists():
        fresh = {
            "SECRET_KEY": secrets.token_urlsafe(50),
            "PERSONAL_DATA_KEYS": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
            "LOOKUP_KEY": secrets.token_urlsafe(32),
            "CHAIN_KEY": secrets.token_urlsafe(32),
        }
        temporary = path.with_suffix(f".{os.getpid()}.tmp")
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump(fresh, file)
        try:  # two processes may start at once: the first link wins, both read the same file
            os.link(temporary, path)
        except FileExistsError:
            pass
        finally:
            temporary.unlink()
    return json.loads(path.read_text())


def secret(name: str, folder: Path) -> str:
    """Take a secret from the environment, else from ``secrets.json``; stop when neither has it."""
    value = os.environ.get(name) or make_secrets(folder).get(name)
    if not value:
        raise SettingsError(f"{name} is missing: set it in the environment or in secrets.json.")
    return value
