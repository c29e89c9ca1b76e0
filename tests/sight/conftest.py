"""One world for all tests of the matrix; it is read, and undone at the end."""

from datetime import date

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from cases.clocks import in_force
from cases.lifecycle.sweeping import sweep
from cases.numbers import serial
from cases.reference.calendar_loading import load_calendar
from cases.reference.policy_loading import load_policies
from cases.system import pulse
from tests.cast import NOON, make_cast
from tests.log_text import logged
from tests.sight.stages import make_world


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    """Every case at every stage, everybody; time stands still afterwards."""
    files = tmp_path_factory.mktemp("files")
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=files),
        time_machine.travel(NOON, tick=False) as clock,
        transaction.atomic(),
        logged() as told,
    ):
        cache.clear()
        serial._blocks.clear()
        load_calendar()
        load_policies(on=date(2026, 1, 1))
        in_force.forget()
        call_command("make_site", verbosity=0)
        made = make_world(make_cast(), clock)
        sweep(timezone.now())
        pulse.beat("outbox", timezone.now())
        made.logged = told
        yield made
        transaction.set_rollback(True)
