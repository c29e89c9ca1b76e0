"""Which tests stand nearest to what was touched since the last commit: ``python -m tests.touched``.

``tests/`` has the folders of the product: of ``cases/clocks/due.py`` the folder ``tests/cases/clocks`` is
nearest, of a desk ``tests/desk``. Prints one place a line; nothing when nothing with tests was touched.
"""

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[1]
NEAREST = {  # what is tested elsewhere than its place says
    "hotline/desk": "tests/desk",
    "hotline/site": "tests/site",
    "hotline/channels": "tests/site",
    "hotline/publishing": "tests/site",
    "config/backup": "tests/backup",
}


def places(touched: Iterable[str]) -> list[str]:
    """The nearest test folders or files of touched paths, each once, none within another."""
    found = {place for path in touched if (place := _place(PurePosixPath(path)))}
    return sorted(one for one in found if not any(one.startswith(f"{above}/") for above in found))


def _place(path: PurePosixPath) -> str:
    if path.suffix not in {".py", ".html", ".js", ".css", ".csv"}:
        return ""
    if path.parts[0] == "tests":
        is_test = path.name.startswith("test_") and (ROOT / path).is_file()
        return str(path) if is_test else ""
    for above in path.parents:
        place = NEAREST.get(str(above), f"tests/{above}")
        if str(above) != "." and (ROOT / place).is_dir():
            return place
    return ""


def touched() -> list[str]:
    """Paths that differ from the last commit, new ones too."""
    status = ["git", "status", "--porcelain", "--no-renames", "--untracked-files=all"]
    said = subprocess.run(status, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603
    return [line[3:] for line in said.stdout.splitlines()]


if __name__ == "__main__":
    sys.stdout.write("".join(f"{place}\n" for place in places(touched())))
