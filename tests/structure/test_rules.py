"""Which modules hold rules is said in one place, and what is said there is true."""

import configparser
from fnmatch import fnmatch

import pytest

from tests.rules import ALSO_TESTED_IN, NOT_GATED, measured, names, path_of
from tests.structure.tree import ROOT, ours

TOLD = measured()


def pure():
    """The modules that know no framework, as their contract names them."""
    parser = configparser.ConfigParser()
    parser.read(ROOT / ".importlinter")
    return parser["importlinter:contract:rules"]["source_modules"].split()


def test_branches_are_counted():
    assert TOLD["branch"] is True
    assert len(names()) > 40


@pytest.mark.parametrize("room", TOLD["source"])
def test_a_room_that_is_measured_is_there(room):
    assert any((ROOT / room).glob("*.py"))


@pytest.mark.parametrize("left_out", TOLD["omit"])
def test_what_is_left_out_is_there(left_out):
    assert any(fnmatch(str(path.relative_to(ROOT)), left_out) for path in ours())


def test_every_pure_module_is_measured_or_says_why_not():
    known = set(names())
    missing = [
        name
        for name in pure()
        if name not in known and not any(name.startswith(room) for room in NOT_GATED)
    ]
    assert missing == []


@pytest.mark.parametrize("room", NOT_GATED)
def test_what_is_not_gated_is_pure_and_not_measured(room):
    assert any(name.startswith(room) for name in pure())
    assert not any(name.startswith(room) for name in names())
    assert len(NOT_GATED[room].split()) > 3


@pytest.mark.parametrize("name", ALSO_TESTED_IN)
def test_tests_elsewhere_are_those_of_a_rule_module(name):
    assert (ROOT / path_of(name)).is_file()
    assert name in names()
    assert all((ROOT / place).exists() for place in ALSO_TESTED_IN[name])


def test_a_line_that_need_not_run_says_why():
    lines = [
        line.partition("pragma: no cover")[2]
        for path in ours()
        for line in path.read_text("utf-8").splitlines()
        if "pragma: no cover" in line
    ]
    assert [line for line in lines if len(line.split()) < 3] == []
