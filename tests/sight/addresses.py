"""Every address of the resolver with its parts filled in from the planted rows, and what it answers."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from io import BytesIO
from typing import Any
from unicodedata import normalize
from urllib.parse import unquote

from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from satisfaction.metrics import REGISTRY
from tests.permissions.people import body_of, browser_of
from tests.permissions.table import METHODS
from tests.permissions.urlmap import CMS, addresses
from tests.sight.stages import World

# Not asked here, and why.
ELSEWHERE = {
    "logout": "would end the session of the one who asks; it answers POST alone",
    "wagtailcore_authenticate_with_password": "opens a page of the editors; the product has no locked one",
}
PART = re.compile(r"<\w+:(\w+)>")
OF_PK = {  # beginning of the name: which rows
    "desk:task_": "task",
    "desk:request_": "request",
    "routing:decision": "request",
    "satisfaction:relay_": "relay",
    "desk:attachment": "attachment",
    "desk:saved_": "saved",
    "desk:subscription": "saved",
    "desk:export": "export",
    "desk:synonym_": "synonyms",
    "desk:account": "user",
}
OF_OTHERS = {
    "desk:discard_draft": "draft",
    "site:file_kind": "filing",
    "site:file_matter": "filing",
    "site:file_contact": "filing",
    "desk:publication_copy": "publication",
    "desk:publication_approval": "publication",
    "desk:publication_withdrawal": "publication",
    "site:answer": "publication",
}
NOBODYS = {"number": "43032926112302999999", "pk": 987654}
TAGS = re.compile(rb"<style.*?</style>|<script.*?</script>|<[^>]*>", re.DOTALL)
HEADS = ("Location", "Content-Type", "Content-Disposition", "Cache-Control")
VOLATILE = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"|"X-CSRFToken": "[^"]*"')
VALUES = re.compile(rb'(?:href|src|value|title|aria-label|content|data-[\w-]+)="([^"]*)"')
BETWEEN = re.compile(r"[\s·.\-]+")


@dataclass(frozen=True)
class Address:
    """An address, and the same for a row that does not exist (``""``: it names no row)."""

    name: str
    url: str
    row: str = ""
    nobodys: str = ""


class UnfilledError(LookupError):
    """An address of which nobody said how to fill it in."""


def every_address(world: World) -> Iterator[Address]:
    """All of them, each for every planted row it can name."""
    for name, route, _pattern in addresses():
        if not route.startswith(CMS) and name not in ELSEWHERE:
            yield from _filled(name, route, world)


def _filled(name: str, route: str, world: World) -> Iterator[Address]:
    parts = PART.findall(route)
    if name == "wagtail_serve":
        yield Address(name, "/")
    elif not parts:
        yield Address(name, reverse(name))
    elif name == "desk:case_contact_end":
        for number in world.rows["held"]:
            yield Address(name, reverse(name, args=[number, 1]))
    elif name in {"satisfaction:figures_export", "satisfaction:figure_cases", "site:letter"}:
        which = {
            "kind": ["csv", "xlsx"],
            "metric": list(REGISTRY),
            "channel": ["mayor", "magistrate"],
        }
        for value in which[parts[0]]:
            yield Address(name, reverse(name, args=[value]))
    else:
        rows = world.rows[_rows_of(name, parts)]
        assert rows, f"nothing was planted for {name}"
        for row in rows:
            nobodys = reverse(name, args=[NOBODYS[parts[0]]]) if parts[0] in NOBODYS else ""
            yield Address(name, reverse(name, args=[row]), str(row), nobodys)


def _rows_of(name: str, parts: list[str]) -> str:
    if name in OF_OTHERS:
        return OF_OTHERS[name]
    if parts == ["number"]:
        return "number" if "GET" in METHODS.get(name, {"GET"}) else "held"
    found = [rows for start, rows in OF_PK.items() if name.startswith(start)]
    if parts != ["pk"] or not found:
        raise UnfilledError(f"{name}: say in OF_PK, OF_OTHERS or ELSEWHERE how it is asked for")
    return found[0]


def said(answer: Any) -> str:
    """All that can be read in an answer: headers, text without tags, cells and paragraphs of files."""
    body = VOLATILE.sub(b"", body_of(answer))
    heads = unquote(" ".join(answer.headers.get(head, "") for head in HEADS))
    text = _unpacked(body) if body.startswith(b"PK") else _page(body)
    return folded(f"{heads} {text}")


def _unpacked(body: bytes) -> str:
    """The cells of a table, or the paragraphs of a text."""
    with zipfile.ZipFile(BytesIO(body)) as packed:
        if "word/document.xml" in packed.namelist():
            return TAGS.sub(b"", packed.read("word/document.xml")).decode()
    book = load_workbook(BytesIO(body))
    rows = (row for sheet in book for row in sheet.iter_rows(values_only=True))
    return " ".join(str(cell) for row in rows for cell in row)


def _page(body: bytes) -> str:
    """What stands between the tags, and what stands in attributes: addresses and values included."""
    return unescape((TAGS.sub(b"", body) + b" | ".join(VALUES.findall(body))).decode())


def folded(text: str) -> str:
    """One spelling for full width, spaces, dots and hyphens."""
    return BETWEEN.sub("", normalize("NFKC", text))


def browser(world: World, relation: str) -> Client:
    """Signed in as the person of a relation."""
    return browser_of(world.people[relation])
