"""Debian's Chromium as the browser tests and the pictures start it: no call to anywhere else."""

import os
import shutil

from playwright.sync_api import Browser, Playwright

FLAGS = [
    "--no-sandbox",  # also runs as root, in CI
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SIZES = {"1366": (1366, 768), "390": (390, 844)}


def start(playwright: Playwright) -> Browser:
    """Start the browser named by CHROMIUM, else the one on the path."""
    binary = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not binary:
        raise SystemExit("Chromium is missing: install Debian's package chromium.")
    return playwright.chromium.launch(executable_path=binary, args=FLAGS)
