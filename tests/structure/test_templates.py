"""Templates stand under the same law as code: lines one can read, one place for what a page looks like."""

import re

import pytest
from django.conf import settings

from tests.structure.tree import ROOT, files, ours, templates

LONGEST, AT_ALL = 120, 140
# What cannot be broken: one tag of Django's, one attribute (also under a condition), an element with one
TAG, ATTRIBUTE = r"\{%[^%]*%\}", r"[\w-]+=\"[^\"]*\""
UNBREAKABLE = re.compile(rf"{TAG}|{ATTRIBUTE}\S*|{TAG}\w+{TAG}>?|<\w+ {ATTRIBUTE}>")
STYLE = re.compile(r"<style\b|\sstyle=", re.IGNORECASE)


def found(pattern):
    return [
        f"{path.relative_to(ROOT)}:{number}"
        for path in templates()
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if pattern(line)
    ]


def test_there_are_templates():
    assert len(templates()) > 100


def test_no_line_is_longer_than_a_reader_can_hold():
    def is_long(line):
        may_be = AT_ALL if UNBREAKABLE.fullmatch(line.strip()) else LONGEST
        return len(line) > may_be

    assert found(is_long) == []


def test_a_deadline_is_said_as_one():
    """The end of a day is 24:00 wherever it is shown, never 23:59 (ADR 0006)."""
    assert found(re.compile(r"due\w*\|(when|time|date)\b").search) == []


BLOCK = "main|section|form|aside|article|table|tbody|ol|ul|dl"


def crooked(text):
    """Blocks that close at another depth than they open: the formatter lost its way in them."""
    opened, found = [], []
    for number, line in enumerate(text.splitlines(), 1):
        depth, said = len(line) - len(line.lstrip()), line.strip()
        if begun := re.match(rf"<({BLOCK})\b", said):
            if f"</{begun[1]}>" not in said:
                opened.append((begun[1], depth, number))
        elif ended := re.match(rf"</({BLOCK})>", said):
            name, before, begun_at = opened.pop()
            if (name, before) != (ended[1], depth):
                found.append(begun_at)
    return found


def test_what_opens_and_closes_stands_at_one_depth():
    assert {str(one.relative_to(ROOT)): crooked(one.read_text()) for one in templates()} == {
        str(one.relative_to(ROOT)): [] for one in templates()
    }


def test_a_crooked_block_is_noticed():
    assert crooked("<main>\n  <ol>\n  </ol>\n</main>") == []
    assert crooked("<main>\n  <ol>\n</ol>\n</main>") == [2]


def test_no_page_has_a_style_of_its_own():
    assert found(STYLE.search) == []


@pytest.mark.parametrize("path", templates(), ids=lambda path: path.stem)
def test_a_style_sheet_beside_a_page_is_used_by_it(path):
    named = re.findall(r"\{% static '([^']+\.css)' %\}", path.read_text())
    folders = settings.STATICFILES_DIRS
    assert [one for one in named if not any((folder / one).exists() for folder in folders)] == []


def room(path):
    """The folder whose template it is: what stands before ``templates``."""
    return ROOT.joinpath(
        *path.parts[len(ROOT.parts) : path.parts.index("templates", len(ROOT.parts))]
    )


def test_a_template_lies_beside_the_view_that_shows_it():
    """Or above it, where several rooms show it; those of ``config`` are everybody's."""
    rooms = {
        path.relative_to(room(path) / "templates").as_posix(): room(path)
        for path in templates()
        if not path.is_relative_to(ROOT / "config")
    }
    shown = [
        (path, name)
        for path in ours()
        for name in re.findall(r"\"([\w/]+\.html)\"", path.read_text())
        if name in rooms
    ]
    assert len(shown) > 40
    assert [name for path, name in shown if rooms[name] not in path.parents] == []


def test_no_style_sheet_is_left_over():
    text = "".join(path.read_text() for path in templates())
    sheets = [
        path.as_posix().rpartition("/static/")[2]
        for path in files()
        if path.suffix == ".css" and "static" in path.parts
    ]
    assert len(sheets) > 20
    assert [one for one in sheets if f"'{one}'" not in text] == []
