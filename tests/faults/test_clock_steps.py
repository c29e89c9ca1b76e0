"""The time of day is set back by an hour and forward by two, under a whole office: nobody waits for it."""

import sys
import time

import pytest

from tests.faults.office import Office, until

pytestmark = pytest.mark.services
SERVED = 20.0  # seconds; a work that waits for the time of day would need an hour


@pytest.fixture
def office(tmp_path):
    clock = tmp_path / "clock"
    clock.write_text("0")
    one = Office(
        tmp_path / "data",
        TEST_CLOCK=str(clock),
        DJANGO_SETTINGS_MODULE="tests.faults.clock_settings",
    )
    one.start(180)
    try:
        yield one, clock
    finally:
        one.stop()


def test_work_goes_on_whatever_the_clock_says(office):
    office, clock = office
    said = []
    until(lambda: office.health().get("work") == "ok", 60, "work")
    family = office.pids()
    for n, step in enumerate((0, -3600, 3600, 0)):
        clock.write_text(str(step))
        begun = time.monotonic()
        assert office.create(f"form-{n}")[0] == 201
        until(office.is_served, SERVED, f"service after {step}")
        said.append(f"{step:+d} s: {time.monotonic() - begun:.1f} s")
        until(lambda: office.health().get("work") == "ok", 60, "health")
    assert office.pids() == family  # nobody was taken for hung
    rows = office.query("SELECT registered_at FROM cases_case ORDER BY id")
    assert rows[1] < rows[0] < rows[2]  # the clock was in fact set
    sys.stderr.write(f"\n{'; '.join(said)}\n")
