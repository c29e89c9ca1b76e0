"""The desks at a fixed moment: Monday noon, with browsers of the cast."""

import pytest
import time_machine
from django.test import Client

from tests.cast import NOON
from tests.desk.stages import LATER


@pytest.fixture(autouse=True)
def monday():
    """Two hours after noon: later than everything the stages do."""
    with time_machine.travel(NOON + 12 * LATER, tick=False) as clock:
        yield clock


@pytest.fixture
def browser():
    """``browser(cast.clerk)``: a client logged in as that person."""

    def logged_in(user):
        client = Client()
        client.force_login(user, backend="cases.people.signed_in.StaffBackend")
        return client

    return logged_in
