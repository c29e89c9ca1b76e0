"""Cases worth finding, each indexed by the outbox as in the running product.

Every test with the cast runs on the engine inside the database, and once more on a search server
when ``TEST_ELASTICSEARCH_URL`` names one (`make test-services`). A test that is about one of them
is marked ``embedded_only`` or ``elastic_only``.
"""

import os
from datetime import timedelta
from itertools import count

import pytest
from django.db import connection

from tests.cast import NOON, wang_says

SERVER = os.environ.get("TEST_ELASTICSEARCH_URL", "")
PREFIX = f"test-{os.getpid()}"
FRESH_IDS = count(1_000_000, 1_000)


def pytest_generate_tests(metafunc):
    """Ask for the cast, and a test runs once for each engine."""
    if "searched_by" not in metafunc.fixturenames:
        return
    marks = {mark.name for mark in metafunc.definition.iter_markers()}
    kinds = ["embedded", *(["elasticsearch"] if SERVER else [])]
    if "embedded_only" in marks:
        kinds = ["embedded"]
    if "elastic_only" in marks:
        kinds = ["elasticsearch"]
    metafunc.parametrize("searched_by", kinds, indirect=True)


@pytest.fixture(scope="session")
def index_on_server():
    """One index for all tests of this process; making one takes the server half a second."""
    from search.engines.elastic.engine import ElasticEngine

    assert SERVER, "TEST_ELASTICSEARCH_URL is missing: make test-services starts a server"
    server = ElasticEngine([SERVER], PREFIX)
    server.rebuild(anew=True).finish()
    yield server
    drop(server)


def drop(server):
    """Remove every index of a test."""
    for alias in (server.indices.alias, server.indices.next):
        for name in server.indices.behind(alias):
            server.server.client.indices.delete(index=name)


@pytest.fixture
def searched_by(request, db, settings):
    """The engine under test; on the server the index is empty when a test begins."""
    if request.param == "embedded":
        return request.param
    from search.engines.chosen import elastic

    request.getfixturevalue("index_on_server")
    settings.ELASTICSEARCH_URLS = [SERVER]
    settings.ELASTICSEARCH_PREFIX = PREFIX
    server = elastic()
    server.is_seen_at_once = True
    for entries in list(server.indices.versions()):
        server.remove([pk for pk, _ in entries])
    with connection.cursor() as cursor:  # a removed id never returns: each test has ids of its own
        if connection.vendor == "sqlite":
            cursor.execute(
                "INSERT INTO sqlite_sequence (name, seq) VALUES ('cases_case', %s)",
                [next(FRESH_IDS)],
            )
        else:
            cursor.execute("SELECT setval('cases_case_id_seq', %s)", [next(FRESH_IDS)])
    return request.param


@pytest.fixture
def cast(cast, searched_by):
    """Everybody, with the engine under test."""
    return cast


@pytest.fixture
def say(cast):
    """Register a matter and let the outbox index it; returns the case."""
    from cases.events.outbox import drain

    keys = count(1)

    def register(content, **said):
        key = f"search-{next(keys)}"
        case = wang_says(cast, key=key, content=content, **({"title": content[:20]} | said))
        drain(at=said.get("at", NOON))
        return case

    return register


@pytest.fixture
def found(cast):
    """Numbers found for a text by a person (the dispatcher unless told)."""
    from search.asking.finding import find

    def numbers(text, user=None, **asked):
        result = find(text, user or cast.dispatcher, at=NOON, **asked)
        assert not result.degraded
        assert result.total >= len(result.hits)
        return [hit.case.number for hit in result.hits]

    return numbers


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def approved(cast):
    """An export of what a dispatcher finds, approved by the supervisor."""

    def make(words="停水", total=1, by=None):
        from search.asking.question import Question
        from search.exports.exporting import ask

        export = ask(Question(words), total, "上报县政府", by=by or cast.dispatcher, at=NOON)
        return export.approve(by=cast.supervisor, at=NOON + timedelta(hours=1), note="同意")

    return make


@pytest.fixture
def with_file(say):
    """A case about water with a file about a contract, read and indexed."""
    from tests.papers import docx
    from tests.search.attached import attach, worked_off

    def make(*paragraphs, name="供水合同.docx", **said):
        case = say(said.pop("content", "小区停水三天"), **said)
        attach(case, name, docx(*paragraphs))
        assert worked_off() == ["read"]
        return case

    return make
