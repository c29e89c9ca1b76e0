"""An office of its own in a folder, worked on by real processes."""

import os
import subprocess
import sys
import tarfile
from dataclasses import dataclass, field
from pathlib import Path

from config.env import ROOT

EARLIER = Path(__file__).parent / "earlier" / "0.1.0-e2da5c4.tar.xz"
PASSPHRASE = "correct horse battery"  # noqa: S105
OURS = (
    "DATABASE_URL",
    "DATA_DIR",
    "BACKUP_",
    "SECRET_KEY",
    "PERSONAL_DATA_KEYS",
    "LOOKUP_KEY",
    "CHAIN_KEY",
)


@dataclass
class Office:
    """A folder with an office in it. ``more``: settings beside the folder."""

    folder: Path
    more: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """What its processes see."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        return (
            kept
            | {
                "DJANGO_SETTINGS_MODULE": "config.settings",
                "DATA_DIR": str(self.folder),
                "DEMO": "0",
                "LOG_LEVEL": "ERROR",
            }
            | self.more
        )

    def start(self, *words: str, **more: str) -> subprocess.Popen[str]:
        """Start a command of the product."""
        return subprocess.Popen(  # noqa: S603 - our own command line
            [sys.executable, "manage.py", *words],
            cwd=ROOT,
            env=self.environment | more,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            text=True,
        )

    def run(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the product to its end."""
        with self.start(*words, **more) as running:
            out, complaint = running.communicate(timeout=300)
        return subprocess.CompletedProcess(words, running.returncode, out, complaint)

    def does(self, *words: str, **more: str) -> str:
        """Run a command that must succeed; return what it says."""
        done = self.run(*words, **more)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def refuses(self, *words: str, **more: str) -> str:
        """Run a command that must fail with a sentence and no traceback; return the sentence."""
        done = self.run(*words, **more)
        assert done.returncode == 1, done.stdout + done.stderr
        assert "Traceback" not in done.stderr, done.stderr
        return done.stderr

    def ask(self, code: str) -> str:
        """Run some lines inside it and return what they print."""
        return self.does("shell", "-v", "0", "-c", code).strip()


def unpacked(folder: Path) -> Path:
    """The office as an earlier version left it, in a folder with that version's permissions."""
    folder.mkdir()
    with tarfile.open(EARLIER) as packed:
        packed.extractall(folder, filter="fully_trusted")  # noqa: S202 - made by ourselves
    folder.chmod(0o755)
    return folder


def backups(office: Office) -> list[Path]:
    """Its finished backups, oldest first."""
    return sorted(Path(office.more["BACKUP_DIR"]).glob("hotline-*Z"))


def backed_up(office: Office, *words: str) -> Path:
    """Make a backup and return its folder."""
    there = set(backups(office))
    office.does("backup", *words)
    (made,) = set(backups(office)) - there
    return made
