from datetime import date
from itertools import permutations

import pytest

from cases.clocks.counting import Term
from cases.clocks.policy import NoPolicy, Policy, PolicyFacts, pick

DAY = date(2026, 3, 2)
FACTS = PolicyFacts("mayor", "complaint", "010203", "urgent", "city")


def policy(number, valid_from=date(2020, 1, 1), valid_to=None, terms=None, **conditions):
    asked = dict.fromkeys(("channel", "demand_type", "category_prefix", "urgency", "source_level"))
    return Policy(
        number, **(asked | conditions), valid_from=valid_from, valid_to=valid_to, terms=terms or {}
    )


BY_RANK = [
    policy(1),
    policy(2, demand_type="complaint"),
    policy(3, channel="mayor"),
    policy(4, channel="mayor", demand_type="complaint"),
    policy(5, category_prefix="01"),
    policy(6, category_prefix="0102"),
    policy(7, source_level="city"),
    policy(8, urgency="urgent"),
    policy(9, urgency="urgent", source_level="city"),
]


@pytest.mark.parametrize("known", range(1, len(BY_RANK) + 1))
def test_the_most_specific_wins_whatever_the_order(known):
    wanted = BY_RANK[known - 1]
    assert pick(BY_RANK[:known], FACTS, DAY) is wanted
    assert pick(BY_RANK[known - 1 :: -1], FACTS, DAY) is wanted


@pytest.mark.parametrize(
    "conditions",
    [
        {"channel": "phone"},
        {"demand_type": "help"},
        {"category_prefix": "02"},
        {"category_prefix": "01020304"},
        {"urgency": "normal"},
        {"source_level": "province"},
        {"channel": "mayor", "urgency": "normal"},
    ],
)
def test_a_policy_that_does_not_fit_is_passed_over(conditions):
    assert pick([policy(2, **conditions), policy(1)], FACTS, DAY).id == 1
    with pytest.raises(NoPolicy, match="No deadline policy fits"):
        pick([policy(2, **conditions)], FACTS, DAY)


def test_unknown_facts_fit_only_policies_that_do_not_ask():
    assert pick(BY_RANK, PolicyFacts(), DAY).id == 1


def test_the_latest_valid_one_wins_then_the_latest_version():
    old = policy(1)
    new = policy(2, valid_from=DAY)
    again = policy(3, valid_from=DAY)
    future = policy(4, valid_from=date(2026, 3, 3))
    for order in permutations([old, new, again, future]):
        assert pick(order, FACTS, DAY) is again
        assert pick(order, FACTS, date(2026, 3, 1)) is old
        assert pick(order, FACTS, date(2026, 3, 3)) is future


def test_a_policy_ends_before_its_valid_to():
    ended = policy(1, valid_to=DAY)
    assert pick([ended], FACTS, date(2026, 3, 1)) is ended
    with pytest.raises(NoPolicy):
        pick([ended], FACTS, DAY)


def test_without_policies_none_fits():
    with pytest.raises(NoPolicy):
        pick([], FACTS, DAY)


def test_terms_by_the_name_of_the_clock():
    found = policy(1, terms={"unit": "5wd"})
    assert found.term("unit") == Term.parse("5wd")
    with pytest.raises(NoPolicy, match="Policy 1 v1 sets no term for “promise”"):
        found.term("promise")


def test_faulty_policies_are_refused_with_a_sentence():
    with pytest.raises(ValueError, match="Policy 1 v1: there is no clock “lunch”"):
        policy(1, terms={"lunch": "1wh"})
    with pytest.raises(ValueError, match="Policy 1 v1, unit: “soon” is not a term"):
        policy(1, terms={"unit": "soon"})
