"""`manage.py run`: what is prepared, remembered and refused. Real processes: tests/faults, services."""

import json
import socket

import pytest
from django.core.management import CommandError, call_command

from config import preparation
from config.family import claiming
from config.management.commands.run import Command


@pytest.fixture
def acts(monkeypatch, settings, tmp_path):
    """Return the names of the steps carried out; the steps themselves are recorded only."""
    done = []
    settings.DATA_DIR = tmp_path
    steps = [(name, name, lambda name=name: done.append(name)) for name in ("migrate", "static")]
    demo = ("demo month", "demo", lambda: done.append("demo month"))
    monkeypatch.setattr(
        preparation, "steps", lambda demo: [*steps, demo_step] if demo else list(steps)
    )
    demo_step = demo
    monkeypatch.setattr(preparation, "database_is_new", lambda: False)
    monkeypatch.setattr(preparation, "tables_missing", lambda: False)
    monkeypatch.setattr(preparation, "version", lambda: "one")
    return done


def test_each_step_is_done_once(acts, settings):
    settings.DEMO = True
    Command().prepare()
    Command().prepare()
    assert acts == ["migrate", "static", "demo month"]


def test_a_new_version_is_prepared_again_but_the_demo_is_kept(acts, monkeypatch, settings):
    settings.DEMO = True
    Command().prepare()
    monkeypatch.setattr(preparation, "version", lambda: "two")
    Command().prepare()
    assert acts == ["migrate", "static", "demo month", "migrate", "static"]


def test_an_empty_database_is_filled_again(acts, monkeypatch, settings):
    settings.DEMO = True
    Command().prepare()
    monkeypatch.setattr(preparation, "database_is_new", lambda: True)
    Command().prepare()
    assert acts == ["migrate", "static", "demo month"] * 2


def test_a_step_that_fails_is_not_remembered(acts, monkeypatch, settings, tmp_path):
    settings.DEMO = False

    def fail():
        raise CommandError("no space left")

    monkeypatch.setattr(
        preparation, "steps", lambda **_: [("migrate", "m", int), ("static", "s", fail)]
    )
    with pytest.raises(CommandError, match="no space"):
        Command().prepare()
    assert json.loads((tmp_path / "started.json").read_text())["steps"] == ["migrate"]


def test_a_cut_off_memory_is_begun_anew(tmp_path):
    path = tmp_path / "started.json"
    path.write_text('{"version": "one", "st')
    memory = preparation.Memory(path, "one")
    assert "migrate" not in memory
    memory.add("migrate")
    assert "migrate" in preparation.Memory(path, "one")
    assert "migrate" not in preparation.Memory(path, "two")


def test_the_demo_belongs_to_the_demo_only():
    assert "demo month" in [name for name, *_ in preparation.steps(demo=True)]
    assert "demo month" not in [name for name, *_ in preparation.steps(demo=False)]


@pytest.mark.django_db
def test_the_tests_database_has_every_table():
    assert not preparation.tables_missing()
    assert not preparation.database_is_new()


@pytest.mark.django_db
def test_a_taken_port_is_named_before_anything_starts(settings, tmp_path, monkeypatch):
    monkeypatch.setattr(claiming, "PATIENCE", 0)
    settings.DATA_DIR, settings.HOST = tmp_path, "127.0.0.1"
    with socket.create_server(("127.0.0.1", 0)) as other:
        settings.PORT = other.getsockname()[1]
        with pytest.raises(CommandError, match=str(settings.PORT)):
            call_command("run")
    assert not (tmp_path / "started.json").exists()


@pytest.mark.django_db
def test_a_folder_serves_one_start_at_a_time(settings, tmp_path, monkeypatch):
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(claiming, "PATIENCE", 0)
    with claiming.hold(tmp_path), pytest.raises(CommandError, match=str(tmp_path)):
        call_command("run", prepare_only=True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("host", "demo", "expected"),
    [
        ("127.0.0.1", False, ["http://127.0.0.1:8123/", "create_administrator"]),
        ("0.0.0.0", False, ["http://127.0.0.1:8123/"]),  # noqa: S104
    ],
)
def test_the_address_and_the_way_in_are_told(settings, capsys, host, demo, expected):
    settings.HOST, settings.PORT, settings.DEMO = host, 8123, demo
    Command().welcome()
    told = capsys.readouterr().out
    assert [words for words in expected if words not in told] == []


def test_an_office_that_has_accounts_is_not_asked_for_its_first(settings, capsys, cast):
    settings.HOST, settings.PORT, settings.DEMO = "127.0.0.1", 8123, False
    Command().welcome()
    assert "create_administrator" not in capsys.readouterr().out


def test_stopping_while_it_is_prepared_is_one_sentence(settings, tmp_path, monkeypatch):
    settings.DATA_DIR = tmp_path

    def interrupted(*_anything, **_more):
        raise KeyboardInterrupt

    monkeypatch.setattr(Command, "open_office", interrupted)
    with pytest.raises(CommandError, match="已停止"):
        call_command("run")
