"""What a person may not see is in no hit, total, facet, snippet, page or likeness."""

import pytest

from cases.events.outbox import drain
from cases.models import Case
from search.asking.finding import find
from search.engines.chosen import engine
from search.engines.port import Filters, Sort
from tests.cast import NOON

CANARY = "金丝雀密语"


def everything(user, text=CANARY):
    """All that a person is told about a word, by every way of asking."""
    told = []
    for sort in Sort:
        for filters in (Filters(), Filters(channel=("web",)), Filters(state=("submitted",))):
            result = find(text, user, at=NOON, sort=sort, filters=filters)
            counts = [count for counts in result.facets.values() for count in counts]
            told.append((result.total, len(result.hits), counts, result.next_cursor))
    told.append(engine().similar(text, Case.objects.visible_to(user)))
    return told


NOTHING = [(0, 0, [], "")] * 9 + [[]]


@pytest.fixture
def planted(say, cast):
    """A secret report about the housing bureau, dispatched to the waterworks."""
    case = say(
        f"举报：{CANARY}在局里",
        title=f"{CANARY}",
        demand_type="report",
        respondents=(cast.housing,),
    )
    case.accept(category=cast.leaks, by=cast.dispatcher, at=NOON)
    case.dispatch(lead=cast.water, basis="目录", by=cast.dispatcher, at=NOON)
    drain(at=NOON)
    return case


def test_those_who_may_see_it_do(planted, cast):
    for user in (cast.dispatcher, cast.supervisor, cast.other_clerk):
        told = everything(user)
        assert told[0][0] == 1
        assert told[-1] != []


@pytest.mark.parametrize("who", ["operator", "clerk", "leader", "sysadmin", "auditor"])
def test_those_who_may_not_are_told_nothing(planted, cast, who):
    assert everything(getattr(cast, who)) == NOTHING


def test_choosing_a_foreign_unit_or_month_opens_nothing(planted, cast):
    for filters in (
        Filters(unit=(cast.water.pk,)),
        Filters(month=("2026-11",)),
        Filters(category=(cast.leaks.pk,)),
    ):
        result = find("", cast.clerk, at=NOON, filters=filters)
        assert (result.total, list(result.hits)) == (0, [])
        assert not any(result.facets.values())


def test_without_the_filter_the_canary_would_show(planted, cast):
    """The test above can fail: the same question over all cases does tell."""
    from search.engines.port import Query
    from search.words.query_language import parse

    result = engine().search(Query(NOON, parse(CANARY).terms), Case.objects.all())
    assert result.total == 1
