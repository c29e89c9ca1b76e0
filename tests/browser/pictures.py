"""Pictures of each role's screens at both sizes: ``python -m tests.browser.pictures --help``.

Without ``--url`` it starts the product itself (``manage.py run``, obeys DATA_DIR) on a free port.
To have another screen in the pictures, add a line to ``SCREENS``. A page that answers with an
error, writes to the console or scrolls sideways is told, and the exit code says so.
"""

import argparse
import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import chromium

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 300


class Screen(NamedTuple):
    """One page: its file name, who looks ("" for a citizen), its address.

    ``follow`` is a selector: the picture is of the page behind the first such link.
    """

    name: str
    role: str
    path: str
    follow: str = ""


SCREENS = (
    Screen("login", "", "/login/"),
    Screen("site-home", "", "/"),
    Screen("site-file", "", "/file/"),
    Screen("site-progress", "", "/progress/"),
    Screen("site-mailboxes", "", "/mailbox/"),
    Screen("site-letter", "", "/mailbox/magistrate/"),
    Screen("site-answers", "", "/answers/"),
    Screen("site-guide", "", "/guides/how-to-tell-us/"),
    Screen("publication", "reviewer", "/desk/publication/"),
    Screen("missing-page", "", "/no-such-page/"),
    Screen("operator-home", "operator", "/desk/"),
    Screen("dispatcher-home", "dispatcher", "/desk/"),
    Screen("clerk-home", "clerk", "/desk/"),
    Screen("leader-home", "leader", "/desk/"),
    Screen("reviewer-home", "reviewer", "/desk/"),
    Screen("callback-home", "callback", "/desk/"),
    Screen("supervisor-home", "supervisor", "/desk/"),
    Screen("board", "supervisor", "/desk/board/"),
    Screen("figures", "supervisor", "/desk/figures/"),
    Screen("figure-cases", "supervisor", "/desk/figures/replied_on_time/cases/"),
    Screen("callbacks", "callback", "/desk/callbacks/"),
    Screen("dissatisfied", "reviewer", "/desk/dissatisfied/"),
    Screen("clerk-notices", "clerk", "/desk/notices/"),
    Screen("supervisor-search", "supervisor", "/desk/search/?q=%E8%B7%AF%E7%81%AF"),
    Screen("operator-search-empty", "operator", "/desk/search/"),
)
EXPECTED = {"missing-page": 404}


class Photographer:
    """Takes pictures in one browser and keeps what was wrong with the pages."""

    def __init__(self, browser: Browser, url: str, folder: Path) -> None:
        self.browser = browser
        self.url = url
        self.folder = folder
        self.faults: list[str] = []

    def page(self, role: str, size: str) -> Page:
        """Open a page of the given size, logged in as the demonstration's account of the role."""
        width, height = chromium.SIZES[size]
        context = self.browser.new_context(
            viewport={"width": width, "height": height}, locale="zh-CN"
        )
        page = context.new_page()
        if role:
            page.goto(f"{self.url}/login/")
            password = page.locator("[data-demo-password] b").inner_text()
            page.locator(f"[data-role={role}]").click()
            page.locator("[name=password]").fill(password)
            page.locator("button.btn--main").click()
            if "/login/" in page.url:
                raise SystemExit(f"No log-in as {role}: is this the demonstration (DEMO=1)?")
        return page

    def take(self, page: Page, screen: Screen, size: str) -> None:
        """Take one picture and note what is wrong with the page."""
        said: list[str] = []
        page.on("console", lambda m: said.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        answer = page.goto(self.url + screen.path)
        if screen.follow:
            with page.expect_navigation() as arrival:
                page.locator(screen.follow).first.click()
            answer = arrival.value
        page.screenshot(path=self.folder / f"{screen.name}-{size}.png")
        status, wanted = answer.status if answer else 0, EXPECTED.get(screen.name, 200)
        if status != wanted:
            said.append(f"answered {status}")
        elif wanted != 200:
            said = [line for line in said if "Failed to load resource" not in line]
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if wide > 0:
            said.append(f"scrolls sideways by {wide} px")
        self.faults += [f"{screen.name} at {size}: {line}" for line in said]


def free_port() -> int:
    """Return a port of loopback that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(url: str) -> bool:
    """Whether the product is up."""
    try:
        with urllib.request.urlopen(f"{url}/login/", timeout=5) as answer:  # noqa: S310 - ours
            return answer.status == 200
    except OSError:
        return False


@contextlib.contextmanager
def own_server() -> Iterator[str]:
    """Run the product on a free port until the pictures are taken; give its address."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    print(f"Starting the product at {url} …", flush=True)
    process = subprocess.Popen(
        [sys.executable, "manage.py", "run"],
        cwd=ROOT,
        env={**os.environ, "PORT": str(port)},
        stdout=subprocess.DEVNULL,
    )
    try:
        until = time.monotonic() + START_SECONDS
        while not answers(url):
            if process.poll() is not None or time.monotonic() > until:
                raise SystemExit("The product did not start; try `make run`.")
            time.sleep(0.5)
        yield url
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=60)


def photograph(url: str, folder: Path, only: str) -> list[str]:
    """Take all pictures whose name begins with ``only``; return what was wrong."""
    wanted = [screen for screen in SCREENS if screen.name.startswith(only)]
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = chromium.start(playwright)
        photographer = Photographer(browser, url, folder)
        for size in chromium.SIZES:
            for role in dict.fromkeys(screen.role for screen in wanted):
                page = photographer.page(role, size)
                for screen in wanted:
                    if screen.role == role:
                        tab = page.context.new_page()
                        photographer.take(tab, screen, size)
                        print(f"{screen.name}-{size}.png", flush=True)
                        tab.close()
                page.context.close()
        browser.close()
    return photographer.faults


def main() -> int:
    """Take the pictures; 1 when a page had a fault."""
    parser = argparse.ArgumentParser(description="Picture each role's screens at both sizes.")
    parser.add_argument("--url", help="address of a running demonstration; else one is started")
    parser.add_argument("--into", type=Path, default=ROOT / "pictures", help="folder of pictures")
    parser.add_argument("--only", default="", help="only pictures whose name begins so")
    asked = parser.parse_args()
    server = contextlib.nullcontext(asked.url.rstrip("/")) if asked.url else own_server()
    with server as url:
        faults = photograph(url, asked.into, asked.only)
    print("\n".join(faults) or "No page had a fault.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
