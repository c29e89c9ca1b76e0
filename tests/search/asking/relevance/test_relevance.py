"""Relevance of each engine on the judged questions, printed, and never below the bar.

Run with ``-s`` to see every question. The bar is the first honest run, rounded down.
"""

import pytest
from django.core.management import call_command
from django.db import connection

from search.asking.finding import find
from search.engines.port import Sort
from search.indexing.upkeep import refresh
from tests.cast import NOON
from tests.search.asking.relevance.county import corpus, questions, register_all
from tests.search.asking.relevance.measures import ndcg, precision, recall

NDCG, RECALL, PRECISION = 0.96, 0.95, 0.96


@pytest.fixture
def county(cast):
    call_command("load_reference", "--only", "synonyms", verbosity=0)
    cases = register_all(cast)
    refresh([case.pk for case in cases.values()])
    return cases


def typed_by_a_person(text, county):
    for name, case in county.items():
        text = text.replace(f"«{name}»", case.number[10:19]).replace(f"«{name}$»", case.number[-4:])
    return text


def test_the_set_is_large_and_sound():
    names = [row.name for row in corpus()]
    assert len(names) == len(set(names)) >= 150
    asked = questions()
    assert len({one.typed for one in asked}) == len(asked) >= 60
    for one in asked:
        assert one.judged
        assert set(one.judged) <= set(names), one.typed
        assert set(one.judged.values()) <= {1, 2, 3}, one.typed


def test_every_engine_answers_as_well_as_ever(county, cast, searched_by, capsys):
    names = {case.number: name for name, case in county.items()}
    rows = []
    for typed, judged in questions():
        text = typed_by_a_person(typed, county)
        result = find(text, cast.dispatcher, at=NOON, sort=Sort.RELEVANCE)
        ranked = [names[hit.case.number] for hit in result.hits]
        assert not result.degraded
        measured = (ndcg(ranked, judged), recall(ranked, judged), precision(ranked, judged))
        rows.append((typed, *measured, ranked))
    means = [sum(row[place] for row in rows) / len(rows) for place in (1, 2, 3)]
    with capsys.disabled():
        print(  # noqa: T201 - the figures are to be seen
            f"\n{searched_by} ({connection.vendor}): nDCG@10 {means[0]:.3f}, recall {means[1]:.3f}, "
            f"precision {means[2]:.3f} (n = {len(rows)} questions, {len(names)} cases)"
        )
    for typed, gain, share, clean, ranked in sorted(rows, key=lambda row: row[1]):
        print(  # noqa: T201 - shown with -s and when it fails
            f"{gain:.2f} {share:.2f} {clean:.2f} {typed}: {' '.join(ranked[:12])}"
        )
    assert means[0] >= NDCG
    assert means[1] >= RECALL
    assert means[2] >= PRECISION
