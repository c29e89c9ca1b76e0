"""Tests stand in the room that they test: ``tests/<app>/`` has the folders of the app, and no others."""

import pytest

from tests.structure.tree import APPS, ROOT, modules

HAVE_ROOMS = [app for app in APPS if app != "config"]  # settings and processes lie at one level


def under(app):
    """The test files of an app, as they stand under its folder."""
    folder = ROOT / "tests" / app
    return [path.relative_to(folder) for path in modules() if path.is_relative_to(folder)]


@pytest.mark.parametrize("app", HAVE_ROOMS)
def test_a_folder_of_tests_is_a_room(app):
    rooms = {path.parts[0] for path in under(app) if len(path.parts) > 1}
    assert rooms
    assert [room for room in sorted(rooms) if not any((ROOT / app / room).glob("*.py"))] == []


@pytest.mark.parametrize("app", HAVE_ROOMS)
def test_a_test_beside_the_rooms_is_about_a_module_beside_the_rooms(app):
    tests = [path for path in under(app) if len(path.parts) == 1 and path.match("test_*.py")]
    subjects = [path.name.removeprefix("test_") for path in tests]
    assert [name for name in subjects if not (ROOT / app / name).is_file()] == []
