"""Random offices: database, lists and their totals say of each person what plain Python says."""

import re

import pytest
import time_machine
from django.urls import reverse

from cases.models import Case, User
from tests.permissions.people import browser_of
from tests.sight.walks import CASES, TREE, Walk, lines_of, tasks_seen

OPEN = {"dispatched", "signed", "in_progress", "awaiting_sign_off", "format_return"}
NUMBERS = re.compile(r"/desk/cases/(\d{20})/")
SEEDS = (1, 2, 3)


@pytest.fixture(params=SEEDS)
def walk(cast, request):
    """An office of one seed."""
    made = Walk(cast, request.param)
    made.go()
    with time_machine.travel(made.at, tick=False):
        yield made


def seen_in_database(user):
    user = User.objects.get(pk=user.pk)  # as a request reads it: the tree has changed since
    return set(Case.objects.visible_to(user).values_list("number", flat=True))


def searched(user):
    """Numbers on the page of everything, and its total."""
    answer = browser_of(user).get(reverse("desk:search"), {"since": "2026-11-01", "counts": "now"})
    return set(NUMBERS.findall(answer.content.decode())), answer.context["result"].total


def test_people_of_units_see_what_their_unit_holds_and_is_not_about_it(walk):
    hidden = 0
    for code, user in walk.people.items():
        tasks = tasks_seen(code)
        numbers = {row["case__number"] for row in tasks}
        assert seen_in_database(user) == numbers, code
        assert searched(user) == (numbers, len(numbers)), code
        waiting = [row for row in tasks if row["state"] in OPEN]
        page = browser_of(user).get(reverse("desk:worklist"))
        listed = set(NUMBERS.findall(page.content.decode()))
        assert listed == {row["case__number"] for row in waiting}, code
        assert page.context["tab"].count == len(waiting), code
        hidden += CASES - len(numbers)
    assert hidden


def test_the_office_sees_all_but_operators_the_secrets_of_others(walk):
    everything = set(Case.objects.values_list("number", flat=True))
    secrets = set(
        Case.objects.filter(secrecy="secret")
        .exclude(registered_by=walk.cast.operator)
        .values_list("number", flat=True)
    )
    assert secrets
    for user in (walk.cast.dispatcher, walk.cast.reviewer, walk.cast.agent, walk.cast.supervisor):
        assert seen_in_database(user) == everything
        assert searched(user) == (everything, CASES)
    rest = everything - secrets
    assert seen_in_database(walk.cast.operator) == rest
    assert searched(walk.cast.operator) == (rest, len(rest))
    for user in (walk.cast.sysadmin, walk.cast.auditor):
        assert seen_in_database(user) == set()


def test_a_dispatch_is_refused_to_the_whole_line_and_to_nobody_else(walk):
    above = {code: up for code, (_kind, up) in TREE.items()}
    sections = {code for code, (kind, _up) in TREE.items() if kind == "section"}
    assert walk.refused
    assert walk.sent
    for about, units in walk.refused:
        assert units & lines_of(about, above, sections), (about, units)
    for about, units in walk.sent:
        assert not units & lines_of(about, above, sections), (about, units)
    assert walk.shut_out == []  # whoever has a task can work on it
