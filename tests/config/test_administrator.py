"""The first administrator of an empty office."""

import io

import pytest
from django.core.management import CommandError, call_command

from cases.models import User

pytestmark = pytest.mark.django_db
GOOD = "丹桂-飘香-2026"


@pytest.fixture
def typed(monkeypatch):
    """Return a way to type into the command's standard input, which is no terminal."""
    return lambda text: monkeypatch.setattr("sys.stdin", io.StringIO(text))


def test_an_administrator_is_made(typed, capsys):
    typed(f"{GOOD}\n")
    call_command("create_administrator", username="admin", name="何平")
    user = User.objects.get()
    assert (user.username, user.name, user.roles) == ("admin", "何平", {"system_admin"})
    assert user.check_password(GOOD)
    assert not user.is_superuser
    assert GOOD not in capsys.readouterr().out


@pytest.mark.parametrize("weak", ["", "short", "1234567890", "password123", "admin-admin"])
def test_a_weak_password_makes_nobody(typed, weak):
    typed(f"{weak}\n")
    with pytest.raises(CommandError):
        call_command("create_administrator", username="admin-admin")
    assert not User.objects.exists()


def test_a_taken_name_changes_nothing(typed):
    User.objects.create_user("admin", password="old-password-26", name="何平")
    typed(f"{GOOD}\n")
    with pytest.raises(CommandError):
        call_command("create_administrator", username="admin")
    assert User.objects.get().check_password("old-password-26")


@pytest.mark.parametrize("name", ["a b", "x" * 151, "管理<员>"])
def test_a_name_that_is_none_is_refused(typed, name):
    typed(f"{GOOD}\n")
    with pytest.raises(CommandError):
        call_command("create_administrator", username=name)
    assert not User.objects.exists()


def test_without_a_terminal_the_name_must_be_given(typed):
    typed(f"admin\n{GOOD}\n")
    with pytest.raises(CommandError, match="--username"):
        call_command("create_administrator")
