"""The keys of a backup that was made while keys were changed open all of its rows."""

from config.backup.secret_keys import both, each

BEFORE = {
    "PERSONAL_DATA_KEYS": "old",
    "LOOKUP_KEY": "look",
    "CHAIN_KEY": "chain",
    "SECRET_KEY": "s",
}


def test_a_key_made_meanwhile_is_kept_and_stays_the_newest():
    after = BEFORE | {"PERSONAL_DATA_KEYS": "new,old", "CHAIN_SEALED": "abc"}
    assert both(BEFORE, after) == after


def test_a_key_let_go_meanwhile_is_kept_behind_the_others():
    after = BEFORE | {"PERSONAL_DATA_KEYS": "new"}
    assert each(both(BEFORE, after), "PERSONAL_DATA_KEYS") == ["new", "old"]
