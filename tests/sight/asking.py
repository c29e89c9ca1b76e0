"""Everything one person can open: each address, lists by their cuts, searches and look-ups."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from tests.permissions.people import body_of
from tests.permissions.test_cms import routes
from tests.sight.addresses import browser, every_address, folded, said
from tests.sight.planting import SAID_BY, Planted
from tests.sight.promise import EXISTS, FILES, IDENTITY, LOOKUP, MASK, WORDS
from tests.sight.stages import World

FORM_ONLY, SERVER_FAULT = 405, 500
DESKS = {  # a case chosen on a desk, and the stage at which it stands there
    "waiting": "routing:dispatch",
    "replied": "desk:reply_review",
    "callback": "satisfaction:callbacks",
    "dissatisfied": "satisfaction:dissatisfied",
}
CUTS = {
    "desk:notices": ({"show": "all"},),
    "routing:dispatch": ({"queue": "accepted"}, {"queue": "returned"}),
    "routing:requests": ({"kind": "extension"},),
    "satisfaction:board": ({"class": "red"}, {"class": "yellow"}),
    "satisfaction:figures": ({"period": "month"},),
    "desk:audit": ({"of": "views"}, {"of": "system"}),
    "desk:search": (
        {"q": "水表"},
        {"q": "水表", "sort": "relevance"},
        {"q": "水表", "counts": "now"},
        {"q": "乱收钱"},
        {"q": "附件:收据"},
        {"since": "2026-11-01"},
    ),
    "desk:exports": ({"q": "水表"},),
    "desk:export_new": ({"q": "水表"},),
    "site:search": ({"q": "水表"}, {"q": "画眉弄"}),
    "site:answers": ({"q": "收费"},),
}


@dataclass(frozen=True)
class Answer:
    """What one address said (folded), or a look-up that found something."""

    label: str
    text: str
    about: str = (
        ""  # the number of the case whose own address answered as none that does not exist does
    )
    found: str = ""  # the number of a case a look-up led to


def ask_everything(world: World, relation: str) -> list[Answer]:
    """All answers to a person; kept, for a test for each secrecy reads the same."""
    if relation not in world.answers:
        client = browser(world, relation)
        answers = list(_addresses(client, world))
        answers += _cuts(client, world)
        answers += _look_ups(client, world)
        if relation == "system administrator":
            answers += _of_the_editors(client)
        world.answers[relation] = answers
    return world.answers[relation]


def _addresses(client: Any, world: World) -> Iterator[Answer]:
    nobodys: dict[str, tuple[int, str]] = {}
    forms_only: set[str] = set()
    for one in every_address(world):
        if one.name in forms_only:
            continue
        answer = client.get(one.url)
        assert answer.status_code < SERVER_FAULT, (one.url, answer.status_code)
        if answer.status_code == FORM_ONLY:
            forms_only.add(one.name)
            continue
        text = said(answer)
        if one.nobodys:
            if one.nobodys not in nobodys:
                twin = client.get(one.nobodys)
                nobodys[one.nobodys] = twin.status_code, _without(said(twin), one.nobodys)
            if (answer.status_code, _without(text, one.url)) == nobodys[one.nobodys]:
                continue  # like a row that does not exist: nothing is told
        yield Answer(one.url, text, about=one.row)


def _without(text: str, url: str) -> str:
    """The answer without the address asked for, which it may repeat."""
    text = text.replace(folded(url), "")
    return re.sub(r"\d{20}", "", text) if re.search(r"\d{20}", url) else text


def _cuts(client: Any, world: World) -> Iterator[Answer]:
    for name, cuts in CUTS.items():
        for cut in cuts:
            yield _asked(client, name, cut)
    for one in world.cases:
        if one.stage in DESKS:
            yield _asked(client, DESKS[one.stage], {"case": one.number}, typed=one.number)
        else:
            yield _asked(client, "desk:search", {"q": one.words}, typed=one.words)
            yield _asked(client, "desk:search", {"q": one.inside}, typed=one.inside)
            yield _asked(client, "desk:search", {"q": one.number}, typed=one.number)
    for name, phone in SAID_BY.values():
        yield _asked(client, "desk:search", {"q": name}, typed=name)
        yield _asked(client, "desk:operator", {"phone": phone}, typed=phone)


def _asked(client: Any, name: str, cut: dict[str, str], typed: str = "") -> Answer:
    answer = client.get(reverse(name), cut, follow=True)
    return Answer(f"{reverse(name)} {cut}", _unechoed(said(answer), answer, typed))


def _unechoed(text: str, answer: Any, typed: str) -> str:
    """What was typed stands in the box again; only a hit links to a case."""
    is_whom = any(typed in said for said in SAID_BY.values())
    if not typed or (b"/desk/cases/" in body_of(answer) and not is_whom):
        return text
    return text.replace(folded(typed), "")


def _of_the_editors(client: Any) -> Iterator[Answer]:
    """Wagtail's own pages, which ``permissions.test_cms`` finds closed to everybody else."""
    for path in (
        routes()
    ):  # some fail on made-up ids, one is made to fail: what they say counts all the same
        yield Answer(path, said(client.get(path)))


def _look_ups(client: Any, world: World) -> Iterator[Answer]:
    """By the citizen's number in the search, which is sent and not part of an address."""
    for _name, phone in SAID_BY.values():
        answer = client.post(reverse("desk:search"), {"q": f"电话:{phone}"}, follow=True)
        text = said(answer)
        for one in world.cases:
            if f"/desk/cases/{one.number}" in text:
                yield Answer(f"电话:{phone}", "", found=one.number)


def things(answer: Answer, one: Planted) -> set[str]:
    """What of a case stands in an answer."""
    text = answer.text
    found = {
        EXISTS: one.number in {answer.about, answer.found} or one.number in text,
        WORDS: one.words in text,
        MASK: any(mask in text for mask in masks(one)),
        IDENTITY: one.name in text or one.phone in text,
        FILES: one.file in text or one.inside in text,
        LOOKUP: answer.found == one.number,
    }
    return {what for what, is_there in found.items() if is_there}


def masks(one: Planted) -> tuple[str, str]:
    """司*雀 and 139****8990, as text is folded."""
    return (
        f"{one.name[0]}*{one.name[-1]}",
        f"{one.phone[:3]}****{one.phone[-4:]}",
    )
