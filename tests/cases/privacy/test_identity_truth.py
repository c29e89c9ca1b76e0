"""The rule measured on letters that a person read: how much it finds, and how much it marks for nothing.

Needs ``HOTLINE_REAL_DATA`` (a folder with ``letters/``); the letters are not part of the product.
``tests/privacy_truth/letters.json`` says where what stands in them, by offsets only. ``name`` is whoever
writes or signs, ``number`` leads to a private person, ``other_name`` is anybody else private (a unit often
has to read that one, so it is counted apart), ``public_number`` is one that an office gives out. Rows are
those of the file with its heading as row 1; the digest shows that the file is still the one that was read.
"""

import csv
import hashlib
import json
import os
from collections import Counter
from pathlib import Path

import pytest
from openpyxl import load_workbook

from cases.privacy.identity.finding import Known, Voice, find, names_in

pytestmark = pytest.mark.real_data
LETTERS = Path(os.environ.get("HOTLINE_REAL_DATA", "/nonexistent")) / "letters"
TRUTH = Path(__file__).parents[2] / "privacy_truth" / "letters.json"
LEFT_OUT = "00000000"  # what stands in the letters where a number was; its spelling is not known
SPELLINGS = (
    "13873100104",
    "138 7310 0104",
    "138.7310.0104",
    "+86 138 7310 0104",
    "（0731）55551234",
    "0731-55551234转801",
)
OURS = {"name", "number"}
OTHERS = {"other_name"}


def read():
    """The fields of each letter by file and row."""
    with (LETTERS / "labelled.csv").open(encoding="utf-8-sig", newline="") as file:
        letters = {
            ("labelled.csv", at): {"title": row["留言主题"], "body": row["留言详情"]}
            for at, row in enumerate(csv.DictReader(file), 2)
        }
    book = load_workbook(LETTERS / "with_replies.xlsx", read_only=True)
    rows = book.worksheets[0].iter_rows(values_only=True)
    letters |= {("with_replies.xlsx", at): {"reply": str(row[5])} for at, row in enumerate(rows, 1)}
    book.close()
    return letters


def marked(fields):
    """The characters of each field that the rule marks, as it is used: names of one text help the other."""
    voice = Voice.UNIT if "reply" in fields else Voice.CITIZEN
    names = frozenset[str]().union(*(names_in(text, voice) for text in fields.values()))
    return {
        field: find(text, Known().and_names(sorted(names)), voice) for field, text in fields.items()
    }


def weigh(truth, fields, counts):
    """Count the spans that are covered whole, and whom each mark is of."""
    for field, marks in marked(fields).items():
        spans = [span for span in truth["spans"] if span[0] == field]
        covered = {at for mark in marks for at in range(mark.start, mark.end)}
        for _field, start, end, kind in spans:
            touched = covered & set(range(start, end))
            is_found = bool(touched) if kind == "public_number" else len(touched) == end - start
            counts[kind, is_found] += 1
        for mark in marks:
            kinds = {kind for _, start, end, kind in spans if mark.start < end and start < mark.end}
            counts[
                "mark", "writer" if kinds & OURS else "other" if kinds & OTHERS else "nobody"
            ] += 1


@pytest.fixture(scope="module")
def letters():
    """The labelled letters: what was read, and the fields of each."""
    if not (LETTERS / "labelled.csv").exists():
        pytest.skip("HOTLINE_REAL_DATA does not lead to letters/labelled.csv")
    all_of_them, labelled = read(), []
    for truth in json.loads(TRUTH.read_text(encoding="utf-8"))["texts"]:
        fields = all_of_them[truth["file"], truth["row"]]
        digest = hashlib.sha256("\n".join(fields.values()).encode()).hexdigest()
        assert digest.startswith(truth["digest"]), (truth["file"], truth["row"])
        labelled.append((truth, fields))
    return labelled


@pytest.fixture(scope="module")
def counts(letters):
    found = Counter()
    for truth, fields in letters:
        weigh(truth, fields, found)
    return found


def rate(counts, kind):
    return counts[kind, True] / (counts[kind, True] + counts[kind, False])


def test_numbers_of_people_are_found(counts):
    assert rate(counts, "number") >= 0.99


def test_names_that_introduce_themselves_are_found(counts):
    assert rate(counts, "name") >= 0.9


def test_numbers_of_offices_stay(counts):
    assert rate(counts, "public_number") <= 0.06


def test_what_is_marked_is_somebody(counts):
    marks = {key[1]: count for key, count in counts.items() if key[0] == "mark"}
    assert 1 - marks["nobody"] / sum(marks.values()) >= 0.95
    assert marks["writer"] / sum(marks.values()) >= 0.9


@pytest.mark.parametrize("number", SPELLINGS)
def test_a_number_is_found_where_letters_have_one_however_spelled(letters, number):
    found = Counter()
    for truth, fields in letters:
        voice = Voice.UNIT if "reply" in fields else Voice.CITIZEN
        for field, start, end, kind in truth["spans"]:
            if kind != "number" or LEFT_OUT not in fields[field][start:end]:
                continue
            text = fields[field][:start] + number + fields[field][end:]
            marks = find(text, voice=voice)
            covered = {at for mark in marks for at in range(mark.start, mark.end)}
            found[covered.issuperset(range(start, start + len(number)))] += 1
    assert found[True] / found.total() >= 0.99


def test_a_name_known_of_the_case_is_found_wherever_it_stands(letters):
    for truth, fields in letters:
        spans = [span for span in truth["spans"] if span[3] == "name"]
        known = Known(names=tuple({fields[field][a:b] for field, a, b, _kind in spans}))
        for field, start, end, _kind in spans:
            covered = {
                at for mark in find(fields[field], known) for at in range(mark.start, mark.end)
            }
            assert covered.issuperset(range(start, end)), (truth["row"], field, start)
