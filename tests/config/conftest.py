"""Outages for tests of pages: a database that is away or cannot be written, and a browser that meets it."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import Client

from config import outage, stuck
from tests.config import outages


@contextmanager
def cannot_be_written() -> Iterator[None]:
    """SQLite refuses the block's writes with the code that it has for a read-only file."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = ON")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA query_only = OFF")
        stuck.lines.are_stuck = False


@pytest.fixture
def read_only(db, request):
    """SQLite refuses to write all through the test; the cast is there before."""
    if "cast" in request.fixturenames:
        request.getfixturevalue("cast")
    with cannot_be_written():
        yield


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
