"""Outages for tests of pages: a database that is away so many times, and a browser that meets it."""

import pytest
from django.test import Client

from config import outage
from tests.config import outages


@pytest.fixture
def fails(monkeypatch):
    """Let the database be away so many times; ``fails.asked`` are the requests that came through."""

    def so_often(times):
        outages.FAILS[0] = times

    outages.ASKED.clear()
    so_often.asked = outages.ASKED
    monkeypatch.setattr(outage, "PAUSES", (0.01,))
    monkeypatch.setattr(outage, "PATIENCE", 0.3)
    monkeypatch.setattr(outage, "_spell", outage._Spell())
    yield so_often
    outages.FAILS[0] = 0


@pytest.fixture
def visitor():
    """A browser whose token is checked; errors are answered, not raised."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.cookies["csrftoken"] = "b" * 32
    return client
