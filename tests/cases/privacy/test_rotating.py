"""`manage.py rotate_keys`: everything comes under the new keys, and the old ones open nothing any more."""

import json
from datetime import timedelta

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.utils import timezone

from cases.account_recording import broken_accounts
from cases.models import Case, ChainSeal, Contact, KeyMark, Petitioner, SystemAct
from cases.privacy import keys, resealing, rotation, secrets_file
from cases.privacy.crypto import CannotOpen, key_id, keyed_hash
from cases.privacy.keyring import CHAIN, LOOKUP, NAMES, PERSONAL, PURPOSES
from cases.system_recording import broken_acts
from cases.verifying import broken_chains
from hotline.models import Draft, Filing
from tests.cast import NOON, wang_says

PEOPLE = [
    ("王桂芬", "13807316217"),
    ("李四海", "13873119042"),
    ("买买提·艾力", ""),
    ("", "5551234"),
]


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(rotation, "SETTLE", timedelta())


@pytest.fixture
def office(key_file, cast):
    """An office with everything that is sealed; gives what a person would read."""
    for number, (name, phone) in enumerate(PEOPLE):
        case = wang_says(cast, name=name, phone=phone, key=f"form-{number}")
        case.log_contact("urge", "", by=cast.operator, at=NOON)
    Draft.keep(cast.operator, "t1", {"name": "王桂芬"}, NOON)
    Filing(token="t2", channel="web", created_at=NOON).save()
    Filing.objects.get().keep({"phone": "13807316217"})
    return key_file


def told():
    """Everything sealed, in clear."""
    return (
        [(one.name, one.phone) for one in Petitioner.objects.order_by("pk")],
        [case.query_code for case in Case.objects.order_by("pk")],
        [draft.fields for draft in Draft.objects.all()],
        [filing.fields for filing in Filing.objects.all()],
    )


def tokens():
    return [
        getattr(row, column)
        for model in resealing.sealing_models()
        for row in model.objects.all()
        for column in model.SEALED
        if getattr(row, column)
    ]


def rotate(*words, grace=0):
    call_command("rotate_keys", *words, grace=grace)


def faults():
    found = [*broken_chains(), *broken_accounts(), *broken_acts()]
    return [f"{what}: {fault}" for what, fault in found if fault]


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
    late = Petitioner.objects.first()  # a slow process writes what it sealed before
    stale(late, old[PERSONAL])
    rotate(grace=20)
    assert {purpose: keys.newest(purpose) for purpose in PURPOSES} == before
    assert late.phone_sealed != Petitioner.objects.get(pk=late.pk).phone_sealed
    KeyMark.objects.update(since=timezone.now() - timedelta(minutes=21))
    stale(late, old[PERSONAL])
    rotate(grace=20)
    assert {purpose: keys.newest(purpose) for purpose in PURPOSES} == before
    assert keys.ring(PERSONAL) == (before[PERSONAL],)
    assert Petitioner.objects.get(pk=late.pk).phone == "13807316217"
    assert SystemAct.objects.get().finished_at


def stale(one, key):
    """Seal a row's number under a key of before, as a process does that has not looked."""
    held = keys._held
    keys._held = keys.Held(held.path, held.stamp, held.values, held.rings | {PERSONAL: (key,)})
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
@pytest.mark.parametrize("at", range(14))
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


def test_keys_are_made_known_before_they_are_used(office):
    before = {purpose: keys.newest(purpose) for purpose in PURPOSES}
    rotate(prepare := "--prepare")
    ready = {purpose: keys.ring(purpose)[1] for purpose in PURPOSES}
    assert {purpose: keys.newest(purpose) for purpose in PURPOSES} == before
    with pytest.raises(CommandError, match=r"already|已"):
        rotate(prepare)
    rotate()
    assert {purpose: keys.newest(purpose) for purpose in PURPOSES} == ready


def test_keys_of_the_environment_are_changed_there(office, settings, capsys):
    values = json.loads(office.read_text())
    settings.GIVEN_SECRETS = {name: values[name] for name in NAMES.values()}
    keys._held = None
    with pytest.raises(CommandError, match="PERSONAL_DATA_KEYS"):
        rotate("personal")
    SystemAct.objects.get()
    new = rotation.fresh(PERSONAL).text
    settings.GIVEN_SECRETS[NAMES[PERSONAL]] += "," + new
    with pytest.raises(CommandError, match="PERSONAL_DATA_KEYS"):
        rotate("personal")
    settings.GIVEN_SECRETS[NAMES[PERSONAL]] = new + "," + values[NAMES[PERSONAL]]
    rotate("personal")
    assert {key_id(token) for token in tokens()} == {keys.newest(PERSONAL).id}
    settings.GIVEN_SECRETS[NAMES[PERSONAL]] = new
    assert [(one.name, one.phone) for one in Petitioner.objects.order_by("pk")] == PEOPLE
    assert json.loads(office.read_text()) == values


def test_a_retired_key_is_recalled_for_a_database_of_before(office):
    old = keys.newest(PERSONAL)
    sealed = dict(Petitioner.objects.values_list("pk", "phone_sealed"))
    marks = list(KeyMark.objects.values())
    rotate("personal")
    for pk, token in sealed.items():
        Petitioner.objects.filter(pk=pk).update(phone_sealed=token)
    KeyMark.objects.all().delete()
    KeyMark.objects.bulk_create(KeyMark(**row) for row in marks)
    KeyMark.objects.create(
        purpose=PERSONAL, key_id=old.id, check_value=old.check, since=timezone.now()
    )
    with pytest.raises(CommandError, match=f"--recall {old.id}"):
        rotate("--status")
    call_command("rotate_keys", recall=old.id)
    assert [(one.name, one.phone) for one in Petitioner.objects.order_by("pk")] == PEOPLE
    with pytest.raises(CommandError, match="nobody"):
        call_command("rotate_keys", recall="nobody")


def test_one_at_a_time(office):
    with rotation.alone(), pytest.raises(CommandError, match="rotate_keys"):
        rotate()
    assert [len(keys.ring(purpose)) for purpose in PURPOSES] == [1, 1, 1]


def test_the_state_is_told(office, capsys):
    rotate("--status")
    assert capsys.readouterr().out.count("\n") == 3
    rotate("lookup")
    capsys.readouterr()
    rotate("--status")
    said = capsys.readouterr().out
    assert keys.newest(LOOKUP).id in said
    assert said.count("\n") == 4
    with pytest.raises(CommandError, match="wrong"):
        rotate("wrong")


def test_an_old_key_with_a_space_at_its_end_is_not_put_into_a_list(key_file, request):
    values = json.loads(key_file.read_text())
    values[NAMES[CHAIN]] += " "
    key_file.write_text(json.dumps(values))
    wang_says(request.getfixturevalue("cast"))
    with pytest.raises(CommandError, match="CHAIN_KEY begins or ends with a space"):
        rotate("chain")
    assert json.loads(key_file.read_text()) == values
    assert faults() == []
