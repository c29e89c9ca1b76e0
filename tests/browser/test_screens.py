"""Every screen of the demonstration in Chromium: no fault, no barrier, and light enough for an old PC.

One test visits all of them, so that the demonstration is prepared once (DEMO_FOLDER keeps it).
"""

import os
from pathlib import Path

import pytest

from tests.browser import chromium
from tests.browser.office import demonstration
from tests.browser.screens import SCREENS
from tests.browser.visiting import Visit

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("demonstration")]
HEAVIEST, MOST_REQUESTS = 150 * 1024, 12
GRAVE = {"serious", "critical"}


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    kept = os.environ.get("DEMO_FOLDER")
    with demonstration(Path(kept) if kept else tmp_path_factory.mktemp("office")) as running:
        yield running


def barriers(page) -> list[str]:
    """What axe-core finds serious or critical, with the first element of each."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']} ({len(one['nodes'])}): {one['nodes'][0]['html'][:160]}"
        for one in found
        if one["impact"] in GRAVE
    ]


def weight(visit) -> list[str]:
    """What a first visit with an empty cache costs, when it is too much."""
    sizes = [request.sizes() for request in visit.requests]
    total = sum(size["responseHeadersSize"] + size["responseBodySize"] for size in sizes)
    too_much = []
    if total > HEAVIEST:
        too_much.append(f"weighs {total // 1024} KB")
    if len(sizes) > MOST_REQUESTS:
        too_much.append(f"takes {len(sizes)} requests")
    return too_much


@pytest.mark.parametrize("size", chromium.SIZES)
def test_every_screen_works_is_accessible_and_light(office, chrome, size):
    faults = []
    for screen in SCREENS:
        visit = Visit(chrome, office, screen, size)
        page = visit.arrive()
        found = visit.faults + barriers(page)
        if not screen.way:
            assert visit.requests
            found += weight(visit)
        faults += [f"{screen.name}: {fault}" for fault in found]
        visit.close()
    assert not faults, "\n".join(faults)
