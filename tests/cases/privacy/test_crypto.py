"""Sealing: bound to its place, under the newest key, readable under every key in force, and no other."""

import base64

import pytest
from cryptography.fernet import Fernet

from cases.privacy.crypto import (
    CannotOpen,
    key_id,
    keyed_hash,
    keyed_hashes,
    mask_name,
    mask_phone,
    seal,
    unseal,
)
from cases.privacy.keyring import LOOKUP, PERSONAL
from cases.privacy.keys import ring
from tests.cases.privacy.ring import keep_newest, put_first

PLACE = "petitioner.name:17"


def test_what_is_sealed_opens_in_its_place_alone(key_file):
    token = seal("王桂芬", of=PLACE)
    assert "王桂芬" not in token
    assert unseal(token, of=PLACE) == "王桂芬"
    for other in ("petitioner.name:18", "petitioner.phone:17", ""):
        with pytest.raises(CannotOpen, match="another row"):
            unseal(token, of=other)


def test_nothing_stays_nothing(key_file):
    assert seal("", of=PLACE) == unseal("", of=PLACE) == ""
    assert keyed_hash("") == ""
    assert keyed_hashes("") == ()


def test_the_same_text_is_never_sealed_alike(key_file):
    assert len({seal("王桂芬", of=PLACE) for _ in range(100)}) == 100


def test_each_changed_bit_is_found(key_file):
    token = seal("13807316217", of=PLACE)
    head, closed = token[:11], base64.urlsafe_b64decode(token[11:])
    for place in range(len(closed) * 8):
        changed = bytearray(closed)
        changed[place // 8] ^= 1 << place % 8
        with pytest.raises(CannotOpen):
            unseal(head + base64.urlsafe_b64encode(changed).decode(), of=PLACE)


@pytest.mark.parametrize("end", ["", "a", "!!!!", "AAAA", "A" * 40])
def test_a_cut_or_foreign_value_is_refused(key_file, end):
    head = seal("x", of=PLACE)[:11]
    with pytest.raises(CannotOpen):
        unseal(head + end, of=PLACE)


@pytest.mark.parametrize("token", ["x", "3.aaaaaaaa.AAAA", "王桂芬", "."])
def test_what_never_was_sealed_is_said_to_be_so(key_file, token):
    with pytest.raises(CannotOpen, match="no sealed value"):
        unseal(token, of=PLACE)


def test_a_new_key_seals_and_the_old_one_still_opens(key_file):
    before = seal("王桂芬", of=PLACE)
    new = put_first(key_file, PERSONAL)
    after = seal("王桂芬", of=PLACE)
    assert (key_id(before), key_id(after)) == (ring(PERSONAL)[1].id, new.id)
    assert unseal(before, of=PLACE) == unseal(after, of=PLACE) == "王桂芬"
    keep_newest(key_file, PERSONAL)
    assert unseal(after, of=PLACE) == "王桂芬"
    with pytest.raises(CannotOpen, match="is not among the keys"):
        unseal(before, of=PLACE)


def test_what_an_earlier_version_sealed_opens_until_its_key_is_gone(key_file):
    old = Fernet(ring(PERSONAL)[0].text).encrypt("王桂芬".encode()).decode()
    assert key_id(old) == ""
    put_first(key_file, PERSONAL)
    assert unseal(old, of=PLACE) == "王桂芬"
    with pytest.raises(CannotOpen, match="altered"):
        unseal(old[:-8] + "AAAAAAA=", of=PLACE)
    keep_newest(key_file, PERSONAL)
    with pytest.raises(CannotOpen, match="its key"):
        unseal(old, of=PLACE)


def test_a_number_is_looked_up_under_every_key_and_stored_under_the_newest(key_file):
    old = keyed_hash("13807316217")
    put_first(key_file, LOOKUP)
    assert keyed_hashes("13807316217") == (keyed_hash("13807316217"), old)
    assert keyed_hash("13807316217") != old
    assert len(old) == 64


def test_masks_keep_what_tells_people_apart_and_no_more():
    assert [mask_name(name) for name in ("", "王", "李明", "王桂芬", "欧阳娜娜")] == [
        "", "王", "李＊", "王＊芬", "欧＊＊娜",
    ]  # fmt: skip
    assert [mask_phone(phone) for phone in ("", "1", "12345", "13807316217")] == [
        "", "1", "＊＊＊45", "138＊＊＊＊6217",
    ]  # fmt: skip
