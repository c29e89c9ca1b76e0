"""Accepted survivors are about code that is still there, and each says why it may live."""

import pytest

from tests.mutants.run import settings
from tests.mutants.survivors import Survivor, accepted, read
from tests.rules import names, path_of
from tests.structure.tree import ROOT

SHOWN = """# cases.clocks.term.xǁTermǁparse__mutmut_5: survived
--- cases/clocks/term.py
+++ cases/clocks/term.py
@@ -5,6 +5,6 @@
     if not found:
-        raise ValueError(
-            "an amount"
+        raise ValueError(
+            "XXan amountXX"
         )
"""


def test_a_survivor_is_read_from_what_mutmut_shows():
    found = read("cases.clocks.term.xǁTermǁparse__mutmut_5", SHOWN)
    assert (found.module, found.function) == ("cases.clocks.term", "Term.parse")
    assert found.was == 'raise ValueError( "an amount"'
    assert found.becomes == 'raise ValueError( "XXan amountXX"'


def test_a_function_of_the_module_keeps_its_underscore():
    found = read("cases.people.permissions.x__holds__mutmut_2", "@@ -1 +1 @@\n-a\n+b\n")
    assert (found.module, found.function) == ("cases.people.permissions", "_holds")


def test_a_reason_does_not_tell_survivors_apart():
    one = Survivor("a", "b", "c", "d")
    assert one == Survivor("a", "b", "c", "d", "the order does not matter")
    assert one != Survivor("a", "b", "c", "e", "the order does not matter")


def test_accepted_survivors_are_about_rule_modules():
    assert {one.module for one in accepted()} <= set(names())


@pytest.mark.parametrize("survivor", accepted(), ids=lambda one: f"{one.module}.{one.function}")
def test_an_accepted_survivor_has_a_reason_and_its_line(survivor):
    assert len(survivor.reason.split()) > 3
    source = (ROOT / path_of(survivor.module)).read_text("utf-8")
    told = " ".join(line.strip() for line in source.splitlines())
    assert survivor.was in told, (
        "the line is gone: so is its survivor, take it out of accepted.toml"
    )
    assert f"def {survivor.function.rpartition('.')[2]}(" in source


def test_the_tests_of_a_module_are_those_nearest_to_it():
    told = settings(["cases.clocks.term", "search.words.days"])
    assert 'only_mutate = ["cases/clocks/term.py", "search/words/days.py"]' in told
    assert '["tests/cases/clocks", "tests/search/words"]' in told
