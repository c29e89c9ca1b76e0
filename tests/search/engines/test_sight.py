"""Who sees what on the search server is who sees what in the database: every role, every kind of case."""

import pytest

from cases.events.outbox import drain
from cases.models import Assignment, Case, Unit
from search.asking.finding import find
from search.engines.chosen import elastic
from search.engines.port import Query
from search.indexing.upkeep import refresh
from search.words.query_language import parse
from tests.cast import NOON, accuse, person

pytestmark = [pytest.mark.elastic_only, pytest.mark.services]
KINDS = [
    {},
    {"secrecy": "secret"},
    {"secrecy": "confidential"},
    {"demand_type": "report", "secrecy": "secret"},
]


@pytest.fixture
def everybody(cast):
    """Each role, one person with several, one of a section, and two who see nothing."""
    section = Unit.objects.create(
        code="section", name="路灯所", short_name="路灯所", kind="section", parent=cast.housing
    )
    return [
        cast.operator, cast.dispatcher, cast.reviewer, cast.agent, cast.supervisor, cast.clerk,
        cast.leader, cast.other_clerk, cast.other_leader, cast.sysadmin, cast.auditor,
        person("second", "第二话务员", cast.office, "operator"),
        person("both", "话务兼派单", cast.office, "operator", "dispatcher"),
        person("section", "所员", section, "clerk"),
        person("town", "镇经办", cast.town, "clerk"),
        person("lost", "无单位", None, "clerk"),
        person("left", "已离职", cast.office),
    ]  # fmt: skip


@pytest.fixture
def every_kind(say, cast, everybody):
    """Cases of each secrecy × respondent × registrar × holder, with a return and a recall among them."""
    section = Unit.objects.get(code="section")
    made = []
    for said in KINDS:
        for accused in ((), (cast.housing,), (section,), (cast.water, section)):
            for by in (cast.operator, cast.dispatcher):
                for unit in (None, cast.housing, cast.water, section):
                    case = say("停水的事", title="停水", by=by, channel="phone", **said)
                    if case.respondent_state == "open":
                        case.name_respondent(is_outside=True, by=cast.dispatcher, at=NOON)
                    if unit:
                        case.accept(category=cast.leaks, by=cast.dispatcher, at=NOON)
                        case.dispatch(lead=unit, basis="目录", by=cast.dispatcher, at=NOON)
                    # as it was kept of before: the unit has a task of a case about itself
                    for respondent in accused:
                        accuse([case], respondent)
                    made.append(case)
    held = list(Assignment.objects.order_by("pk"))
    Assignment.objects.filter(pk=held[0].pk).update(state="returned")
    Assignment.objects.filter(pk=held[1].pk).update(state="recalled")
    drain(at=NOON)
    refresh([case.pk for case in made])
    return made


def test_every_role_finds_on_the_server_exactly_what_it_may_see(every_kind, everybody):
    seen = {}
    for user in everybody:
        visible = Case.objects.visible_to(user)
        query = Query(NOON, parse("停水").terms, viewer=user, size=1_000)
        # rows are taken from the whole table here, so that nothing but the server's filter can hide
        answer = elastic().search(query, Case.objects.all())
        wanted = set(visible.values_list("pk", flat=True))
        assert {hit.case.pk for hit in answer.hits} == wanted, user.username
        assert answer.total == len(wanted), user.username
        assert sum(one.count for one in answer.facets["state"]) == len(wanted), user.username
        likes = elastic().similar("停水的事", Case.objects.all(), 1_000, viewer=user)
        assert {like.case_id for like in likes} <= wanted, user.username
        assert bool(likes) == bool(wanted), user.username
        seen[user.username] = len(wanted)
    assert len(set(seen.values())) >= 6, seen  # the roles do differ on these cases
    assert {name for name, count in seen.items() if not count} == {
        "sysadmin", "auditor", "town", "lost", "left",
    }  # fmt: skip


def test_a_case_hidden_since_it_was_indexed_is_in_no_hit(say, cast, monkeypatch):
    case = say("停水", by=cast.dispatcher, channel="phone")
    Case.objects.filter(pk=case.pk).update(secrecy="secret")  # the server does not know yet
    assert list(find("停水", cast.operator, at=NOON).hits) == []
    assert [hit.case for hit in find("停水", cast.dispatcher, at=NOON).hits] == [case]
