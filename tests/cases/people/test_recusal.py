"""The line of a unit: everything above it, its department and everything below (回避)."""

from itertools import product

import pytest

from cases.people.recusal import Tree

# government > housing > (sections roads, works), housing > water (utility) > its section meters; police
ROWS = (
    (1, None, "county"),
    (2, 1, "county"),
    (3, 2, "section"),
    (4, 2, "section"),
    (5, 2, "utility"),
    (6, 5, "section"),
    (7, 1, "county"),
    (8, 7, "section"),
    (9, None, "office"),
)
TREE = Tree.of(ROWS)
ALL = [pk for pk, _parent, _kind in ROWS]


@pytest.mark.parametrize(
    ("respondent", "recused"),
    [
        (2, {1, 2, 3, 4, 5, 6}),  # a bureau: above, itself, all below
        (3, {1, 2, 3, 4, 5, 6}),  # a section: its bureau's whole house
        (5, {1, 2, 5, 6}),  # a firm under a bureau: the bureau above, not the sections beside it
        (6, {1, 2, 5, 6}),
        (8, {1, 7, 8}),
        (9, {9}),
        (1, {1, 2, 3, 4, 5, 6, 7, 8}),
    ],
)
def test_who_must_not_learn_of_it(respondent, recused):
    assert TREE.recused_by(respondent) == recused


def test_several_bar_what_each_of_them_bars_and_none_bars_nobody():
    assert TREE.recused_by(8, 6, 9) == {1, 2, 5, 6, 7, 8, 9}
    assert TREE.recused_by() == set()


def test_barred_is_the_same_relation_seen_from_the_other_side():
    for unit, respondent in product(ALL, ALL):
        assert (respondent in TREE.barred_to(unit)) == (unit in TREE.recused_by(respondent))


def test_a_circle_among_units_ends():
    tree = Tree.of([(1, 2, "section"), (2, 1, "section")])
    assert tree.up(1) == (1, 2)
    assert tree.down(1) == {1, 2}
    assert tree.recused_by(1) == {1, 2}


def test_a_section_without_a_department_is_its_own():
    assert Tree.of([(1, None, "section")]).department(1) == 1
