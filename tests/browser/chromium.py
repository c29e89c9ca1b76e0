"""Debian's Chromium as the browser tests and the pictures start it: no call to anywhere else."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections
from playwright.sync_api import Browser, Playwright, sync_playwright

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


@contextmanager
def beside_the_database() -> Iterator[Browser]:
    """The browser for tests that use the database while its event loop runs.

    Inside a running loop Django keeps connections apart from those of the thread. They are closed
    here, where they can still be reached: an open one would hold the test database at its drop.
    """
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    try:
        with sync_playwright() as playwright:
            browser = start(playwright)
            try:
                yield browser
            finally:
                browser.close()
                connections.close_all()
    finally:
        if before is None:
            del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
        else:
            os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before
