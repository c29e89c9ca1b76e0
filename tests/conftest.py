"""Fixtures shared by all tests: the cast, a quiet outbox, fresh caches."""

from datetime import date

import pytest

from tests.cast import Cast, make_cast
from tests.template_database import (  # noqa: F401 - fixtures
    django_db_modify_db_settings,
    django_db_setup,
    migrated,
)


@pytest.fixture(autouse=True)
def fresh_caches():
    """Reference data is cached for each process; a rolled-back test must leave nothing behind."""
    from cases import deadlines, kept, numbering, outbox, pulse

    deadlines.forget()
    kept.forget()
    outbox.forget_absences()
    pulse.forget()
    numbering._blocks.clear()
    yield
    deadlines.forget()
    kept.forget()


@pytest.fixture
def reference(db):
    """Calendar and deadline policies, as the product ships them."""
    from cases.calendar_loading import load_calendar
    from cases.deadlines import forget
    from cases.policy_loading import load_policies

    load_calendar()
    load_policies(on=date(2026, 1, 1))
    forget()


@pytest.fixture
def cast(reference) -> Cast:
    """Everybody, with the shipped calendar and policies."""
    return make_cast()
