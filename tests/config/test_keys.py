"""Keys that are missing or not this database's: every way of starting refuses with a sentence."""

import json
import sqlite3
from contextlib import closing

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

from cases.integrity import fitting
from cases.models import AccountChange, Case, Event, KeyMark, Petitioner
from cases.privacy import keys
from cases.privacy.keyring import CHAIN, NAMES, PERSONAL, PURPOSES, fresh
from config import env
from config import keys as starting
from config.place import CannotAsk, holds_an_office
from tests.cases.privacy.ring import new_secrets, put_first
from tests.cast import NOON, wang_says


@pytest.fixture
def office(key_file, cast):
    """A case, and the marks that a start leaves."""
    wang_says(cast)
    starting.require_fitting()
    return key_file


def other_keys(path, *purposes):
    """Exchange keys for those of another office, as somebody does who mixes up two files."""
    values = json.loads(path.read_text())
    values |= {NAMES[purpose]: fresh(purpose).text for purpose in purposes or PURPOSES}
    path.write_text(json.dumps(values))
    keys._held = None  # a new process


def marks():
    return sorted(KeyMark.objects.values_list("purpose", "key_id"))


def test_a_start_notes_its_keys_once(office):
    noted = marks()
    assert noted == sorted((purpose, keys.newest(purpose).id) for purpose in PURPOSES)
    starting.require_fitting()
    assert marks() == noted


@pytest.mark.parametrize("purpose", PURPOSES)
def test_one_foreign_key_stops_the_start_and_nothing_is_changed(office, purpose):
    noted, id_ = marks(), keys.newest(purpose).id
    other_keys(office, purpose)
    for is_prepared in (True, False):
        with pytest.raises(CommandError, match=f"{id_}.*{NAMES[purpose]}.*secrets.json"):
            starting.require_fitting(is_prepared=is_prepared)
    assert marks() == noted
    found = [one for one in run_checks() if one.id == "hotline.E001"]
    assert len(found) == 1
    with pytest.raises(SystemExit, match=id_):
        starting.worker_begins()


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_database_without_marks_is_asked_for_what_it_holds(office, purpose):
    KeyMark.objects.all().delete()
    ours = office.read_text()
    other_keys(office, purpose)
    starting.require_fitting(is_prepared=False)
    with pytest.raises(CommandError, match=NAMES[purpose]):
        starting.require_fitting()
    assert not KeyMark.objects.filter(purpose=purpose).exists()
    office.write_text(ours)
    keys._held = None
    starting.require_fitting()
    assert len(marks()) == 3


def test_one_altered_row_does_not_speak_for_all(office, cast):
    KeyMark.objects.all().delete()
    wang_says(cast, key="second")
    newest = Petitioner.objects.last()
    Petitioner.objects.filter(pk=newest.pk).update(phone_sealed="altered")
    Event.objects.filter(case=Case.objects.order_by("pk").last()).update(kind="altered")
    starting.require_fitting()
    assert len(marks()) == 3


def test_accounts_are_asked_when_there_is_no_case(key_file, cast):
    from cases.accounts.recording import NOTHING, record_change

    record_change(cast.clerk, NOTHING, is_password_set=True, by=cast.sysadmin, at=NOON)
    assert AccountChange.objects.exists()
    other_keys(key_file, CHAIN)
    with pytest.raises(CommandError, match="CHAIN_KEY"):
        starting.require_fitting()


def test_an_older_copy_of_the_file_is_refused(office):
    copy = office.read_text()
    put_first(office, PERSONAL)
    starting.require_fitting()
    office.write_text(copy)
    keys._held = None
    with pytest.raises(CommandError, match="PERSONAL_DATA_KEYS"):
        starting.require_fitting()


def test_a_retired_key_that_stands_first_again_is_refused(office):
    old = keys.newest(PERSONAL)
    new = put_first(office, PERSONAL)
    starting.require_fitting()
    KeyMark.objects.filter(key_id=old.id).update(retired_at=NOON)
    values = json.loads(office.read_text())
    values[NAMES[PERSONAL]] = f"{old.text},{new.text}"
    office.write_text(json.dumps(values))
    keys._held = None
    with pytest.raises(CommandError, match=old.id):
        starting.require_fitting()


def test_a_database_of_before_the_chain_key_was_changed_is_refused(office):
    values = json.loads(office.read_text()) | {"CHAIN_SEALED": "0badcafe"}
    office.write_text(json.dumps(values))
    keys._held = None
    with pytest.raises(CommandError, match="CHAIN_SEALED"):
        starting.require_fitting()


@pytest.mark.parametrize("spoilt", ["{", "[]", '{"CHAIN_KEY": ""}', '{"CHAIN_KEY": 7}', "{}"])
def test_a_spoilt_file_stops_the_start_with_a_sentence(office, spoilt):
    office.write_text(spoilt)
    keys._held = None
    with pytest.raises(CommandError, match=r"secrets\.json|is empty"):
        starting.require_fitting()
    assert office.read_text() == spoilt


