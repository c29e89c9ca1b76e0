"""A telephone number stands in no address: the token is sealed, personal and short-lived."""

from datetime import timedelta

import pytest

from search.discretion import GOOD_FOR, masked, names_a_phone, opened, sealed
from tests.cast import NOON


@pytest.mark.parametrize(
    ("typed", "is_one", "shown"),
    [
        ("13807316217", True, "＊＊＊＊＊＊＊＊＊17"),
        ("电话:138 0731 6217 停水", True, "电话:＊＊＊ ＊＊＊＊ ＊＊17 停水"),
        ("１３８０７３１６２１７", True, "＊＊＊＊＊＊＊＊＊１７"),
        ("0731-55551234", True, "＊＊＊＊-＊＊＊＊＊＊34"),
        ("5555123", True, "＊＊＊＊＊23"),
        ("电话:6217", False, "电话:6217"),
        ("2026-11-05", False, "2026-11-05"),
        ("43032926112201000375", False, "43032926112201000375"),
        ("停水 3栋2单元", False, "停水 3栋2单元"),
        ("", False, ""),
    ],
)
def test_what_is_a_number(typed, is_one, shown):
    assert names_a_phone(typed) is is_one
    assert masked(typed) == shown


def test_a_token_tells_nothing_and_opens_for_its_person_for_a_while(cast):
    token = sealed("电话:13807316217", cast.dispatcher, at=NOON)
    assert "138" not in token
    assert opened(token, cast.dispatcher, at=NOON + GOOD_FOR) == "电话:13807316217"
    assert opened(token, cast.supervisor, at=NOON) is None
    assert opened(token, cast.dispatcher, at=NOON + GOOD_FOR + timedelta(seconds=1)) is None
    assert opened(token, cast.dispatcher, at=NOON - timedelta(hours=1)) is None
    for wrong in ("", "x", token[:-2], token + "A", "é" * 100, "A" * 10_000):
        assert opened(wrong, cast.dispatcher, at=NOON) is None
