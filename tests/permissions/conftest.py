"""A county at a fixed moment whose rows every test of this folder reads."""

import pytest
import time_machine
from django.core.cache import caches

from cases.events.outbox import drain
from cases.lifecycle.sweeping import sweep
from cases.system import pulse
from tests.cast import NOON
from tests.permissions.county import make_county
from tests.permissions.stages import MINUTES

NOW = NOON + 12 * MINUTES


@pytest.fixture(autouse=True)
def monday(settings, tmp_path):
    """Two hours after noon: later than everything the stages do; files in a folder of the test."""
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel(NOW, tick=False):
        yield


def forget_tries() -> None:
    """Time stands still here, so the counts of who asked how often would last from test to test."""
    for counters in caches.all(initialized_only=True):
        counters.clear()


@pytest.fixture
def county(cast):
    """All rows, with their notices written, their index kept and their clocks watched."""
    forget_tries()
    made = make_county(cast)
    drain(at=NOW)
    sweep(NOW)
    pulse.beat("outbox", NOW)  # there is a worker
    yield made
    forget_tries()
