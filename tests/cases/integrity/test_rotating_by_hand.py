"""Keys of several machines, of the environment and of an old backup; the state told."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from cases.integrity import rotation
from cases.models import KeyMark, Petitioner, SystemAct
from cases.privacy import keys
from cases.privacy.crypto import key_id
from cases.privacy.keyring import CHAIN, LOOKUP, NAMES, PERSONAL, PURPOSES
from tests.cases.integrity.rotated import PEOPLE, faults, rotate, tokens
from tests.cast import wang_says


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
