"""Facets: true counts of what choosing each value would give, within what the person may see."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cases.models import Region, Unit
from hotline.desk.search.asked import SearchNarrowForm, asked
from search.asking.finding import find
from search.engines.port import FACETS, CountsWanted, Filters
from tests.cast import NOON

LATER = NOON + timedelta(days=60)


def counts(result):
    """Facets as plain numbers."""
    return {name: {c.value: c.count for c in result.facets[name]} for name in FACETS}


@pytest.fixture
def three(say, cast):
    """In a village and urgent, in a township and late, nowhere and ordinary."""
    village = Region.objects.create(
        code="430329101201", name="柳塘村", parent=cast.place, level="village"
    )
    section = Unit.objects.create(
        code="section", name="抢修队", short_name="抢修队", kind="section", parent=cast.water
    )
    say("停水一", region=village, urgency="urgent", channel="phone")
    late = say("停水二")
    late.accept(category=cast.leaks, by=cast.dispatcher, at=NOON)
    late.dispatch(lead=section, basis="目录", by=cast.dispatcher, at=NOON)
    say("停水三", region=None)
    return late


def test_every_facet_counts_what_choosing_it_gives(three, cast):
    from django.http import QueryDict

    result = find("停水", cast.dispatcher, at=LATER)
    told = counts(result)
    assert told["region"] == {"430329101": 2}
    assert told["urgency"] == {"normal": 2, "urgent": 1}
    assert told["overdue"] == {"yes": 1, "no": 2}
    assert told["unit"] == {"water": 1, "section": 1}  # one case, under the unit and its section
    for name in FACETS:
        assert told[name], name
        for value, count in told[name].items():
            wanted = asked(QueryDict(f"{name}={value}"), SearchNarrowForm()).filters()
            assert wanted != Filters(), name
            assert find("停水", cast.dispatcher, at=LATER, filters=wanted).total == count, name


def test_a_choice_leaves_its_own_facet_whole_and_narrows_the_others(three, cast):
    narrowed = {
        "urgency": replace(Filters(), urgency=("urgent",)),
        "overdue": replace(Filters(), overdue=("yes",)),
        "region": replace(Filters(), region=(cast.place.pk,)),
    }
    whole = counts(find("停水", cast.dispatcher, at=LATER))
    for name, wanted in narrowed.items():
        told = counts(find("停水", cast.dispatcher, at=LATER, filters=wanted))
        assert told[name] == whole[name], name
        assert told["state"] != whole["state"], name


def test_overdue_is_asked_for_a_moment(three, cast):
    told = counts(find("停水", cast.dispatcher, at=NOON))
    assert told["overdue"] == {"no": 3}
    late = Filters(overdue=("yes",))
    hits = find("停水", cast.dispatcher, at=LATER, filters=late).hits
    assert [hit.case for hit in hits] == [three]
    both = Filters(overdue=("yes", "no"))
    assert find("停水", cast.dispatcher, at=LATER, filters=both).total == 3


def test_facets_count_no_case_that_the_person_may_not_see(three, cast):
    """The clerk of housing sees none of the three: no number is left in any facet."""
    assert not any(counts(find("停水", cast.clerk, at=LATER)).values())
    seen = find("停水", cast.other_clerk, at=LATER)  # of the water company, above the section
    assert (seen.total, counts(seen)["urgency"]) == (1, {"normal": 1})


def test_what_needs_no_number_has_no_facets_counted(say, cast):
    say("停水")
    bare = find("停水", cast.dispatcher, at=NOON, counts=CountsWanted.NEVER)
    whole = find("停水", cast.dispatcher, at=NOON)
    assert (bare.is_counted, bare.facets, bare.total) == (False, {}, 1)
    assert (whole.is_counted, bool(whole.facets["state"])) == (True, True)
    assert [hit.case.pk for hit in bare.hits] == [hit.case.pk for hit in whole.hits]
