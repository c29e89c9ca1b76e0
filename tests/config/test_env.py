"""Settings from the environment: what is wrong is said, never guessed."""

import json
import os
import socket
import stat
import subprocess
import sys
import time

import psycopg
import pytest

from cases.machine.outage import Outage, outage_of
from config import env
from config.logs import logging_settings
from tests.structure.tree import ROOT


@pytest.mark.parametrize("raw", ["1", "true", "YES", "on"])
def test_a_flag_says_yes(monkeypatch, raw):
    monkeypatch.setenv("DEMO", raw)
    assert env.flag("DEMO", default=False) is True


@pytest.mark.parametrize("raw", ["0", "false", "No", "off"])
def test_a_flag_says_no(monkeypatch, raw):
    monkeypatch.setenv("DEMO", raw)
    assert env.flag("DEMO", default=True) is False


@pytest.mark.parametrize("default", [True, False])
def test_an_unset_or_empty_flag_is_its_default(monkeypatch, default):
    monkeypatch.delenv("DEMO", raising=False)
    assert env.flag("DEMO", default=default) is default
    monkeypatch.setenv("DEMO", "")
    assert env.flag("DEMO", default=default) is default


@pytest.mark.parametrize("raw", ["ture", "2", "否", " 1"])
def test_a_misspelt_flag_is_refused(monkeypatch, raw):
    monkeypatch.setenv("DEMO", raw)
    with pytest.raises(env.SettingsError, match="DEMO"):
        env.flag("DEMO", default=True)


@pytest.mark.parametrize("raw", ["0", "65536", "-1", "80a", "８０００"])
def test_a_port_that_is_none_is_refused(monkeypatch, raw):
    monkeypatch.setenv("PORT", raw)
    with pytest.raises(env.SettingsError, match="PORT"):
        env.port("PORT", default=8000)


@pytest.mark.parametrize("raw", ["9-5", "17:00-09:00", "09:00-12:00,11:00-17:00", "09:00"])
def test_office_hours_that_cannot_be_read_are_refused(monkeypatch, raw):
    monkeypatch.setenv("OFFICE_HOURS", raw)
    with pytest.raises(env.SettingsError, match="OFFICE_HOURS"):
        env.office_hours("OFFICE_HOURS", default="08:30-17:30")


def test_office_hours_are_read(monkeypatch):
    monkeypatch.setenv("OFFICE_HOURS", "09:00-12:00,13:00-17:00")
    assert env.office_hours("OFFICE_HOURS", default="08:30-17:30") == "09:00-12:00,13:00-17:00"
    monkeypatch.setenv("OFFICE_HOURS", "")
    assert env.office_hours("OFFICE_HOURS", default="08:30-17:30") == "08:30-17:30"


def test_a_port_is_read(monkeypatch):
    monkeypatch.setenv("PORT", "65535")
    assert env.port("PORT", default=8000) == 65535
    monkeypatch.delenv("PORT")
    assert env.port("PORT", default=8000) == 8000


@pytest.mark.parametrize(
    ("raw", "urls"),
    [
        ("", []),
        ("http://127.0.0.1:9200", ["http://127.0.0.1:9200"]),
        (
            "https://u:p@one:9200, https://u:p@two:9200",
            ["https://u:p@one:9200", "https://u:p@two:9200"],
        ),
    ],
)
def test_search_servers_are_read(monkeypatch, raw, urls):
    monkeypatch.setenv("ELASTICSEARCH_URL", raw)
    monkeypatch.delenv("ELASTICSEARCH_INDEX", raising=False)
    monkeypatch.delenv("ELASTICSEARCH_CA", raising=False)
    assert env.search_servers() == (urls, "hotline", "")


@pytest.mark.parametrize(
    "raw", ["elastic", "localhost:9200", "http://", "http://u:geheim@host", "http://u:geheim@host:99999",
            "http://one:9200,", "ftp://one:9200"]
)  # fmt: skip
def test_a_search_server_that_is_none_is_refused_without_its_password(monkeypatch, raw):
    monkeypatch.setenv("ELASTICSEARCH_URL", raw)
    with pytest.raises(env.SettingsError, match="ELASTICSEARCH_URL") as refused:
        env.search_servers()
    assert "geheim" not in str(refused.value)


@pytest.mark.parametrize("raw", ["Hotline", "_a", "a b", "a*", "县", "-a", "a" * 80])
def test_an_index_name_that_is_none_is_refused(monkeypatch, raw):
    monkeypatch.setenv("ELASTICSEARCH_INDEX", raw)
    with pytest.raises(env.SettingsError, match="ELASTICSEARCH_INDEX"):
        env.search_servers()


def test_a_missing_certificate_is_told(monkeypatch, tmp_path):
    monkeypatch.delenv("ELASTICSEARCH_INDEX", raising=False)
    monkeypatch.setenv("ELASTICSEARCH_CA", str(tmp_path / "none.crt"))
    with pytest.raises(env.SettingsError, match="ELASTICSEARCH_CA"):
        env.search_servers()


