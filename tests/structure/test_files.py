"""How files are named and how long they may get."""

import ast
import re

import pytest

from tests.structure.tree import ROOT, files, modules

LAYER_NAMES = {
    "utils",
    "util",
    "helpers",
    "helper",
    "services",
    "service",
    "common",
    "managers",
    "misc",
}
LONGEST = 300
LONGEST_FUNCTION = 40
LONGEST_STORY = 80  # a journey is told in one piece
# Written so that this file does not contain what it looks for.
FOREIGN = [
    r"/wor" + r"k/",
    r"\.libr" + r"ary",
    r"files\.python" + r"hosted",
    r"pypi\.(org|python)" + r"/simple",
    r"(artifactory|nexus|verdaccio|devpi)[./]",
    r"--(extra-)?index-" + r"url\s",
    r"--trusted-" + r"host\s",
]


def names(paths):
    return sorted(str(path.relative_to(ROOT)) for path in paths)


def test_no_file_is_longer_than_a_reader_can_hold():
    assert names(p for p in modules() if len(p.read_text().splitlines()) > LONGEST) == []


def test_a_file_is_about_a_subject_never_a_layer():
    assert names(p for p in modules() if p.stem in LAYER_NAMES) == []


def longest(path):
    is_told = path.parent.name in {"journeys", "browser"}
    return LONGEST_STORY if is_told else LONGEST_FUNCTION


def test_no_function_is_longer_than_a_screen():
    long = [
        f"{path.relative_to(ROOT)}: {node.name}"
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno >= longest(path)
    ]
    assert long == []


def test_no_place_of_a_workshop_is_named():
    found = []
    for path in files():
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(ROOT)}: {word}" for word in FOREIGN if re.search(word, text)]
    assert found == []


@pytest.mark.parametrize("mark", ["TO" + "DO", "FIX" + "ME", "XX" + "X "])
def test_nothing_is_left_for_later(mark):
    assert names(p for p in modules() if f"# {mark}" in p.read_text()) == []


def test_requirements_are_pinned_with_hashes_and_name_no_host():
    for name in ("base", "dev"):
        lines = (ROOT / "requirements" / f"{name}.txt").read_text().splitlines()
        pins = [line for line in lines if line and not line.startswith((" ", "#", "-c "))]
        assert pins
        assert [
            line for line in pins if not re.match(r"^[a-z0-9._-]+(\[[a-z,]+\])?==\S+ \\$", line)
        ] == []
        assert "://" not in "\n".join(line for line in lines if not line.lstrip().startswith("#"))
