"""Fixtures of the pages about satisfaction."""

import pytest
from django.utils import timezone


@pytest.fixture
def now(cast):
    """The moment of the test; pages look at the real clock."""
    return timezone.now()
