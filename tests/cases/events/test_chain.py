"""Chains under several keys: whole when they are, and an old key that leaked makes nothing that holds."""

import pytest

from cases.events.chain import GENESIS, Keys, Seal, canonical, first_break, link, seal_of, walk

OLD, NEW, NEWER = b"o" * 32, b"n" * 32, b"m" * 32
CHANGED = Keys((NEW, OLD), trusted=1)
UNDER_WAY = Keys((NEW, OLD), trusted=2)


def chain(*keys, facts=None):
    """Links under these keys, with their head and length."""
    previous, links = GENESIS, []
    for seq, key in enumerate(keys, 1):
        said = {"seq": seq, "kind": "signed"} | (facts or {}).get(seq, {})
        previous = link(key, previous, said)
        links.append((seq, previous, said))
    return links, previous, len(links)


def sealed(links, head, count, key=NEW):
    return seal_of(key, "case 1", count, head)


def test_what_was_once_written_is_read_for_ever():
    """The bytes themselves: written otherwise, every chain and seal of before would be found broken."""
    facts = {"seq": 2, "kind": "签收", "at": None, "payload": {"b": [1, 2.5], "a": True}}
    assert canonical(facts).decode() == (
        '{"at":null,"kind":"签收","payload":{"a":true,"b":[1,2.5]},"seq":2}'
    )
    key, head = b"k" * 32, "ab" * 32
    assert link(key, head, facts) == (
        "f2038ff3fe86250a92f42aa632573ba126af21ac573a1f2c274aa8d22abac8f8"
    )
    assert seal_of(key, "case 1", 2, head) == Seal(
        2, head, "112d1007451e5b140c0854e2839935217e60d1d7715509146f395e2ba9a906f0"
    )


def test_a_chain_is_whole_under_one_key_and_under_several():
    for made in (chain(), chain(OLD), chain(OLD, OLD, NEW), chain(NEW, NEW)):
        assert first_break(UNDER_WAY, "case 1", *made) is None
    assert first_break(CHANGED, "case 1", *chain(OLD, OLD, NEW)) is None
    assert first_break(CHANGED, "case 1", *chain(OLD, NEW, OLD, NEW)) is None
    assert first_break(Keys((NEWER, NEW, OLD)), "case 1", *chain(OLD, NEW, NEWER)) is None
    assert first_break(CHANGED, "case 1", *chain()) is None


def test_the_key_of_the_last_link_is_told():
    assert walk((NEW, OLD), *chain(OLD, OLD)).key == 1
    assert walk((NEW, OLD), *chain(OLD, NEW)).key == 0
    assert walk((NEWER, NEW, OLD), *chain(NEWER, OLD, NEW)).key == 1


def test_an_old_end_needs_its_seal():
    made = chain(OLD, OLD)
    assert "a key that was changed" in first_break(CHANGED, "case 1", *made)
    assert first_break(CHANGED, "case 1", *made, sealed(*made)) is None
    assert first_break(UNDER_WAY, "case 1", *made) is None


def test_a_seal_goes_with_one_chain_one_key_one_length_and_one_head():
    made = chain(OLD, OLD)
    right = sealed(*made)
    for wrong in (
        seal_of(OLD, "case 1", made[2], made[1]),  # made with the key that leaked
        seal_of(NEW, "case 2", made[2], made[1]),  # another chain's
        Seal(2, made[1], "0" * 64),
        Seal(1, made[0][0][1], right.mac),
        seal_of(NEW, "case 1", 1, made[0][0][1]),  # of an earlier moment
    ):
        assert first_break(CHANGED, "case 1", *made, wrong)
    assert first_break(CHANGED, "case 2", *made, right)


def test_who_has_the_old_key_and_the_database_is_found():
    made = chain(OLD, OLD, OLD)
    seal = sealed(*made)
    forged = chain(
        OLD, OLD, OLD, facts={2: {"kind": "closed"}}
    )  # altered, and all after it made anew
    assert first_break(CHANGED, "case 1", *forged)
    assert first_break(CHANGED, "case 1", *forged, seal)
    for longer in (chain(OLD, OLD, OLD, OLD), chain(OLD, OLD, OLD, OLD, OLD)):
        assert first_break(CHANGED, "case 1", *longer, seal)
    assert "were sealed" in first_break(CHANGED, "case 1", *chain(OLD, OLD), seal)
    assert "were sealed" in first_break(CHANGED, "case 1", *chain(), seal)
    assert first_break(CHANGED, "case 1", *chain(OLD))  # a case that never was
    goes_on = chain(OLD, OLD, NEW)
    replaced = chain(OLD, OLD, OLD, facts={1: {"kind": "closed"}})
    mixed = [*replaced[0][:2], goes_on[0][2]]
    assert "event 3 was altered" in first_break(CHANGED, "case 1", mixed, goes_on[1], 3)
    assert first_break(CHANGED, "case 1", *replaced)


def test_a_seal_of_the_time_before_counts_until_the_next_one_is_made():
    made = chain(OLD)
    under_way = Keys((NEWER, NEW, OLD), trusted=2)
    assert first_break(under_way, "case 1", *made, sealed(*made)) is None
    assert first_break(Keys((NEWER, NEW, OLD)), "case 1", *made, sealed(*made))
    assert first_break(Keys((NEWER, NEW, OLD)), "case 1", *made, sealed(*made, key=NEWER)) is None


@pytest.mark.parametrize("keys", [CHANGED, UNDER_WAY])
def test_what_was_altered_cut_or_reordered_is_named(keys):
    links, head, count = chain(OLD, OLD, NEW)
    assert first_break(keys, "c", links[:2], head, count) == (
        "the end is cut: 2 events, 3 were recorded"
    )
    assert first_break(keys, "c", links, links[1][1], count).startswith("the end is cut")
    assert first_break(keys, "c", links[1:], head, count) == "event 1 is missing (found 2)"
    spoilt = [links[0], (2, links[1][1], {"kind": "closed"}), links[2]]
    assert first_break(keys, "c", spoilt, head, count) == "event 2 was altered"
    assert first_break(Keys((NEW,)), "c", links, head, count) == "event 1 was altered"
