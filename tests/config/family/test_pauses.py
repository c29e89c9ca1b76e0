"""How long a process that ended waits: not at all after good work, longer and longer after early deaths."""

import pytest

from config.family.pauses import YOUNG, early_deaths, pause


@pytest.mark.parametrize(
    ("deaths", "seconds"), [(0, 0), (1, 1), (2, 2), (3, 4), (6, 32), (7, 60), (8, 60), (10_000, 60)]
)
def test_the_pause_doubles_up_to_a_minute(deaths, seconds):
    assert pause(deaths) == seconds


def test_only_deaths_within_ten_seconds_of_the_start_count():
    assert early_deaths(3, YOUNG - 0.1) == 4
    assert early_deaths(3, YOUNG) == 0
    assert early_deaths(0, 3600) == 0
