"""Every kind of record is read back in one way, and none is forgotten."""

import pytest

from cases.accounts.recording import ACCOUNTS, NOTHING, record_change
from cases.events.books import ALTERED, BOOKS, all_chains, all_faults
from cases.lifecycle.book import CASES
from cases.models import Case, SystemAct
from cases.system import acts, book
from tests.cast import NOON, wang_says


@pytest.fixture
def written(cast):
    """A case, an account, an act and their records."""
    record_change(cast.clerk, NOTHING, is_password_set=True, by=cast.sysadmin, at=NOON)
    acts.ask(SystemAct.CHECK, by=cast.sysadmin, at=NOON)
    return wang_says(cast)


def test_the_office_keeps_four_books():
    assert set(BOOKS) == {"case", "account", "record", "export"}


def test_every_chain_has_a_name_of_its_own(written, cast):
    names = [chain.name for chain in all_chains()]
    assert {f"case {written.pk}", f"account {cast.clerk.pk}", "record"} <= set(names)
    assert len(names) == len(set(names))


def test_a_fault_is_told_with_what_it_is_in(written):
    assert [fault for _what, fault in all_faults() if fault] == []
    written.events.update(actor_name="别人")
    assert [one for one in all_faults() if one[1]] == [(written.number, "event 1 was altered")]


def test_the_newest_records_that_have_lines_speak_for_the_key(written, cast):
    written.accept(category=cast.street_lights, by=cast.dispatcher, at=NOON)
    wang_says(cast, key="second")
    ends = [[line.kind for line in lines] for lines in CASES.ends_of_newest(2)]
    assert ends == [["registered"], ["accepted", "registered"]]
    ((opened,),) = ACCOUNTS.ends_of_newest(3)  # accounts without a record are passed over
    assert opened.account == cast.clerk


def test_a_chain_is_looked_at_again_and_may_be_gone(written):
    (chain,) = CASES.chains()
    Case.objects.filter(pk=written.pk).update(version=7)
    assert chain.again().count == 7
    written.events.all().delete()
    written.contacts.all().delete()
    written.intakekey_set.all().delete()
    Case.objects.filter(pk=written.pk).delete()
    assert chain.again() is None


def test_a_portion_is_read_in_the_same_queries_however_many_it_holds(
    cast, django_assert_num_queries
):
    wang_says(cast)
    with django_assert_num_queries(5):
        assert [fault for _what, fault in CASES.faults()] == [None]
    for key in ("second", "third"):
        wang_says(cast, key=key).accept(category=cast.street_lights, by=cast.dispatcher, at=NOON)
    with django_assert_num_queries(5):
        assert [fault for _what, fault in CASES.faults()] == [None] * 3


def test_an_act_that_ends_while_it_is_looked_at_is_no_fault(written, monkeypatch):
    """Its lines were read before its end, the act after it: both are read again."""
    looks, real = [], book._is_as_recorded

    def between(act, begun, ended):
        looks.append(act.pk)
        return len(looks) > 1 and real(act, begun, ended)

    monkeypatch.setattr(book, "_is_as_recorded", between)
    assert [fault for _what, fault in book.SYSTEM_BOOK.faults()] == [None, None]
    assert len(looks) == 2


def test_an_act_that_stays_different_is_altered(written):
    SystemAct.objects.update(actor_name="别人")
    assert [fault for _what, fault in book.SYSTEM_BOOK.faults()] == [None, ALTERED]
