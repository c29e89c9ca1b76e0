"""The words of the demo: matters with their slots filled, the same for the same seed."""

import json
import re
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "data" / "demo"
MAILBOXES = {"mayor": ("市长信箱", "市长"), "magistrate": ("县长信箱", "县长")}
CITY = ("城关镇", "石桥镇")  # where matters of streets and estates happen
_SLOT = re.compile(r"\{(\w+)\}")


@lru_cache
def load(name: str) -> Any:
    """A data file of the demo, read once."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


class MatterTold:
    """One matter in words: a slot has the same value in title, body, notes and reply."""

    def __init__(
        self, seed: str, matter: dict[str, Any], channel: str, place: Any, at: datetime
    ) -> None:
        self.random = Random(seed)  # noqa: S311 - stories, not secrets
        self.matter, self.channel = matter, channel
        self.variant = self.random.choice(matter.get("variants") or [_letter(matter)])
        box, addressee = MAILBOXES.get(channel, ("", ""))
        visit, done = at + timedelta(days=1), at + timedelta(days=3)
        self.values = {
            "town": place.parent.name,
            "village": place.name,
            "month": f"{(at - timedelta(days=35)).month}月",
            "visit_date": f"{visit.month}月{visit.day}日",
            "done_date": f"{done.month}月{done.day}日",
            "mailbox": box,
            "mailbox_title": addressee,
        }
        self.values["title"] = self.title = self.fill(self.variant["title"])
        body = self.fill(self.variant["body"])
        self.body = body if channel == "phone" else body.replace("来电人", "我")
        self.request = self.fill(matter.get("request", ""))

    def address(self) -> str:
        """Where in the village or community it is."""
        if self.matter.get("where") == "rural":
            return f"{self.random.randint(1, 12)}组"
        return self.fill("{road}") + f"{self.random.randint(2, 180)}号"

    def given_to(self, unit: Any) -> None:
        """The unit whose name and telephone number the reply mentions."""
        self.values |= {"unit": unit.name, "unit_phone": unit.phone or "0731-55551000"}

    def reply(self) -> str:
        """The public reply."""
        return self.fill(self.random.choice(self.variant["replies"]))

    def note(self) -> str:
        """The unit's internal handling text."""
        notes = self.matter.get("notes") or ["已按程序办理。"]
        return self.fill(self.random.choice(notes))

    def answer(self) -> str:
        """The operator's direct answer."""
        return self.fill(self.matter["direct_answer"])

    def fill(self, template: str) -> str:
        """Replace every ``{slot}``; an unknown slot is an error of the data."""
        return _SLOT.sub(lambda found: self._value(found[1]), template)

    def _value(self, slot: str) -> str:
        if slot not in self.values:
            self.values[slot] = str(self.random.choice(load("slots")[slot]))
        return self.values[slot]


TELLS_WHO = 0.12  # of all texts: people write who they are although a field asks for it


def with_name(body: str, channel: str, name: str, phone: str, seed: str) -> str:
    """The text, in some of them with name and number as citizens and operators write them into it."""
    random = Random(f"{seed}:who")  # noqa: S311 - a story, not a secret
    if random.random() >= TELLS_WHO:
        return body
    if channel == "phone":
        return f"{body}来电人{name}，联系电话{phone}。"
    return f"{body}\n我叫{name}，电话{phone[:3]} {phone[3:7]} {phone[7:]}，请与我联系。"


def _letter(matter: dict[str, Any]) -> dict[str, Any]:
    return {"title": matter["title"], "body": matter["body"], "replies": [matter["reply"]]}


def fits(matter: dict[str, Any], town: str) -> bool:
    """Whether a matter can happen in a township."""
    where = matter.get("where", "any")
    return where == "any" or (where == "city") == (town in CITY)


def citizen(random: Random) -> tuple[str, str, str]:
    """An invented person: name, gender and a mobile number of a range that is not given out."""
    people = load("people")
    gender = random.choice("fm")
    given = people["women" if gender == "f" else "men"]
    name = random.choice(people["surnames"]) + random.choice(given)
    return name, gender, f"1{random.choice('3578')}0{random.randint(0, 99_999_999):08d}"
