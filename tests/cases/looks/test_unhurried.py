"""A sum of rows shown does not wait for the disk; nothing else is hurried along with it."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from cases.looks.looking import Sought, saw
from cases.models import Look
from tests.cast import NOON, person

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def commits_with():
    with connection.cursor() as cursor:
        cursor.execute("SHOW synchronous_commit")
        return cursor.fetchone()[0]


def statement(act):
    with CaptureQueriesContext(connection) as asked:
        act()
    (said,) = [one["sql"] for one in asked if one["sql"].startswith("INSERT INTO cases_look")]
    return said


def test_only_a_sum_that_stands_alone_is_unhurried():
    who, usual = person("looker", "罗琴", None, "supervisor"), commits_with()
    assert "synchronous_commit" in statement(lambda: saw(by=who, at=NOON, lists={"tasks": 3}))
    assert commits_with() == usual  # it ended with its statement
    with transaction.atomic():
        kept = statement(lambda: saw(by=who, at=NOON, lists={"tasks": 4}))
        assert "synchronous_commit" not in kept
        assert commits_with() == usual
    assert Look.objects.get(kind="list").rows == 7


def test_a_search_for_a_person_waits_for_the_disk():
    who = person("seeker", "罗琴", None, "supervisor")
    sought = Sought("138＊＊＊＊6217", 1)
    said = statement(lambda: saw(by=who, at=NOON, sought=sought, lists={"search": 1}))
    assert "synchronous_commit" not in said
