"""Rules and catalogue are kept for half a minute, and read again at once by whoever changes them."""

from datetime import date, timedelta

import pytest

from cases.people import kept
from routing.models import Rule
from routing.rules.rulebook import KEPT_SECONDS, read
from tests.routing.folk import entry, rule

DAY = date(2026, 11, 2)


def words(day=DAY):
    book = read(day)
    return [one.words for one in (*book.rules, *book.entries)]


def test_a_change_holds_at_once_where_it_is_made(cast):
    first, second = rule(), entry(cast)
    assert words() == [("爆管", "喷水"), ("路灯", "不亮")]
    first.words = "水管爆裂"
    first.save()
    assert words() == [("水管爆裂",), ("路灯", "不亮")]
    second.delete()
    assert words() == [("水管爆裂",)]


def test_what_was_read_before_a_change_was_kept_is_read_again(
    cast, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        one = rule()
        assert words() == [("爆管", "喷水")]
        Rule.objects.filter(pk=one.pk).update(words="停水")  # as another process would see it
        assert words() == [("爆管", "喷水")]
    assert words() == [("停水",)]


def test_another_process_reads_it_within_half_a_minute(cast, monkeypatch):
    now = 1000.0
    monkeypatch.setattr(kept.time, "monotonic", lambda: now)
    one = rule()
    assert words() == [("爆管", "喷水")]
    Rule.objects.filter(pk=one.pk).update(words="停水")
    now += KEPT_SECONDS
    assert words() == [("爆管", "喷水")]
    now += 1
    assert words() == [("停水",)]


@pytest.mark.parametrize(
    ("facts", "days"),
    [
        ({}, {-1, 0, 1}),
        ({"is_active": False}, set()),
        ({"valid_from": DAY}, {0, 1}),
        ({"valid_to": DAY}, {-1, 0}),
        ({"valid_from": DAY, "valid_to": DAY}, {0}),
    ],
)
def test_a_row_holds_from_its_first_to_its_last_day(cast, facts, days):
    rule(**facts)
    assert {n for n in (-1, 0, 1) if words(DAY + timedelta(days=n))} == days
