"""Keys that change while a process works: noticed at once, and a wrong file is never taken for a new one."""

import json
from dataclasses import replace

import pytest

from cases.privacy import keys, secrets_file
from cases.privacy.crypto import CannotOpen, seal, unseal
from cases.privacy.keyring import CHAIN, LOOKUP, NAMES, PERSONAL, PURPOSES, BadKeys
from tests.cases.privacy.ring import new_secrets, put_first

PLACE = "filing:x"


def test_a_changed_file_is_noticed_at_the_next_use(key_file):
    for purpose in PURPOSES:
        before = keys.newest(purpose)
        new = put_first(key_file, purpose)
        assert keys.ring(purpose) == (new, before)
        assert keys.is_changing(purpose)


def test_a_key_a_process_has_not_noticed_is_looked_for_when_it_is_met(key_file):
    keys.ring(PERSONAL)
    unaware = keys._held
    new = put_first(key_file, PERSONAL)
    token = seal("王", of=PLACE)
    keys._held = replace(
        unaware, stamp=keys._held.stamp
    )  # the clock stood still between two changes
    assert keys.ring(PERSONAL)[0] != new
    assert unseal(token, of=PLACE) == "王"
    assert keys.ring(PERSONAL)[0] == new


@pytest.mark.parametrize("spoil", ["gone", "half", "empty", "list", "short", "unreadable"])
def test_a_spoilt_file_leaves_a_working_office_its_keys(key_file, spoil):
    before = {purpose: keys.ring(purpose) for purpose in PURPOSES}
    text = key_file.read_text()
    if spoil == "gone":
        key_file.unlink()
    elif spoil == "unreadable":
        key_file.unlink()
        key_file.mkdir()
    else:
        spoilt = {"half": text[:40], "empty": "", "list": "[]"}
        short = json.dumps(json.loads(text) | {NAMES[CHAIN]: "short"})
        key_file.write_text(spoilt.get(spoil, short))
    assert {purpose: keys.ring(purpose) for purpose in PURPOSES} == before
    assert unseal(seal("王", of=PLACE), of=PLACE) == "王"
    if key_file.is_dir():
        key_file.rmdir()
    key_file.write_text(text)
    new = put_first(key_file, LOOKUP)
    assert keys.newest(LOOKUP) == new


@pytest.mark.parametrize("spoilt", ["", "{", '{"CHAIN_KEY": "short"}'])
def test_a_process_does_not_begin_with_a_spoilt_file(key_file, spoilt):
    key_file.write_text(spoilt)
    with pytest.raises((secrets_file.BadSecrets, BadKeys)):
        keys.ring(CHAIN)


def test_another_offices_file_seals_nothing_and_does_not_stop_reading(key_file):
    token = seal("王", of=PLACE)
    ours = key_file.read_text()
    key_file.unlink()
    secrets_file.make(key_file, new_secrets())
    assert unseal(token, of=PLACE) == "王"
    for purpose in PURPOSES:
        with pytest.raises(keys.KeysDoubtful, match="replaced"):
            keys.newest(purpose)
    key_file.write_text("{")  # worse than before, and still in doubt
    with pytest.raises(keys.KeysDoubtful, match="replaced"):
        seal("王", of=PLACE)
    key_file.write_text(ours)
    assert unseal(seal("王", of=PLACE), of=PLACE) == "王"


def test_a_process_that_slept_through_two_changes_takes_the_file(key_file):
    old = keys.newest(PERSONAL)
    newer = put_first(key_file, PERSONAL)
    secrets_file.change(
        key_file,
        lambda values: (
            values | {NAMES[PERSONAL]: newer.text, keys.RETIRED: f"{PERSONAL}:{old.text}"}
        ),
    )
    assert keys.ring(PERSONAL) == (newer,)
    assert keys.retired() == {f"{PERSONAL}:{old.id}": old.text}


def test_the_environment_comes_first_and_the_file_is_not_needed(key_file, settings):
    given = new_secrets() | {"CHAIN_SEALED": "0badcafe"}
    settings.GIVEN_SECRETS = {name: given[name] for name in (*NAMES.values(), "CHAIN_SEALED")}
    key_file.unlink()
    for purpose in PURPOSES:
        assert keys.newest(purpose) == keys.ring(purpose)[0]
        assert keys.newest(purpose).text == given[NAMES[purpose]]
        assert keys.is_given(purpose)
    assert keys.sealed_chains_id() == "0badcafe"
    with pytest.raises(CannotOpen, match="not among the keys"):
        unseal("2.00000000.AAAA", of=PLACE)


def test_which_key_sealed_the_chains_stands_in_the_file(key_file):
    assert keys.sealed_chains_id() == ""
    secrets_file.change(key_file, lambda values: values | {"CHAIN_SEALED": "0badcafe"})
    assert keys.sealed_chains_id() == "0badcafe"
