"""People at work over HTTP: readers of pages, and writers who press “try again” until it is taken in."""

import html
import http.client
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple, Self
from urllib.parse import urlencode

TOKEN = "b" * 32
PATIENCE = 60  # seconds a writer presses the button


class Answer(NamedTuple):
    """Status, place it sends to, and page; status 0 when the connection broke."""

    status: int
    location: str = ""
    page: str = ""


def address(host: int) -> str:
    """An address of loopback of its own."""
    return f"127.0.{host // 250}.{host % 250 + 1}"


def ask(
    port: int, method: str, path: str, form: dict | None = None, cookie: str = "", host: int = 1
) -> Answer:
    """One request on a connection of its own, from 127.0.0.``host``."""
    body = urlencode(form) if form is not None else None
    headers = {"Cookie": f"csrftoken={TOKEN}; {cookie}"}
    if form is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    connection = http.client.HTTPConnection(
        "127.0.0.1", port, timeout=40, source_address=(address(host), 0)
    )
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        page = answer.read().decode()
        return Answer(answer.status, answer.getheader("Location") or "", page)
    except (OSError, http.client.HTTPException):
        return Answer(0)
    finally:
        connection.close()


def until(reached: Callable[[], object], seconds: float, what: str) -> None:
    """Wait for something, at most so long."""
    end = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < end, what
        time.sleep(0.05)


class Browser:
    """Somebody's browser, at an address of its own: it keeps cookies and sends files."""

    def __init__(self, port: int, host: int) -> None:
        self.port, self.host = port, host
        self.cookies = {"csrftoken": TOKEN}

    def post(self, path: str, form: dict[str, str], files: dict | None = None) -> Answer:
        """Send a form with its token, and files ``{field: (name, content)}``."""
        kind = "multipart/form-data; boundary=------------------------of-a-test"
        parts = [(f'name="{name}"', value.encode()) for name, value in form.items()]
        parts.append(('name="csrfmiddlewaretoken"', TOKEN.encode()))
        for field_name, (name, content) in (files or {}).items():
            parts.insert(0, (f'name="{field_name}"; filename="{name}"', content))
        body = b"".join(
            b"--------------------------of-a-test\r\nContent-Disposition: form-data; "
            + head.encode() + b"\r\n\r\n" + content + b"\r\n"
            for head, content in parts
        ) + b"--------------------------of-a-test--\r\n"  # fmt: skip
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=40, source_address=(address(self.host), 0)
        )
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection.request("POST", path, body, {"Content-Type": kind, "Cookie": cookie})
        answer = connection.getresponse()
        page = answer.read().decode()
        for line in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        connection.close()
        return Answer(answer.status, answer.getheader("Location") or "", page)


def offered(page: str) -> dict[str, str]:
    """The form that a page of an outage offers, as a browser would send it."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    found += re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\n([^<]*)</textarea>', page)
    return {name: html.unescape(value) for name, value in found}


@dataclass
class Seen:
    """What everybody saw; shared by all of them."""

    read: Counter = field(default_factory=Counter)
    wrote: Counter = field(default_factory=Counter)
    acknowledged: dict[str, str] = field(default_factory=dict)  # key → number of the case
    faults: list[str] = field(default_factory=list)
    slowest: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)


class Crowd:
    """Readers and writers, each a thread, until they are told to stop."""

    def __init__(self, acts: Iterable[Callable[[], None]]) -> None:
        self.over = threading.Event()
        self.threads = [threading.Thread(target=self._work, args=[act]) for act in acts]

    def _work(self, act: Callable[[], None]) -> None:
        while not self.over.is_set():
            act()

    def __enter__(self) -> Self:
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.over.set()
        for thread in self.threads:
            thread.join()


def reader(port: int, pages: list[tuple[str, str]], seen: Seen) -> Callable[[], None]:
    """Read one page after the other, ``(path, cookie)``."""
    turn = iter(range(10**9))

    def act() -> None:
        path, cookie = pages[next(turn) % len(pages)]
        begun = time.monotonic()
        answer = ask(port, "GET", path, cookie=cookie)
        with seen.lock:
            seen.read[answer.status] += 1
            seen.slowest = max(seen.slowest, time.monotonic() - begun)
            if answer.status not in {200, 503}:
                seen.faults.append(f"GET {path}: {answer.status} {answer.page[:300]}")

    return act


def write(
    port: int, path: str, form: dict[str, str], seen: Seen, number: Callable, *, key: str, host: int
) -> None:
    """Send a form until it is taken in, each time the one that the page offers."""
    end, told = time.monotonic() + PATIENCE, form["content"]
    while time.monotonic() < end:
        answer = ask(port, "POST", path, form, host=host)
        with seen.lock:
            seen.wrote[answer.status] += 1
            if answer.status in {201, 303}:
                seen.acknowledged[key] = number(answer)
                return
            if answer.status != 503 or told not in html.unescape(answer.page):
                seen.faults.append(f"POST {path}: {answer.status} {answer.page[:300]}")
                return
        form = offered(answer.page) if "<form" in answer.page else form
        time.sleep(0.05)
    seen.faults.append(f"{key} was never taken in")