def test_secrets_are_made_once_for_the_owner_alone(tmp_path):
    first = env.make_secrets(tmp_path)
    assert set(first) == {"SECRET_KEY", "PERSONAL_DATA_KEYS", "LOOKUP_KEY", "CHAIN_KEY"}
    assert all(len(value) >= 32 for value in first.values())
    assert stat.S_IMODE((tmp_path / "secrets.json").stat().st_mode) == 0o600
    assert env.make_secrets(tmp_path) == first
    assert [path.name for path in tmp_path.iterdir()] == ["secrets.json"]


def test_two_folders_have_different_secrets(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    a, b = env.make_secrets(tmp_path / "a"), env.make_secrets(tmp_path / "b")
    assert not set(a.values()) & set(b.values())


def test_the_environment_comes_before_the_file(monkeypatch, tmp_path):
    monkeypatch.setenv("CHAIN_KEY", "given")
    assert env.secret("CHAIN_KEY", tmp_path) == "given"
    assert not (tmp_path / "secrets.json").exists()


def test_a_missing_secret_stops_the_start(monkeypatch, tmp_path):
    monkeypatch.delenv("CHAIN_KEY", raising=False)
    (tmp_path / "secrets.json").write_text(json.dumps({"SECRET_KEY": "x"}))
    with pytest.raises(env.SettingsError, match="CHAIN_KEY is missing"):
        env.secret("CHAIN_KEY", tmp_path)


def test_damaged_secrets_are_never_replaced(tmp_path):
    (tmp_path / "secrets.json").write_text('{"SECRET_KEY": "x')
    with pytest.raises(env.SettingsError, match="damaged"):
        env.make_secrets(tmp_path)
    assert (tmp_path / "secrets.json").read_text() == '{"SECRET_KEY": "x'


def test_without_a_url_the_database_is_a_file_that_lets_writers_wait(monkeypatch, tmp_path):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    found = env.database(tmp_path)
    assert found["ENGINE"] == "django.db.backends.sqlite3"
    assert found["NAME"] == str(tmp_path / "hotline.sqlite3")
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_a_url_names_postgresql(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgres://wang:s%40fe@db:5433/hotline")
    found = env.database(tmp_path)
    assert found["ENGINE"] == "django.db.backends.postgresql"
    assert (found["HOST"], found["PORT"], found["PASSWORD"]) == ("db", 5433, "s@fe")


@pytest.mark.parametrize("url", ["postgers://u:hidden@h/d", "hidden", "mysql://u:hidden@h/d"])
def test_a_wrong_url_is_refused_without_repeating_its_password(monkeypatch, tmp_path, url):
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(env.SettingsError, match="DATABASE_URL") as refused:
        env.database(tmp_path)
    assert "hidden" not in str(refused.value)


def test_without_a_url_there_is_no_broker(monkeypatch):
    monkeypatch.delenv("BROKER_URL", raising=False)
    assert env.broker() == ("memory://", True)


def test_a_url_names_redis(monkeypatch):
    monkeypatch.setenv("BROKER_URL", "redis://127.0.0.1:6379/0")
    assert env.broker() == ("redis://127.0.0.1:6379/0", False)


@pytest.mark.parametrize("url", ["reddis://127.0.0.1", "filesystem://localhost/"])
def test_a_wrong_broker_is_refused(monkeypatch, url):
    monkeypatch.setenv("BROKER_URL", url)
    with pytest.raises(env.SettingsError, match="BROKER_URL"):
        env.broker()


def test_the_log_knows_its_shapes_and_levels():
    assert logging_settings("json", "INFO")["loggers"]["cases"] == {"level": "INFO"}
    with pytest.raises(env.SettingsError, match="LOG_FORMAT"):
        logging_settings("xml", "INFO")
    with pytest.raises(env.SettingsError, match="LOG_LEVEL"):
        logging_settings("plain", "LOUD")


@pytest.mark.parametrize(
    ("name", "value"), [("DEMO", "maybe"), ("HTTPS", "s"), ("PORT", "http"), ("LOG_LEVEL", "all")]
)
def test_a_wrong_setting_stops_every_command_with_one_sentence(tmp_path, name, value):
    environment = {**os.environ, "DATA_DIR": str(tmp_path), name: value}
    environment["DJANGO_SETTINGS_MODULE"] = "config.settings"
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.strip().startswith(f"{name}=")
    assert "\n" not in done.stderr.strip()


def test_a_server_that_says_nothing_is_given_up_within_seconds(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgres://user@127.0.0.1:5432/name")
    options = env.database(tmp_path)["OPTIONS"]
    assert (options["connect_timeout"], options["tcp_user_timeout"]) == (5, 15_000)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"postgres://user@127.0.0.1:{silent.getsockname()[1]}/name?connect_timeout=2"
        monkeypatch.setenv("DATABASE_URL", url)
        said = env.database(tmp_path)
        begun = time.monotonic()
        with pytest.raises(psycopg.OperationalError) as refused:
            psycopg.connect(
                host=said["HOST"], port=said["PORT"], user=said["USER"], **said["OPTIONS"]
            )
    assert time.monotonic() - begun < 10
    assert outage_of(refused.value) is Outage.AWAY
