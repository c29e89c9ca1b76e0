"""A small bounded client: so many connections, loopback only, every answer checked."""

import http.client
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median, quantiles
from typing import NamedTuple
from urllib.parse import urlencode


class Call(NamedTuple):
    """One request to make."""

    method: str
    path: str
    form: dict[str, str] | None = None
    cookie: str = ""


@dataclass
class Taken:
    """What was measured: seconds of each request, and of the whole."""

    seconds: list[float]
    whole: float

    def __add__(self, other: "Taken") -> "Taken":
        return Taken(self.seconds + other.seconds, self.whole + other.whole)

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.seconds) / self.whole

    @property
    def middle(self) -> float:
        """Median in milliseconds."""
        return median(self.seconds) * 1000

    @property
    def p95(self) -> float:
        """95th percentile in milliseconds."""
        return quantiles(self.seconds, n=20)[-1] * 1000


def measure(port: int, calls: list[Call], clients: int, expected: set[int]) -> Taken:
    """Make all calls with ``clients`` connections; an unexpected status ends the measurement."""
    queue, lock = iter(calls), threading.Lock()
    seconds: list[float] = []
    faults: list[str] = []

    def take() -> Iterator[Call]:
        while not faults:
            with lock:
                call = next(queue, None)
            if call is None:
                return
            yield call

    def work() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for call in take():
            begun = time.perf_counter()
            status = _ask(connection, call)
            seconds.append(time.perf_counter() - begun)
            if status not in expected:
                faults.append(f"{call.method} {call.path}: {status}")
        connection.close()

    begun = time.perf_counter()
    _all(work, clients)
    if faults:
        raise SystemExit(f"the measurement is worth nothing: {faults[0]}")
    return Taken(seconds, time.perf_counter() - begun)


def _all(work: Callable[[], None], clients: int) -> None:
    threads = [threading.Thread(target=work) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _ask(connection: http.client.HTTPConnection, call: Call) -> int:
    headers = {"Cookie": f"csrftoken={TOKEN}; {call.cookie}", "X-CSRFToken": TOKEN}
    body = None
    if call.method == "POST":
        body = urlencode(call.form or {})
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    connection.request(call.method, call.path, body, headers)
    answer = connection.getresponse()
    answer.read()
    return answer.status


TOKEN = "b" * 32
