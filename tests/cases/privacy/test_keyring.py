"""Lists of keys: what is taken, what is refused with which sentence, and what a key is called."""

import pytest

from cases.privacy.keyring import (
    CHAIN,
    LOOKUP,
    PERSONAL,
    PURPOSES,
    BadKeys,
    Key,
    fresh,
    parse,
    written,
)


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_list_is_read_as_it_is_written(purpose):
    keys = (fresh(purpose), fresh(purpose), fresh(purpose))
    assert parse(purpose, written(keys)) == keys
    assert parse(purpose, " , ".join(key.text for key in keys)) == keys
    assert len({key.id for key in keys}) == 3
    assert all(len(key.raw) >= 32 for key in keys)


def test_a_single_key_of_before_is_taken_to_the_letter():
    assert parse(CHAIN, " a key somebody chose long ago ")[0].text.startswith(" a key")


def test_a_key_is_called_otherwise_for_another_purpose_and_shown_nowhere():
    text = fresh(LOOKUP).text
    assert Key(LOOKUP, text).id != Key(CHAIN, text).id
    assert Key(LOOKUP, text).check != Key(CHAIN, text).check
    assert text not in repr(Key(LOOKUP, text))
    assert Key(CHAIN, "0" * 32).id == "7490f6ff"


@pytest.mark.parametrize(
    ("purpose", "value", "sentence"),
    [
        (PERSONAL, "", "PERSONAL_DATA_KEYS: key 1 of 1 is empty"),
        (LOOKUP, "   ", "LOOKUP_KEY: key 1 of 1 is empty"),
        (CHAIN, "a" * 16 + ",", "CHAIN_KEY: key 2 of 2 is empty"),
        (CHAIN, "a" * 15, "CHAIN_KEY: key 1 of 1 is shorter than 16 characters"),
        (PERSONAL, "a" * 43, "PERSONAL_DATA_KEYS: key 1 of 1 is not 32 bytes"),
        (PERSONAL, "YQ==", "PERSONAL_DATA_KEYS: key 1 of 1 is not 32 bytes"),
        (PERSONAL, "密" * 44, "PERSONAL_DATA_KEYS: key 1 of 1 is not 32 bytes"),
        (LOOKUP, "a" * 16 + "," + "a" * 16, "LOOKUP_KEY names one key twice"),
    ],
)
def test_a_bad_list_is_refused_with_a_sentence_and_no_key_in_it(purpose, value, sentence):
    with pytest.raises(BadKeys, match=sentence) as refused:
        parse(purpose, value)
    assert len(value) < 10 or value not in str(refused.value)


def test_the_shortest_key_somebody_may_choose():
    assert parse(CHAIN, "a" * 16)[0].text == "a" * 16
