"""A policy in words: the conditions, not the code."""

from datetime import date

import pytest
from django.utils import translation

from cases.clocks.in_force import forget
from cases.clocks.words import policy_words
from cases.models import DeadlinePolicy


@pytest.fixture
def english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("conditions", "said"),
    [
        ({}, "matters without a rule of their own"),
        ({"demand_type": "complaint"}, "Complaint"),
        ({"channel": "web", "demand_type": "help"}, "Website · Request for help"),
        ({"category_code": "0701"}, "category 0701"),
        ({"urgency": "urgent", "category_code": "07"}, "Urgent · category 07"),
        ({"version": 2, "urgency": "urgent"}, "Urgent (version 2)"),
    ],
)
def test_a_policy_says_for_which_cases_it_is(db, english, conditions, said):
    policy = DeadlinePolicy.objects.create(
        **{"code": "ours", "version": 1, "valid_from": date(2026, 1, 1), "terms": {}} | conditions
    )
    forget()
    assert policy_words(f"ours v{policy.version}") == said


def test_a_policy_of_before_and_none_at_all(reference, english):
    assert policy_words("default v99") == "a rule that is no longer in force"
    assert policy_words("") == ""
