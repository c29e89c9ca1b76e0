"""Who acts: where an account is needed, nobody acts without one."""

import pytest

from cases.errors import NotPermitted
from cases.models import User
from cases.people.person import CITIZEN, account_of


def test_an_account_is_asked_for() -> None:
    assert account_of(User(pk=7)) == 7
    with pytest.raises(NotPermitted):
        account_of(CITIZEN)
