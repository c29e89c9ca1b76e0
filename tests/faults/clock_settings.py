"""The product with a clock that a test can set: time of day is read with the seconds in a file added."""

import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.utils import timezone

from tests.benchmarks.settings import *  # noqa: F403

_clock = Path(os.environ["TEST_CLOCK"])
_real = time.time


def _time() -> float:
    return _real() + float(_clock.read_text() or 0)


def _now() -> datetime:
    return datetime.fromtimestamp(0, UTC) + timedelta(seconds=_time())


time.time = _time
timezone.now = _now
