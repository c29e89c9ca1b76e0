"""Where things are: what lies in the rooms of each app, and a drawing of them.

The drawing is made from the import contracts and each room's own words: ``manage.py draw_states`` (``make
graphs``) writes it into ``docs/map.md``; a test fails when it is not current.
"""

import ast
import configparser
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

from config.env import ROOT

BEGINS, ENDS = "<!-- drawn by make graphs -->\n", "<!-- end of the drawing -->\n"
PLAIN = {"management", "tasks", "apps", "models", "templatetags", "urls"}  # every app has them
APPS = ("hotline", "satisfaction", "routing", "search", "cases")  # from top to bottom
PLACES = {"config": ("family", "backup", "settings")}  # apps whose rooms no contract orders


def in_rooms(name: str) -> list[Path]:
    """The folders of this name that lie in rooms: a page, its style sheet and its words lie beside its view.

    What lies in an app itself is found by Django.
    """
    return [place for app in APPS for place in sorted((ROOT / app).glob(f"*/**/{name}"))]


def map_with_drawing(text: str) -> str:
    """The page ``docs/map.md`` with its drawing made anew; what is written by hand stays."""
    before, _, rest = text.partition(BEGINS)
    _, _, after = rest.partition(ENDS)
    return f"{before}{BEGINS}{_drawing()}{ENDS}{after}"


def _drawing() -> str:
    parser = configparser.ConfigParser()
    parser.read(ROOT / ".importlinter", encoding="utf-8")
    apps = _lines(parser["importlinter:contract:layers"]["layers"])
    orders = {
        _lines(section["containers"])[0]: _rooms(section["layers"])
        for name, section in parser.items()
        if "containers" in section and name.startswith("importlinter:contract:rooms")
    }
    graph = ["```mermaid", "flowchart LR", "    " + " --> ".join(apps)]
    places = [place for app in apps for place in (app, *_within(app, orders))]
    graph += [
        line for place in places if place in orders for line in _subgraph(place, orders[place])
    ]
    tables = [line for place in places for line in _table(place, orders.get(place))]
    return "\n".join([*graph, "```", "", *tables]) + "\n"


def _within(app: str, orders: Mapping[str, object]) -> list[str]:
    """Rooms of the app that are so large that a contract orders what is in them."""
    return [place for place in orders if place.startswith(f"{app}.")]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _rooms(layers: str) -> list[list[str]]:
    """Rooms from top to bottom, those of one height together."""
    found = [[one.strip() for one in line.split("|")] for line in _lines(layers)]
    kept = [[one for one in layer if one not in PLAIN] for layer in found]
    return [layer for layer in kept if layer]


def _subgraph(place: str, order: list[list[str]]) -> list[str]:
    names = [" & ".join(f"{place}.{room}[{room}]" for room in layer) for layer in order]
    links = [f"        {one} --> {below}" for one, below in pairwise(names)]
    name, path = place.replace(".", "_"), place.replace(".", "/")
    return [f"    subgraph {name}_rooms [{path}]", "        direction TB", *links, "    end"]


def _table(place: str, order: list[list[str]] | None) -> list[str]:
    rooms = [room for layer in order for room in layer] if order else PLACES.get(place, ())
    path = place.replace(".", "/")
    rows = [f"| `{path}/{room}` | {_said(ROOT / path / room)} |" for room in rooms]
    return [
        f"### {path}",
        "",
        _said(ROOT / path),
        "",
        "| room | what it is about |",
        "|---|---|",
        *rows,
        "",
    ]


def _said(place: Path) -> str:
    """The first sentence of a room or a module."""
    file = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
    return (ast.get_docstring(ast.parse(file.read_text("utf-8"))) or "").partition("\n\n")[0]
