"""Pictures of each role's screens at both sizes: ``python -m tests.browser.pictures --help``.

To have another screen in the pictures, add a line to ``screens.py``. A page that answers with an
error, writes to the console or scrolls sideways is told, and the exit code says so.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Error, sync_playwright

from tests.browser import chromium
from tests.browser.office import ROOT, Office, demonstration
from tests.browser.screens import SCREENS
from tests.browser.visiting import Visit


def photograph(office: Office, folder: Path, only: str) -> list[str]:
    """Take all pictures whose name begins with ``only``; return what was wrong."""
    faults = []
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = chromium.start(playwright)
        for screen in SCREENS:
            for size in chromium.SIZES if screen.name.startswith(only) else ():
                visit = Visit(browser, office, screen, size)
                try:
                    visit.arrive()
                except (Error, KeyError) as error:
                    visit.faults.append(f"was not reached: {error}")
                name = f"{screen.name}-{size}.png"
                visit.page.screenshot(path=folder / name)
                print(name, flush=True)
                faults += [f"{name}: {fault}" for fault in visit.faults]
                visit.close()
        browser.close()
    return faults


def main() -> int:
    """Take the pictures; 1 when a page had a fault."""
    parser = argparse.ArgumentParser(description="Picture each role's screens at both sizes.")
    parser.add_argument("--into", type=Path, default=ROOT / "pictures", help="folder of pictures")
    parser.add_argument("--only", default="", help="only pictures whose name begins so")
    parser.add_argument("--data", type=Path, help="keep the demonstration's data in this folder")
    asked = parser.parse_args()
    print("Preparing the demonstration (about a minute) …", flush=True)
    with tempfile.TemporaryDirectory(prefix="hotline-pictures-") as throw_away:
        folder = asked.data or Path(throw_away)
        with demonstration(folder) as office:
            faults = photograph(office, asked.into, asked.only)
    print("\n".join(faults) or "No page had a fault.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
