"""`manage.py rotate_keys`: everything comes under the new keys, and the old ones open nothing any more."""

from datetime import timedelta

import pytest
import time_machine
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.utils import timezone

from cases.integrity import resealing, rotation
from cases.models import ChainSeal, Contact, KeyMark, Petitioner, SystemAct
from cases.privacy import keys, secrets_file
from cases.privacy.crypto import CannotOpen, key_id, keyed_hash
from cases.privacy.keyring import CHAIN, LOOKUP, PERSONAL, PURPOSES
from hotline.models import Draft
from tests.cases.integrity.rotated import PEOPLE, faults, rotate, tokens, told
from tests.cast import NOON, wang_says


def test_everything_comes_under_the_new_keys_and_is_what_it_was(office):
    before, old = told(), {purpose: keys.newest(purpose) for purpose in PURPOSES}
    assert [(one.name, one.phone) for one in Petitioner.objects.order_by("pk")] == PEOPLE
    rotate()
    new = {purpose: keys.newest(purpose) for purpose in PURPOSES}
    assert not set(old.values()) & set(new.values())
    assert told() == before
    assert {key_id(token) for token in tokens()} == {new[PERSONAL].id}
    assert keys.ring(PERSONAL) == (new[PERSONAL],)
    assert keys.ring(LOOKUP) == (new[LOOKUP],)
    assert keys.ring(CHAIN) == (new[CHAIN], old[CHAIN])
    for name, phone in PEOPLE:
        found = Petitioner.objects.by_phone(phone)
        assert [one.name for one in found] == ([name] if phone else [])
        calls = Contact.objects.exclude(phone_hash="").filter(phone_hash=keyed_hash(phone))
        assert calls.count() == (2 if phone else 0)
    assert faults() == []
    assert ChainSeal.objects.filter(chain__startswith="case").count() == len(PEOPLE)
    assert sorted(keys.retired()) == sorted(f"{p}:{old[p].id}" for p in (LOOKUP, PERSONAL))


def test_it_is_in_the_record_by_whom_and_what_came_of_it(office):
    rotate()
    act = SystemAct.objects.get()
    assert (act.kind, act.actor_name, act.finished_at is None) == (
        "rotate", "manage.py rotate_keys", False,
    )  # fmt: skip
    assert {purpose: told["finished"] for purpose, told in act.found.items()} == dict.fromkeys(
        PURPOSES, True
    )
    assert act.found["personal"]["done"] == 10
    kinds = list(act.records.values_list("kind", "actor_kind"))
    assert kinds == [("asked", "system"), ("over", "system")]


def test_the_old_keys_stay_until_the_grace_is_over(office, capsys):
    old = {purpose: keys.newest(purpose) for purpose in PURPOSES}
    rotate(grace=20)
    assert all(keys.ring(purpose)[1:] == (old[purpose],) for purpose in PURPOSES)
    assert "rotate_keys" in capsys.readouterr().out
    assert SystemAct.objects.get().finished_at is None
    before = {purpose: keys.newest(purpose) for purpose in PURPOSES}
    late = Petitioner.objects.first()
    for minutes in (21, 42):  # a slow process, or another machine, writes what it sealed before
        stale(late, old[PERSONAL])
        with time_machine.travel(timezone.now() + timedelta(minutes=minutes)):
            rotate("personal", grace=20)
        assert {purpose: keys.newest(purpose) for purpose in PURPOSES} == before
        assert old[PERSONAL] in keys.ring(PERSONAL)
        assert late.phone_sealed != Petitioner.objects.get(pk=late.pk).phone_sealed
    with time_machine.travel(timezone.now() + timedelta(minutes=63)):
        rotate(grace=20)
    assert {purpose: keys.newest(purpose) for purpose in PURPOSES} == before
    assert keys.ring(PERSONAL) == (before[PERSONAL],)
    assert Petitioner.objects.get(pk=late.pk).phone == "13807316217"
    assert SystemAct.objects.get().finished_at


def stale(one, key):
    """Seal a row's number under a key of before, as a process does that has not looked."""
    held = keys._held
    keys._held = keys.KeysHeld(held.path, held.stamp, held.values, held.rings | {PERSONAL: (key,)})
    one.seal_in("phone_sealed", "13807316217")
    keys._held = held
    one.save()


def test_what_an_earlier_version_sealed_is_bound_and_its_tokens_open_no_more(office):
    box = Fernet(keys.newest(PERSONAL).text)
    for one in Petitioner.objects.exclude(name_sealed=""):
        name = box.encrypt(one.name.encode()).decode()
        Petitioner.objects.filter(pk=one.pk).update(name_sealed=name)
    leaked = Petitioner.objects.first().name_sealed
    before = told()
    rotate("personal")
    assert told() == before
    assert not [token for token in tokens() if token.startswith("gAAAA")]
    other = Petitioner.objects.last()
    other.name_sealed = leaked  # carried into another row after the change
    with pytest.raises(CannotOpen):
        _ = other.name


def test_a_value_that_does_not_open_is_named_left_and_keeps_the_old_key(office, capsys):
    first, second = Petitioner.objects.order_by("pk")[:2]
    Petitioner.objects.filter(pk=second.pk).update(phone_sealed=first.phone_sealed)
    old = keys.newest(PERSONAL)
    with pytest.raises(CommandError, match="1"):
        rotate("personal")
    assert f"Petitioner {second.pk}: it was altered, or belongs to another row" in (
        capsys.readouterr().err
    )
    assert Petitioner.objects.get(pk=second.pk).phone_sealed == first.phone_sealed
    assert old in keys.ring(PERSONAL)
    assert SystemAct.objects.get().finished_at is None
    Petitioner.objects.filter(pk=second.pk).update(phone_sealed="")  # a person decides
    rotate("personal")
    assert old not in keys.ring(PERSONAL)


