"""Identity typed into texts is found, and what a unit needs to read stays."""

from itertools import product

import pytest

from cases.privacy.identity.finding import Known, Mark, Voice, find
from tests.cases.privacy import sentences

KINDS = {"<": "name", "[": "number", "{": "home"}
KNOWN = Known(
    names=("王芳", "李明", "高兴", "王平", "欧阳娜娜", "买买提·艾力", "David Wang", "匿名"),
    numbers=("13873100104", "0731-55551234"),
)


def lines(text):
    """The sentences; a line that ends inside brackets goes on."""
    found = []
    for line in text.strip("\n").split("\n"):
        if found and found[-1].count("[") > found[-1].count("]"):
            found[-1] += "\n" + line
        else:
            found.append(line)
    return found


def read(marked):
    """The bare text of a sentence, and the marks that belong to it."""
    text, marks, start, kind = "", [], 0, ""
    for letter in marked:
        if letter in KINDS:
            start, kind = len(text), KINDS[letter]
        elif letter in ">]}":
            marks.append(Mark(start, len(text), kind))
        else:
            text += letter
    return text, tuple(marks)


def told(text, marks):
    """What is marked, to be compared and read in a failure; neighbours of one kind are one."""
    joined = []
    for mark in marks:
        if joined and joined[-1][1] == mark.start and joined[-1][2] == mark.kind:
            joined[-1] = (joined[-1][0], mark.end, mark.kind)
        else:
            joined.append((mark.start, mark.end, mark.kind))
    return [(text[start:end], kind) for start, end, kind in joined]


@pytest.mark.parametrize("marked", lines(sentences.OF_STRANGERS))
def test_who_says_who_they_are_is_found(marked):
    text, marks = read(marked)
    assert told(text, find(text)) == told(text, marks)


@pytest.mark.parametrize("marked", lines(sentences.OF_KNOWN))
def test_what_is_known_of_the_case_is_found_however_spelled(marked):
    text, marks = read(marked)
    assert told(text, find(text, KNOWN)) == told(text, marks)


@pytest.mark.parametrize("text", lines(sentences.OF_NOBODY))
def test_what_is_nobodys_stays(text):
    assert told(text, find(text)) == []


@pytest.mark.parametrize("marked", lines(sentences.OF_UNITS))
def test_a_unit_keeps_its_own_numbers(marked):
    text, marks = read(marked)
    assert told(text, find(text, voice=Voice.UNIT)) == told(text, marks)


@pytest.mark.parametrize(
    ("template", "name", "number"),
    list(product(sentences.TEMPLATES, sentences.NAMES, sentences.NUMBERS)),
)
def test_templates(template, name, number):
    text = template.format(name=name, number=number)
    assert told(text, find(text)) == [(name, "name"), (number, "number")]


def test_there_are_enough_sentences():
    groups = (
        sentences.OF_STRANGERS,
        sentences.OF_KNOWN,
        sentences.OF_NOBODY,
        sentences.OF_UNITS,
    )
    by_hand = {line for group in groups for line in lines(group)}
    made = len(sentences.TEMPLATES) * len(sentences.NAMES) * len(sentences.NUMBERS)
    assert len(by_hand) >= 150
    assert len(by_hand) + made >= 300
