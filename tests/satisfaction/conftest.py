"""Fixtures of the pages about satisfaction."""

import pytest
from django.core.cache import caches
from django.utils import timezone


@pytest.fixture
def now(cast):
    """The moment of the test; pages look at the real clock."""
    return timezone.now()


@pytest.fixture(autouse=True)
def nothing_kept():
    """Pages are kept for each process; a rolled-back test must leave none behind."""
    caches["pages"].clear()
