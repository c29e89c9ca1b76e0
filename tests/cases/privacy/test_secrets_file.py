"""`secrets.json`: every fault has its sentence, and a change is whole or not at all."""

import json
import os

import pytest

from cases.privacy import secrets_file
from cases.privacy.secrets_file import BadSecrets


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "secrets.json"
    secrets_file.make(path, {"A": "密" * 20})
    return path


def test_it_is_read_as_it_was_made_and_for_its_owner_alone(path):
    assert secrets_file.read(path) == {"A": "密" * 20}
    assert path.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in path.parent.iterdir()] == ["secrets.json"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "is damaged: personal data cannot be read"),
        ('{"A": "sec', "is damaged: personal data cannot be read"),
        ("[]", "holds no names with values"),
        ('{"A": ""}', "A is empty or no text"),
        ('{"A": 5}', "A is empty or no text"),
        ('{"A": null}', "A is empty or no text"),
    ],
)
def test_a_fault_is_told_without_what_stands_there(path, text, sentence):
    path.write_text(text)
    with pytest.raises(BadSecrets, match=sentence) as told:
        secrets_file.read(path)
    assert "sec" not in str(told.value).replace("secrets.json", "")
    with pytest.raises(BadSecrets):
        secrets_file.change(path, lambda values: values | {"B": "new"})
    assert path.read_text() == text


def test_what_cannot_be_opened_is_told_apart(path):
    path.unlink()
    with pytest.raises(FileNotFoundError):
        secrets_file.read(path)
    path.mkdir()
    with pytest.raises(BadSecrets, match="cannot be read"):
        secrets_file.read(path)


@pytest.mark.parametrize("stopped_at", ["fsync", "replace", "how"])
def test_a_change_that_is_stopped_leaves_the_old_file(path, monkeypatch, stopped_at):
    def stop(*_args):
        raise KeyboardInterrupt

    if stopped_at == "fsync":
        monkeypatch.setattr(os, "fsync", stop)
    if stopped_at == "replace":
        monkeypatch.setattr(type(path), "replace", stop)
    how = stop if stopped_at == "how" else (lambda values: values | {"B": "new"})
    with pytest.raises(KeyboardInterrupt):
        secrets_file.change(path, how)
    assert json.loads(path.read_text()) == {"A": "密" * 20}
    monkeypatch.undo()
    assert secrets_file.change(path, lambda values: values | {"B": "new"})["B"] == "new"
    assert [one.name for one in path.parent.iterdir()] == ["secrets.json"]


def test_two_that_begin_at_once_have_one_file(path):
    secrets_file.make(path, {"A": "second"})
    assert secrets_file.read(path) == {"A": "密" * 20}


def test_the_file_stays_with_whom_it_belonged_to(path, monkeypatch):
    given = []
    monkeypatch.setattr(os, "fchown", lambda _file, *owner: given.append(owner))
    secrets_file.change(path, lambda values: values)
    assert given == [(path.stat().st_uid, path.stat().st_gid)]


def test_who_may_not_give_it_back_changes_nothing(path, monkeypatch):
    def refuse(*_args):
        raise PermissionError

    monkeypatch.setattr(os, "fchown", refuse)
    with pytest.raises(BadSecrets, match="another user"):
        secrets_file.change(path, lambda values: values | {"B": "new"})
    assert secrets_file.read(path) == {"A": "密" * 20}
    assert [one.name for one in path.parent.iterdir()] == ["secrets.json"]


def test_what_a_killed_change_left_is_cleared_away(path):
    left = path.with_name("secrets.1.tmp")
    left.write_text("half")
    secrets_file.change(path, lambda values: values)
    assert not left.exists()


def test_the_lock_belongs_to_whom_the_folder_belongs(path, monkeypatch):
    given = []
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(os, "fchown", lambda _file, *owner: given.append(owner))
    secrets_file.lock_beside(path, "some.lock").close()
    assert given == [(path.parent.stat().st_uid, path.parent.stat().st_gid)]
    assert path.with_name("some.lock").stat().st_mode & 0o777 == 0o600


def test_a_user_of_their_own_gives_the_lock_to_nobody(path, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(os, "fchown", lambda _file, *owner: pytest.fail(f"given to {owner}"))
    secrets_file.lock_beside(path, "some.lock").close()
    assert path.with_name("some.lock").is_file()
