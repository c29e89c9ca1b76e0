"""The shipped files agree with each other: every code named somewhere exists."""

import csv
import json
import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
DEMO = ROOT / "hotline/data/demo"
BUILT_FROM_CASE = {
    "town", "village", "visit_date", "done_date", "month", "unit", "unit_phone",
    "title", "mailbox", "mailbox_title",
}  # fmt: skip


def rows(path: str) -> list[dict[str, str]]:
    with (ROOT / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def demo(name: str):
    return json.loads((DEMO / name).read_text(encoding="utf-8"))


UNITS = {row["code"]: row for row in rows("cases/data/units.csv")}
CATEGORIES = {row["code"] for row in rows("cases/data/categories.csv")}
REGIONS = {row["code"]: row for row in rows("cases/data/regions.csv")}
CATALOGUE = rows("routing/data/catalogue.csv")
RULES = rows("routing/data/rules.csv")
MATTERS = demo("matters.json")
LETTERS = demo("letters.json")


def lead_by_the_book(code: str) -> str | None:
    """The lead by catalogue, else by the first rule that asks only for the category."""
    for entry in CATALOGUE:
        if entry["category_code"] == code:
            return entry["lead"]
    conditions = ("region", "words", "channel", "urgency", "demand_type", "hours")
    for rule in RULES:
        if code.startswith(rule["category"]) and not any(rule[name] for name in conditions):
            return rule["lead"]
    return None


def test_the_files_are_of_the_promised_size():
    by_level = Counter(len(code) for code in CATEGORIES)
    assert (by_level[2], by_level[4], by_level[6]) == (15, 77, 311)
    assert len(CATALOGUE) == 249
    assert len(RULES) == 45
    assert sum(row["level"] == "town" for row in REGIONS.values()) == 14
    assert len(LETTERS) == 56


def test_every_township_has_its_government():
    towns = {row["name"] for row in REGIONS.values() if row["level"] == "town"}
    assert towns == {row["short_name"] for row in UNITS.values() if row["kind"] == "town"}


@pytest.mark.parametrize("entry", [*CATALOGUE, *RULES], ids=lambda row: row["lead"])
def test_catalogue_and_rules_name_units_and_categories(entry):
    category = entry.get("category_code") or entry["category"]
    assert category in CATEGORIES
    assert {entry["lead"], *entry["assisting"].split()} <= {"@town", *UNITS}
    assert entry["lead"] not in entry["assisting"].split()


def test_catalogue_numbers_and_rule_orders_are_given_once():
    assert len({entry["number"] for entry in CATALOGUE}) == len(CATALOGUE)
    assert len({rule["order"] for rule in RULES}) == len(RULES)
    assert {rule["region"] for rule in RULES} <= {"", *REGIONS}


# The book sends village accounts to the township, which is in the line of the village complained about.
BY_THE_BOOK = [matter for matter in (*MATTERS, *LETTERS) if matter["key"] != "village-books"]


@pytest.mark.parametrize("matter", BY_THE_BOOK, ids=lambda matter: matter["key"])
def test_demo_matters_go_where_the_book_says(matter):
    assert matter["unit"] == lead_by_the_book(matter["category_code"])


def test_demo_texts_use_only_known_slots():
    used = set(re.findall(r"\{(\w+)\}", json.dumps([MATTERS, LETTERS])))
    assert used <= set(demo("slots.json")) | BUILT_FROM_CASE


@pytest.mark.parametrize("matter", MATTERS, ids=lambda matter: matter["key"])
def test_demo_replies_say_enough(matter):
    for variant in matter["variants"]:
        assert len(variant["title"]) >= 6
        for reply in variant["replies"]:
            assert 95 <= len(reply) <= 260


def test_keys_of_matters_and_letters_are_given_once():
    for texts in (MATTERS, LETTERS):
        assert [key for key, n in Counter(one["key"] for one in texts).items() if n > 1] == []


def test_demo_staff_work_in_real_units():
    staff = demo("people.json")["staff"]
    assert {one["unit"] for one in staff} <= set(UNITS)
    assert len({one["username"] for one in staff}) == len(staff)
