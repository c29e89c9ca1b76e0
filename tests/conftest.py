"""Fixtures shared by all tests: the cast, a quiet outbox, fresh caches."""

from datetime import date

import pytest
from hypothesis import settings as properties

from tests.cast import Cast, make_cast
from tests.template_database import (  # noqa: F401 - fixtures
    django_db_modify_db_settings,
    django_db_setup,
    migrated,
)

# The same examples each time: a test that fails by chance tells of a fault on somebody else's day.
# No deadline for an example: that the machine has other work is no fault of the code.
properties.register_profile("same", derandomize=True, deadline=None)
properties.load_profile("same")


@pytest.fixture(autouse=True)
def fresh_caches():
    """Reference data is cached for each process; a rolled-back test must leave nothing behind."""
    from cases.clocks import in_force
    from cases.events import outbox
    from cases.numbers import serial
    from cases.people import kept
    from cases.system import pulse

    in_force.forget()
    kept.forget()
    outbox.forget_absences()
    pulse.forget()
    serial._blocks.clear()
    yield
    in_force.forget()
    kept.forget()


@pytest.fixture
def reference(db):
    """Calendar and deadline policies, as the product ships them."""
    from cases.clocks.in_force import forget
    from cases.reference.calendar_loading import load_calendar
    from cases.reference.policy_loading import load_policies

    load_calendar()
    load_policies(on=date(2026, 1, 1))
    forget()


@pytest.fixture
def cast(reference) -> Cast:
    """Everybody, with the shipped calendar and policies."""
    return make_cast()


@pytest.fixture
def key_file(tmp_path, settings):
    """The path of a ``secrets.json`` of this test alone, with the keys of a new office."""
    from cases.privacy import keys, secrets_file
    from tests.cases.privacy.ring import new_secrets

    path = tmp_path / "secrets.json"
    secrets_file.make(path, new_secrets())
    settings.SECRETS_FILE, settings.GIVEN_SECRETS = path, {}
    yield path
    keys._held = None