def test_a_row_the_office_changed_meanwhile_is_not_overwritten(office, monkeypatch, cast):
    real = resealing._write

    def slow(model, changes):
        if model is Draft and changes and not slow.was:
            slow.was = True
            Draft.keep(cast.operator, "t1", {"name": "改过的王桂芬"}, NOON)
        return real(model, changes)

    slow.was = False
    monkeypatch.setattr(resealing, "_write", slow)
    monkeypatch.setattr("cases.management.commands.rotate_keys.PAUSE", 0)
    rotate("personal")
    assert slow.was
    assert Draft.objects.get().fields == {"name": "改过的王桂芬"}
    assert len(keys.ring(PERSONAL)) == 1


@pytest.mark.parametrize("is_before", [True, False])
@pytest.mark.parametrize("at", range(17))
def test_stopped_at_any_step_it_goes_on_and_makes_no_second_key(office, monkeypatch, at, is_before):
    before, count = told(), [0]

    def stopping(real):
        def act(*args, **kwargs):
            count[0] += 1
            if count[0] == at + 1 and is_before:
                raise KeyboardInterrupt
            done = real(*args, **kwargs)
            if count[0] == at + 1:
                raise KeyboardInterrupt
            return done

        return act

    with monkeypatch.context() as patched:
        patched.setattr(secrets_file, "change", stopping(secrets_file.change))
        patched.setattr(rotation.marks, "mark", stopping(rotation.marks.mark))
        patched.setattr(rotation.marks, "retire", stopping(rotation.marks.retire))
        with pytest.raises(SystemExit):
            rotate()
    assert told() == before
    for purpose in PURPOSES:
        assert Petitioner.objects.by_phone("13807316217").count() == 1
        assert len(keys.ring(purpose)) <= 2
    assert faults() == []
    rotate()
    assert told() == before
    assert [len(keys.ring(purpose)) for purpose in PURPOSES] == [1, 1, 2]
    assert faults() == []
    assert KeyMark.objects.filter(retired_at=None).count() == 4
    assert KeyMark.objects.count() == 6
    assert SystemAct.objects.get().finished_at


def test_a_second_change_leaves_two_chain_keys_to_check_by(office, cast):
    before = told()
    rotate()
    wang_says(cast, key="between")
    rotate()
    assert told()[0][: len(PEOPLE)] == before[0]
    assert [len(keys.ring(purpose)) for purpose in PURPOSES] == [1, 1, 3]
    assert faults() == []
    assert ChainSeal.objects.filter(chain__startswith="case").count() == len(PEOPLE) + 1


def test_nothing_is_written_that_does_not_open(office, monkeypatch):
    before = told()
    monkeypatch.setattr(resealing, "seal", lambda *_args, **_place: "2.00000000.AAAA")
    with pytest.raises(CommandError):
        rotate("personal")
    assert told() == before


def test_a_row_somebody_holds_is_left_and_told_and_done_by_the_next_run(office, monkeypatch):
    monkeypatch.setattr("cases.management.commands.rotate_keys.PAUSE", 0)
    monkeypatch.setattr(resealing, "_write", lambda *_: 0)
    old = keys.newest(PERSONAL)
    call_command("rotate_keys", "personal", grace=0)
    assert old in keys.ring(PERSONAL)
    monkeypatch.undo()
    rotate("personal")
    assert old not in keys.ring(PERSONAL)


def test_a_contact_whose_number_is_nobodys_keeps_the_old_key(office, capsys):
    lost = Contact.objects.create(channel="phone", at=NOON, phone_hash="0" * 64)
    with pytest.raises(CommandError, match="1"):
        rotate("lookup")
    assert f"Contact {lost.pk}: its number belongs to nobody" in capsys.readouterr().err
    assert len(keys.ring(LOOKUP)) == 2


def test_a_number_that_does_not_open_keeps_the_old_key(office, capsys):
    one = Petitioner.objects.first()
    Petitioner.objects.filter(pk=one.pk).update(phone_sealed="2.00000000.AAAA")
    with pytest.raises(CommandError, match="1"):
        rotate("lookup")
    assert f"Petitioner {one.pk}: its key 00000000" in capsys.readouterr().err
    assert len(keys.ring(LOOKUP)) == 2
    assert Petitioner.objects.get(pk=one.pk).phone_hash == one.phone_hash


def test_while_the_key_changes_a_person_is_found_by_both_hashes(office):
    one = Petitioner.objects.first()
    assert one.phone_hashes == (one.phone_hash,)
    rotation.begin(LOOKUP, NOON)
    assert one.phone_hashes == (keyed_hash("13807316217"), one.phone_hash)
    assert Petitioner.objects.get(phone_hash="").phone_hashes == ()


def test_it_waits_for_the_grace_when_told_to(office, monkeypatch):
    monkeypatch.setattr("cases.management.commands.rotate_keys.PAUSE", 0.01)
    call_command("rotate_keys", "personal", "lookup", grace=0.01, wait=True)
    assert [len(keys.ring(purpose)) for purpose in PURPOSES] == [1, 1, 1]
    assert SystemAct.objects.get().finished_at


def test_the_grace_is_longer_than_a_question_is_kept():
    from hotline.desk.search.private import KEPT_SECONDS

    assert timedelta(seconds=KEPT_SECONDS) < rotation.GRACE


def test_a_wrong_case_number_is_answered_alike_after_a_change(office, client):
    for _ in range(2):
        answer = client.post("/progress/", {"number": "1" * 20, "code": "0123456789"})
        assert answer.status_code == 422
        rotate("personal")
