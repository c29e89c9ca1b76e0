"""Who is at a row is written by the lease alone (ADR 22): its column is named nowhere else in the product."""

import re

import pytest

from cases.events.models.leased import LEASED
from tests.structure.tree import ROOT, ours

ITS_OWN = {"cases/events/lease.py", "cases/events/models/leased.py"}
NAMED = re.compile(rf"\b(\w+__)?{LEASED}(__\w+)?\b")


def test_the_column_is_named_by_the_lease_alone():
    named = {path.relative_to(ROOT).as_posix() for path in ours() if NAMED.search(path.read_text())}
    assert named == ITS_OWN


@pytest.mark.parametrize(
    "planted",
    [
        "row.leased_until = None",
        "rows.update(leased_until=at + PAUSE)",
        'row.save(update_fields=["found", "leased_until"])',
        "rows.filter(reading__leased_until__lt=at)",
    ],
)
def test_a_planted_one_is_found(planted):
    assert NAMED.search(planted)
