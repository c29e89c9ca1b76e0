"""The words of the demo: matters with their slots filled, the same for the same seed."""

import json
import re
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "data" / "demo"
NUMBERS = {
    "days": (2, 20),
    "hours": (3, 18),
    "months": (2, 9),
    "count": (6, 90),
    "number": (2, 60),
    "fee": (20, 480),
    "amount": (800, 26_000),
}
_SLOT = re.compile(r"\{(\w+)\}")


@lru_cache
def load(name: str) -> Any:
    """A data file of the demo, read once."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


class Filler:
    """Fills the slots of one matter: a slot has one value in title, body, notes and reply."""

    def __init__(self, seed: str, town: str, village: str, at: datetime) -> None:
        self.random = Random(seed)  # noqa: S311 - stories, not secrets
        self.at = at
        self.values = {"town": town, "village": village}

    def pick(self, templates: list[str]) -> str:
        """One of several wordings, its slots filled."""
        return self.fill(self.random.choice(templates)) if templates else ""

    def fill(self, template: str) -> str:
        """Replace every ``{slot}``; an unknown slot is an error of the data."""
        return _SLOT.sub(lambda found: self._value(found[1]), template)

    def _value(self, slot: str) -> str:
        if slot not in self.values:
            self.values[slot] = self._new(slot)
        return self.values[slot]

    def _new(self, slot: str) -> str:
        if slot in NUMBERS:
            return str(self.random.randint(*NUMBERS[slot]))
        if slot == "month":
            return f"{(self.at - timedelta(days=35)).month}月"
        if slot in {"visit_date", "done_date"}:
            day = self.at + timedelta(days=1 if slot == "visit_date" else 3)
            return f"{day.month}月{day.day}日"
        return self.random.choice(load("slots")[slot])


def citizen(random: Random) -> tuple[str, str, str]:
    """An invented person: name, gender and a mobile number of a range that is not given out."""
    people = load("people")
    gender = random.choice("fm")
    name = random.choice(people["surnames"]) + random.choice(people["given"])
    return name, gender, f"1{random.choice('3578')}0{random.randint(0, 99_999_999):08d}"
