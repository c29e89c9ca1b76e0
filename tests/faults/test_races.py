"""Two people do the same at once: exactly one does it, the other is told, nothing is overwritten."""

import threading
from collections import Counter
from functools import partial

import pytest

from cases.lifecycle import of_case
from cases.lifecycle.book import CASES
from cases.models import Case, Event
from tests.cast import NOON, wang_says
from tests.desk.stages import replied
from tests.faults.racing import sized, together

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def accepting(cast, case):
    """A copy of its own, read before anybody moved."""
    copy = Case.objects.get(pk=case.pk)
    return partial(copy.accept, category=cast.street_lights, by=cast.dispatcher, at=NOON)


def whole():
    return {fault for _, fault in CASES.faults()} == {None}


def test_of_two_identical_transitions_one_wins(cast):
    ends = Counter()
    for i in range(sized(1000)):
        case = wang_says(cast, key=f"race-{i}")
        ends[tuple(together([accepting(cast, case), accepting(cast, case)]))] += 1
    assert ends == {("IllegalStep", "won"): sized(1000)}
    assert Event.objects.filter(kind="accepted").count() == sized(1000)
    assert Case.objects.filter(state="accepted", version=2).count() == sized(1000)
    assert whole()


def test_twenty_take_one_step_and_one_wins(cast):
    for i in range(sized(50)):
        case = wang_says(cast, key=f"race-{i}")
        ends = together([accepting(cast, case) for _ in range(20)])
        assert ends == ["IllegalStep"] * 19 + ["won"]
    assert whole()


def test_of_different_transitions_of_one_state_one_wins(cast):
    for i in range(sized(100)):
        case = replied(cast, key=f"race-{i}")
        copies = [Case.objects.get(pk=case.pk) for _ in range(3)]
        ends = together(
            [
                partial(copies[0].approve_reply, by=cast.reviewer, at=NOON),
                partial(copies[1].return_format, note="补照片", by=cast.reviewer, at=NOON),
                partial(copies[2].rework_reply, note="未到现场", by=cast.reviewer, at=NOON),
            ]
        )
        assert ends == ["IllegalStep", "IllegalStep", "won"]
    assert whole()


def test_urges_at_once_are_all_counted(cast):
    """Steps that keep the state: none is lost, none overwrites another."""
    case = wang_says(cast)
    copies = [Case.objects.get(pk=case.pk) for _ in range(20)]
    ends = together([partial(copy.urge, by=cast.operator, at=NOON) for copy in copies])
    assert ends == ["won"] * 20
    now = Case.objects.get(pk=case.pk)
    assert (now.urge_count, now.version) == (20, 21)
    assert whole()


def test_a_stale_copy_overwrites_nothing(cast):
    case = wang_says(cast)
    stale = Case.objects.get(pk=case.pk)
    case.accept(category=cast.street_lights, title="改过的标题", by=cast.dispatcher, at=NOON)
    stale.urge(note="再催", by=cast.operator, at=NOON)
    now = Case.objects.get(pk=case.pk)
    assert (now.title, now.state, now.urge_count) == ("改过的标题", "accepted", 1)


def test_without_the_lock_the_loser_is_not_told(cast, monkeypatch):
    """The guard removed: both pass the check, and only the table's own key stops a second event."""
    both_read = threading.Barrier(2)

    def unlocked(subject):
        fresh = type(subject).objects.get(pk=subject.pk)
        both_read.wait(10)
        return fresh

    case = wang_says(cast)
    acts = [accepting(cast, case), accepting(cast, case)]
    monkeypatch.setattr(of_case, "lock", unlocked)
    assert together(acts) == ["IntegrityError", "won"]  # "IllegalStep" was the lock's work
