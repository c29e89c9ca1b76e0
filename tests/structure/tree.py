"""The repository as its tests see it: folders, modules and files that git knows or would take."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("config", "hotline", "satisfaction", "routing", "search", "cases")


@cache
def files() -> tuple[Path, ...]:
    """Every file of the repository, committed or about to be; without git, all but the ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode == 0:
        found = [ROOT / name for name in listed.stdout.split("\0") if name]
    else:  # an unpacked archive
        kept = (*APPS, "tests", "docs", "requirements", ".ci")
        found = [path for name in kept for path in (ROOT / name).rglob("*")]
        found += [path for path in ROOT.iterdir() if path.is_file()]
    return tuple(
        sorted(path for path in found if path.is_file() and "__pycache__" not in path.parts)
    )


def modules() -> list[Path]:
    """Python files of the product and its tests, without what Django generates."""
    return [path for path in files() if path.suffix == ".py" and "migrations" not in path.parts]


def ours() -> list[Path]:
    """Python files of the six apps."""
    return [path for path in modules() if path.relative_to(ROOT).parts[0] in APPS]


def templates() -> list[Path]:
    """HTML templates of the product."""
    return [path for path in files() if path.suffix == ".html" and "templates" in path.parts]
