"""Background work cut short by an outage: no try is counted, nothing is parked, and it goes on by itself."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection, transaction

from cases.events import outbox
from cases.events.outbox import CONSUMERS, Consumer, drain
from cases.files import reading
from cases.lifecycle import sweeping
from cases.machine import outage
from cases.models import Alarm, Duty, SystemAct
from search.asking import finding
from search.engines.embedded import EmbeddedEngine
from search.exports import exporting
from search.indexing import checking
from search.likeness import similar
from search.models import SavedSearch, Subscription
from search.public import finding as public_finding
from search.public import upkeep
from search.saved import telling
from tests.cast import NOON, wang_says
from tests.config.outages import refused, write_to_a_full_disk
from tests.desk.stages import dispatched

OFTEN = 12  # outages in a row; every limit of tries is lower
LATER = timedelta(minutes=30)
kinds = pytest.mark.parametrize("outage_is", [refused, write_to_a_full_disk])
interrupted = pytest.raises((OperationalError, OSError))


@pytest.fixture(autouse=True)
def nothing_owed():
    outage._owed.clear()
    yield
    assert outage._owed == []


class Breaking:
    """Something that meets an outage so many times and then does its work."""

    def __init__(self, outage_is, real=None):
        self.outage_is, self.real, self.left, self.served = outage_is, real, OFTEN, 0

    def __call__(self, *args, **words):
        """Fail as long as there are outages left."""
        if self.left:
            self.left -= 1
            self.outage_is()
        self.served += 1
        return self.real(*args, **words) if self.real else None


@kinds
@pytest.mark.parametrize("outside", [False, True])
def test_a_duty_is_not_at_fault(cast, monkeypatch, outage_is, outside):
    wang_says(cast)
    handle = Breaking(outage_is)
    probe = Consumer("probe", handle, frozenset(), per_case=False, outside=outside)
    monkeypatch.setitem(CONSUMERS, "probe", probe)
    Duty.objects.update(consumer="probe")
    count, at = Duty.objects.count(), NOON
    for _ in range(OFTEN):
        with interrupted:
            drain(at)
        at += timedelta(seconds=1)
    assert drain(at) == count
    assert not Duty.objects.exists()
    assert handle.served == (1 if outside else count)


def test_a_duty_leased_by_somebody_else_since_is_left_alone(cast, monkeypatch):
    wang_says(cast)
    probe = Consumer("probe", Breaking(refused), frozenset(), per_case=False)
    monkeypatch.setitem(CONSUMERS, "probe", probe)
    Duty.objects.update(consumer="probe")
    with interrupted:
        drain(NOON)
    others = NOON + outbox.LEASE.lasts - timedelta(seconds=10)
    Duty.objects.update(leased_until=others, attempts=2)
    assert drain(NOON + timedelta(seconds=1)) == 0
    assert set(Duty.objects.values_list("leased_until", "attempts")) == {(others, 2)}


@kinds
def test_an_alarm_is_not_set_aside(cast, monkeypatch, outage_is):
    dispatched(cast, assisting=False)
    monkeypatch.setattr(sweeping, "lock", Breaking(outage_is, sweeping.lock))
    count = Alarm.objects.count()
    for _ in range(OFTEN):
        with interrupted:
            sweeping.sweep(NOON + timedelta(days=30))
    assert not Alarm.objects.exclude(fired_at=None).exists()
    assert sweeping.sweep(NOON + timedelta(days=30)) == count


@kinds
def test_an_export_is_made_after_all(cast, export, monkeypatch, outage_is):
    monkeypatch.setattr(exporting, "write", Breaking(outage_is, exporting.write))
    at = NOON + LATER
    for _ in range(OFTEN):
        with interrupted:
            exporting.make_next(at)
        at += 2 * exporting.PAUSE
    exporting.make_next(at)  # gives back, and lets the pause pass
    exporting.make_next(at + 2 * exporting.PAUSE)
    assert type(export).objects.get().state == "made"


@pytest.fixture
def export(cast, settings, tmp_path):
    """An approved export of one case."""
    from search.asking.question import Question

    settings.MEDIA_ROOT = tmp_path
    wang_says(cast)
    drain(NOON)
    asked = exporting.ask(Question("路灯"), 1, "核对", by=cast.dispatcher, at=NOON)
    return asked.approve(by=cast.supervisor, at=NOON, note="同意")


@kinds
def test_a_check_of_the_indexes_is_not_given_up(cast, monkeypatch, outage_is):
    from cases.system import acts

    acts.ask(SystemAct.CHECK, by=cast.sysadmin, at=NOON)
    monkeypatch.setattr(checking, "_compare", Breaking(outage_is, checking._compare))
    at = NOON
    for _ in range(OFTEN):
        with interrupted:
            checking.work_next(at)
        at += timedelta(seconds=3)
    assert checking.work_next(at).finished_at


@kinds
def test_a_file_is_read_after_all(cast, attached, monkeypatch, outage_is):
    monkeypatch.setattr(reading, "read_apart", Breaking(outage_is, reading.read_apart))
    at = NOON
    for _ in range(OFTEN):
        with interrupted:
            list(reading.read_waiting(at))
        at += timedelta(seconds=2)
    assert len(list(reading.read_waiting(at))) == 1
    attached.refresh_from_db()
    assert attached.text_state == "read"


@pytest.fixture
def attached(cast, settings, tmp_path):
    """A file of a case that waits to be read."""
    from tests.papers import docx
    from tests.search.attached import attach

    settings.MEDIA_ROOT = tmp_path
    return attach(wang_says(cast), "合同.docx", docx("路灯合同"))


@kinds
def test_a_subscriber_s_look_is_not_put_off(cast, monkeypatch, outage_is):
    search = SavedSearch.objects.create(
        owner=cast.dispatcher, name="路灯", question={}, saved_at=NOON
    )
    due = Subscription.objects.create(
        search=search, user=cast.dispatcher, every="hour", next_at=NOON, indexed=NOON
    )
    monkeypatch.setattr(telling, "look", Breaking(outage_is))
    with interrupted:
        telling.tell_subscribers(NOON)
    due.refresh_from_db()
    assert (due.next_at, due.failing_since) == (NOON, None)


SWALLOWERS = {
    "search": lambda cast: finding.find("路灯", cast.dispatcher, at=NOON),
    "similar": lambda cast: similar.similar_cases(
        similar.LikenessAsked("路灯不亮"), cast.dispatcher
    ),
    "public search": lambda _cast: public_finding.find_public("路灯"),
    "public index": lambda _cast: upkeep.follow("letter", 1),
}


@pytest.mark.parametrize("name", sorted(SWALLOWERS))
def test_no_page_hides_an_outage_behind_a_lesser_answer(cast, monkeypatch, name):
    """What goes on inside a transaction that is lost would be told as kept."""

    def lost(*_args, **_words):
        refused()

    monkeypatch.setattr(EmbeddedEngine, "search", lost)
    monkeypatch.setattr(EmbeddedEngine, "similar", lost)
    monkeypatch.setattr(public_finding, "_answer", lost)
    monkeypatch.setattr(upkeep, "refresh_public", lost)
    with pytest.raises(OperationalError), transaction.atomic():
        SWALLOWERS[name](cast)
    assert connection.is_usable()
