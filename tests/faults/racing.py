"""Threads that start together, each with a database connection of its own."""

import os
import threading
from collections.abc import Callable, Sequence

from django.db import connection

SCALE = float(os.environ.get("FAULTS_SCALE", "0.2"))  # 1 is the full size (`make faults`)


def sized(full: int) -> int:
    """The size of a test for this run; at least three."""
    return max(3, round(full * SCALE))


def together(acts: Sequence[Callable[[], object]]) -> list[str]:
    """Run all acts at once; for each "won" or the name of what it raised."""
    start, found = threading.Barrier(len(acts)), [""] * len(acts)

    def run(place: int, act: Callable[[], object]) -> None:
        try:
            start.wait()
            act()
            found[place] = "won"
        except Exception as error:  # noqa: BLE001 - whatever it is, it is the result
            found[place] = type(error).__name__
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(found)
