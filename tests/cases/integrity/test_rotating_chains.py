"""A chain key that leaked and was changed is worth nothing to whoever can write the database."""

from dataclasses import replace

import pytest
from django.core.management import CommandError

from cases.events.books import RecordBook
from cases.events.chain import link
from cases.lifecycle.book import CASES
from cases.models import Case, ChainSeal, Event
from cases.privacy import keys
from cases.privacy.keyring import CHAIN
from tests.cases.integrity.rotated import faults, rotate
from tests.cast import NOON, wang_says


@pytest.fixture
def leaked(office, cast):
    """The old key; all chains are sealed under the new one."""
    old = keys.newest(CHAIN)
    wang_says(cast, key="fifth").accept(category=cast.street_lights, by=cast.dispatcher, at=NOON)
    rotate("chain")
    return old


def forge(case, key):
    """Alter the first event and make everything after it anew with a key."""
    previous = ""
    for event in case.events.order_by("seq"):
        if event.seq == 1:
            event.actor_name = "别人"
        event.hash = previous = link(key.raw, previous, event.facts())
        event.save()
    Case.objects.filter(pk=case.pk).update(event_head=previous)


def broken():
    return {number: fault for number, fault in CASES.faults() if fault}


def test_an_old_event_altered_with_the_old_key_is_found(leaked):
    for case in Case.objects.all():
        forge(case, leaked)
    assert sorted(broken()) == sorted(Case.objects.values_list("number", flat=True))


def test_an_event_added_with_the_old_key_is_found(leaked, cast):
    case = Case.objects.order_by("pk").last()
    event = Event(case=case, seq=3, kind="closed", at=NOON, actor_kind="system", actor_name="系统")
    event.hash = link(leaked.raw, case.event_head, event.facts())
    event.save()
    Case.objects.filter(pk=case.pk).update(event_head=event.hash, version=3)
    assert broken() == {case.number: "event 3 was written with a key that was changed before"}


def test_its_seal_removed_or_made_with_the_old_key_is_found(leaked):
    case = Case.objects.first()
    ChainSeal.objects.filter(chain=f"case {case.pk}").delete()
    assert list(broken()) == [case.number]
    forge(case, leaked)
    with pytest.raises(CommandError, match="1"):
        rotate("chain")  # a later change seals nothing that is broken
    assert list(broken()) == [case.number]


def test_a_chain_that_goes_on_needs_no_seal_any_more(leaked, cast):
    case = Case.objects.order_by("pk").last()
    case.dispatch(lead=cast.housing, basis="目录", by=cast.dispatcher, at=NOON)
    ChainSeal.objects.filter(chain=f"case {case.pk}").delete()
    assert faults() == []
    forge(case, leaked)
    assert list(broken()) == [case.number]


def test_a_broken_chain_is_told_never_sealed_and_stays_broken(office, capsys):
    case = Case.objects.first()
    case.events.update(actor_name="别人")
    for _ in range(2):
        with pytest.raises(CommandError, match="1"):
            rotate("chain")
        assert f"{case.number}: event 1 was altered" in capsys.readouterr().err
        assert keys.sealed_chains_id() == keys.newest(CHAIN).id
        assert not ChainSeal.objects.filter(chain=f"case {case.pk}").exists()
        assert broken() == {case.number: "event 1 was altered"}


def test_a_chain_somebody_adds_to_while_it_is_looked_at_is_looked_at_again(office, monkeypatch):
    real, case = RecordBook._read, Case.objects.first()

    def between(book, ids):
        for chain in real(book, ids):
            if len(ids) > 1 and chain.shown == case.number:
                yield replace(chain, links=chain.links[:-1])
            else:
                yield chain

    monkeypatch.setattr(RecordBook, "_read", between)
    assert broken() == {}
