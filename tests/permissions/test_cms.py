"""The editors' interface: every address of it is closed to everybody but the system administrator."""

import re

import pytest
from django.test import Client

from tests.cast import person
from tests.permissions.people import browser_of
from tests.permissions.urlmap import CMS, addresses


def routes():
    """A path for every pattern without groups of its own; parts are filled in by kind."""
    kinds = {"int": "1", "slug": "a", "str": "a", "": "a"}
    for _name, route, _pattern in addresses():
        if route.startswith(CMS):
            path = re.sub(r"<(?:(\w+):)?\w+>", lambda part: kinds[part[1] or ""], route)
            path = path.replace("^", "").replace("$", "")
            if "(" not in path and "*" not in path:
                yield f"/{path}"


@pytest.mark.parametrize("who", ["clerk", "supervisor", "security_admin", "anonymous"])
def test_every_address_is_closed(cast, who):
    users = {"anonymous": None, "clerk": cast.clerk, "supervisor": cast.supervisor}
    user = users[who] if who in users else person("guard", "罗琴", None, who)
    client, paths, opened = browser_of(user), list(routes()), []
    assert len(paths) > 150
    for path in paths:
        answer = client.get(path)
        if user is None and answer.headers.get("Location", "").startswith("/login/"):
            continue
        if user is None or answer.status_code != 404:
            opened.append((path, answer.status_code))
    assert not opened, "\n".join(map(str, opened))


def test_there_is_one_log_in_only(cast):
    answer = Client().post("/cms/login/", {"username": "sysadmin", "password": "password"})
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/login/")
