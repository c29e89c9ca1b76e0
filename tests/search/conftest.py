"""Cases worth finding, each indexed by the outbox as in the running product."""

import pytest

from tests.cast import NOON, wang_says


@pytest.fixture
def say(cast):
    """Register a matter and let the outbox index it; returns the case."""
    from cases.outbox import drain

    count = iter(range(1, 10_000))

    def register(content, **said):
        key = f"search-{next(count)}"
        case = wang_says(cast, key=key, content=content, **({"title": content[:20]} | said))
        drain(at=said.get("at", NOON))
        return case

    return register


@pytest.fixture
def found(cast):
    """Numbers found for a text by a person (the dispatcher unless told)."""
    from search.finding import find

    def numbers(text, user=None, **asked):
        result = find(text, user or cast.dispatcher, at=NOON, **asked)
        assert not result.degraded
        assert result.total >= len(result.hits)
        return [hit.case.number for hit in result.hits]

    return numbers
