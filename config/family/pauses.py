"""How long a process that ended waits for its next start. Pure; seconds throughout.

One that worked for a while is started again at once. Only one that dies within ``YOUNG`` seconds of its
start waits, twice as long each time, so that a fault which stays does not eat the machine.
"""

YOUNG = 10.0
FIRST = 1.0
LONGEST = 60.0


def early_deaths(before: int, lived: float) -> int:
    """How many times in a row it died young, after it lived ``lived`` seconds."""
    return before + 1 if lived < YOUNG else 0


def pause(deaths: int) -> float:
    """Seconds to wait after ``deaths`` early deaths in a row; 0 after none."""
    if deaths == 0:
        return 0.0
    return min(FIRST * 2.0 ** min(deaths - 1, 10), LONGEST)
