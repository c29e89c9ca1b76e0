"""The words of the demo: matters with their slots filled, the same for the same seed."""

import json
import re
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import NotRequired, TypedDict

from cases.models import Region, Unit

FOLDER = Path(__file__).resolve().parent.parent / "data" / "demo"
MAILBOXES = {"mayor": ("市长信箱", "市长"), "magistrate": ("县长信箱", "县长")}
CITY = ("城关镇", "石桥镇")  # where matters of streets and estates happen
_SLOT = re.compile(r"\{(\w+)\}")


class Variant(TypedDict):
    """One way to tell a matter, and what the unit may reply to it."""

    title: str
    body: str
    replies: list[str]


class DemoMatter(TypedDict):
    """A matter as its file has it: words with ``{slots}``, and codes of unit and category.

    A letter tells itself (``title``, ``body``, ``reply``), another matter in ``variants``.
    """

    demand_type: str
    category_code: str
    unit: str  # or ``@town``
    where: str
    request: str
    notes: list[str]
    dissatisfied: str
    variants: NotRequired[list[Variant]]
    title: NotRequired[str]
    body: NotRequired[str]
    reply: NotRequired[str]
    direct_answer: NotRequired[str]
    respondent: NotRequired[str]
    respondent_unit: NotRequired[str]


class Account(TypedDict):
    """A member of staff whose account is shown to visitors."""

    username: str
    name: str
    unit: str
    roles: list[str]
    staff_number: str


class People(TypedDict):
    """Accounts, and the parts of invented names."""

    staff: list[Account]
    surnames: list[str]
    women: list[str]
    men: list[str]


def _read(name: str) -> str:
    return (FOLDER / f"{name}.json").read_text(encoding="utf-8")


@lru_cache
def matters_of(channel: str) -> list[DemoMatter]:
    """What comes in by a channel, read once: a mailbox has its own."""
    return json.loads(_read("letters" if channel in MAILBOXES else "matters"))


@lru_cache
def people() -> People:
    """Who works and lives in the county, read once."""
    return json.loads(_read("people"))


@lru_cache
def _slots() -> dict[str, list[str | int]]:
    return json.loads(_read("slots"))


def town_of(place: Region) -> str:
    """The township in which a place lies; a township is its own."""
    return place.parent.name if place.level == "village" and place.parent else place.name


class MatterTold:
    """One matter in words: a slot has the same value in title, body, notes and reply."""

    def __init__(
        self, seed: str, matter: DemoMatter, channel: str, place: Region, at: datetime
    ) -> None:
        self.random = Random(seed)  # noqa: S311 - stories, not secrets
        self.matter, self.channel = matter, channel
        self.variant = self.random.choice(matter.get("variants") or [_letter(matter)])
        box, addressee = MAILBOXES.get(channel, ("", ""))
        visit, done = at + timedelta(days=1), at + timedelta(days=3)
        self.values = {
            "town": town_of(place),
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

    def given_to(self, unit: Unit) -> None:
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
            self.values[slot] = str(self.random.choice(_slots()[slot]))
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


def _letter(matter: DemoMatter) -> Variant:
    return {"title": matter["title"], "body": matter["body"], "replies": [matter["reply"]]}


def fits(matter: DemoMatter, town: str) -> bool:
    """Whether a matter can happen in a township."""
    where = matter.get("where", "any")
    return where == "any" or (where == "city") == (town in CITY)


def citizen(random: Random) -> tuple[str, str, str]:
    """An invented person: name, gender and a mobile number of a range that is not given out."""
    names = people()
    gender = random.choice("fm")
    given = names["women"] if gender == "f" else names["men"]
    name = random.choice(names["surnames"]) + random.choice(given)
    return name, gender, f"1{random.choice('3578')}0{random.randint(0, 99_999_999):08d}"
