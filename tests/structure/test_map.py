"""The map of the house is current, and what it names is there."""

import re

from config.rooms import map_with_drawing
from tests.structure.tree import ROOT

PAGE = ROOT / "docs" / "map.md"


def test_the_drawn_rooms_are_current():
    text = PAGE.read_text("utf-8")
    assert map_with_drawing(text) == text, "run `make graphs`"


def test_every_room_says_what_it_is_about():
    rows = re.findall(r"^\| `\w+/[\w/]+` \| *(.*?) *\|$", PAGE.read_text("utf-8"), re.MULTILINE)
    assert len(rows) > 40
    assert all(rows)


def test_every_place_that_the_map_names_is_there():
    named = re.findall(
        r"`((?:cases|search|routing|satisfaction|hotline|config|tests|docs)/[\w./*-]+)`",
        PAGE.read_text("utf-8"),
    )
    missing = [
        name for name in named if not any([*ROOT.glob(name.rstrip("/")), *ROOT.glob(f"{name}.py")])
    ]
    assert len(named) > 60
    assert missing == []