def test_checking_history_with_foreign_keys_says_that_it_is_the_keys(office):
    other_keys(office, CHAIN)
    with pytest.raises(CommandError, match="CHAIN_KEY"):
        call_command("verify_history")


@pytest.fixture
def away(monkeypatch):
    def ask(*_args, **_kwargs):
        if ask.is_away:
            raise OperationalError("the server is away")

    ask.is_away = True
    monkeypatch.setattr(starting, "require_fit", ask)
    monkeypatch.setattr(connection, "close", lambda: None)
    return ask


def test_the_web_asks_again_when_the_database_was_away(away, monkeypatch):
    seen, said = [], []

    def application(environ, start_response):
        seen.append(environ)
        return [b"page"]

    web = starting.Guarded(application)
    assert web({}, lambda *_: None) == [b"page"]
    assert not web.fits
    monkeypatch.setattr(starting, "require_fit", misfit)
    answer = web({}, lambda status, _headers: said.append(status))
    assert said == ["503 Service Unavailable"]
    assert "密钥" in b"".join(answer).decode()
    assert len(seen) == 1
    away.is_away = False
    monkeypatch.setattr(starting, "require_fit", away)
    assert web({}, lambda *_: None) == [b"page"]
    assert web.fits


def misfit(*_args, **_kwargs):
    raise fitting.Misfit("这不是本库的密钥")


def test_a_worker_asks_again_before_each_task(away, monkeypatch):
    monkeypatch.setitem(starting._worker, "fits", True)
    starting.worker_begins()
    starting.task_begins()
    assert not starting._worker["fits"]
    assert starting.keys_fit() == []
    away.is_away = False
    starting.task_begins()
    assert starting._worker["fits"]
    monkeypatch.setattr(starting, "require_fit", misfit)
    starting.task_begins()  # asked once it fits
    with pytest.raises(SystemExit, match="密钥"):
        starting.worker_begins()


def database_file(folder, table):
    with closing(sqlite3.connect(folder / "hotline.sqlite3")) as opened:
        opened.execute(f"CREATE TABLE {table} (id)")
        opened.commit()


@pytest.fixture
def empty(monkeypatch, tmp_path):
    for name in (*NAMES.values(), "SECRET_KEY", "DATABASE_URL", "CHAIN_SEALED"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def test_no_keys_are_made_for_an_office_that_is_there_already(empty):
    database_file(empty, "cases_case")
    with pytest.raises(env.SettingsError, match="备份") as refused:
        env.secret("SECRET_KEY", empty)
    assert "backup" in str(refused.value)
    assert [path.name for path in empty.iterdir()] == ["hotline.sqlite3"]


def test_keys_are_made_beside_a_database_without_our_tables(empty):
    database_file(empty, "something_else")
    assert set(env.make_secrets(empty)) == {"SECRET_KEY", *NAMES.values()}


def test_a_file_that_is_no_database_is_not_taken_for_a_new_place(empty):
    (empty / "hotline.sqlite3").write_text("a note, not a database" * 100)
    with pytest.raises(env.SettingsError, match="cannot be asked"):
        env.make_secrets(empty)
    assert [path.name for path in empty.iterdir()] == ["hotline.sqlite3"]


def test_a_database_that_is_away_is_not_taken_for_a_new_one(empty, monkeypatch):
    url = "postgres://nobody:secret-word@127.0.0.1:1/none"
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(env.SettingsError, match="cannot be asked") as refused:
        env.make_secrets(empty)
    assert "secret-word" not in str(refused.value)
    with pytest.raises(CannotAsk):
        holds_an_office(env.database(empty))
    assert list(empty.iterdir()) == []


def test_with_the_keys_in_the_environment_only_the_signing_secret_is_made(empty, monkeypatch):
    database_file(empty, "cases_case")
    given = new_secrets()
    for purpose in PURPOSES:
        monkeypatch.setenv(NAMES[purpose], given[NAMES[purpose]])
    monkeypatch.setenv("CHAIN_SEALED", "0badcafe")
    assert set(env.make_secrets(empty)) == {"SECRET_KEY"}
    found = env.given_secrets(empty)
    assert found == {name: given[name] for name in NAMES.values()} | {"CHAIN_SEALED": "0badcafe"}


@pytest.mark.parametrize("value", ["short", "a" * 16 + ",", " " * 20])
def test_a_bad_key_in_the_environment_stops_the_start(empty, monkeypatch, value):
    monkeypatch.setenv("CHAIN_KEY", value)
    with pytest.raises(env.SettingsError, match="CHAIN_KEY: key"):
        env.given_secrets(empty)


@pytest.mark.postgres
@pytest.mark.django_db
def test_a_server_is_asked_for_our_tables(settings):
    assert holds_an_office(connection.settings_dict)
    template = connection.settings_dict | {"NAME": "template1"}
    assert not holds_an_office(template)
