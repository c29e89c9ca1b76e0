"""Outages are told by what the database and the system say; a mistake never passes for one."""

import errno
import sqlite3
from types import SimpleNamespace

import psycopg
import pytest
from django.db import DatabaseError, InterfaceError, OperationalError
from django.db.transaction import TransactionManagementError

from cases.machine import disk
from cases.machine.outage import Outage, gives_back, outage_of, settle
from tests.config.outages import refused, write_to_a_full_disk

AWAY, FULL, READ_ONLY = Outage.AWAY, Outage.FULL, Outage.READ_ONLY


def raised(act, *args):
    try:
        act(*args)
    except Exception as error:  # noqa: BLE001 - whatever it is
        return error
    raise AssertionError


def of_postgres(state):
    """As Django raises what a server says with this SQLSTATE."""
    wrapped = DatabaseError("said by the server")
    wrapped.__cause__ = psycopg.errors.lookup(state)("said by the server")
    return wrapped


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        ("57P01", AWAY),  # admin_shutdown
        ("57P02", AWAY),  # crash_shutdown
        ("57P03", AWAY),  # cannot_connect_now
        ("08006", AWAY),  # connection_failure
        ("53300", AWAY),  # too_many_connections
        ("55P03", AWAY),  # lock_not_available
        ("40P01", AWAY),  # deadlock_detected
        ("58030", AWAY),  # io_error
        ("53100", FULL),  # disk_full
        ("57014", None),  # query_canceled: a query that takes too long is a mistake of ours
        ("42P01", None),  # undefined_table
        ("42601", None),  # syntax_error
        ("23505", None),  # unique_violation
        ("28P01", None),  # invalid_password: nothing that passes by itself
        ("25P02", None),  # in_failed_sql_transaction
    ],
)
def test_postgres_tells_by_its_state(state, kind):
    assert outage_of(of_postgres(state)) is kind


def test_a_server_that_refuses_is_away():
    assert outage_of(raised(refused)) is AWAY


def test_a_connection_closed_before_is_away():
    assert outage_of(InterfaceError("connection already closed")) is AWAY
    assert outage_of(psycopg.OperationalError("the connection is closed")) is AWAY
    assert outage_of(InterfaceError("Cursor closed")) is None


def test_psycopg_s_own_refusals_are_mistakes():
    assert outage_of(psycopg.ProgrammingError("the last operation produced no result")) is None
    assert outage_of(psycopg.DataError("text fields cannot contain NUL (0x00) bytes")) is None


def test_a_lock_of_sqlite_is_away_and_a_mistake_is_none(tmp_path):
    path = tmp_path / "one.sqlite3"
    first, second = (sqlite3.connect(path, timeout=0, isolation_level=None) for _ in "ab")
    first.execute("CREATE TABLE t (x)")
    first.execute("BEGIN IMMEDIATE")
    assert outage_of(raised(second.execute, "BEGIN IMMEDIATE")) is AWAY
    assert outage_of(raised(second.execute, "SELECT * FROM nothing")) is None
    first.close()
    second.close()


def test_a_full_sqlite_is_full(tmp_path):
    raw = sqlite3.connect(tmp_path / "one.sqlite3")
    raw.execute("CREATE TABLE t (x)")
    raw.execute("PRAGMA max_page_count = 2")
    assert outage_of(raised(raw.execute, "INSERT INTO t VALUES (zeroblob(100000))")) is FULL
    raw.close()


def test_a_database_that_cannot_be_opened_is_full_when_the_disk_is(tmp_path, monkeypatch):
    error = raised(sqlite3.connect, tmp_path / "no folder" / "file")
    assert outage_of(error) is AWAY
    none_free = SimpleNamespace(free=0, total=10 * disk.GB)
    monkeypatch.setattr(disk.shutil, "disk_usage", lambda _path: none_free)
    assert outage_of(error) is FULL


def test_a_sqlite_that_may_not_be_written_is_read_only(tmp_path):
    path = tmp_path / "one.sqlite3"
    sqlite3.connect(path).execute("CREATE TABLE t (x)").connection.close()
    raw = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    assert outage_of(raised(raw.execute, "INSERT INTO t VALUES (1)")) is READ_ONLY
    raw.close()


@pytest.mark.parametrize(
    "code",
    [
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_READONLY_CANTINIT,
        sqlite3.SQLITE_READONLY_CANTLOCK,
        sqlite3.SQLITE_READONLY_DBMOVED,
        sqlite3.SQLITE_READONLY_DIRECTORY,
        sqlite3.SQLITE_READONLY_RECOVERY,
        sqlite3.SQLITE_READONLY_ROLLBACK,
    ],
)
def test_wherever_sqlite_may_not_write_it_is_read_only(code):
    error = sqlite3.OperationalError("attempt to write a readonly database")
    error.sqlite_errorcode = code
    wrapped = OperationalError("attempt to write a readonly database")
    wrapped.__cause__ = error
    assert outage_of(wrapped) is READ_ONLY


def test_what_a_folder_that_may_not_be_written_brings_about_is_read_only(tmp_path, monkeypatch):
    cannot_open = raised(sqlite3.connect, tmp_path / "no folder" / "file")
    refused_by_system = OSError(errno.EACCES, "not allowed")
    assert outage_of(OSError(errno.EROFS, "mounted so")) is READ_ONLY
    assert (outage_of(cannot_open), outage_of(refused_by_system)) == (AWAY, None)
    monkeypatch.setattr(disk.os, "access", lambda *_asked: False)
    assert (outage_of(cannot_open), outage_of(refused_by_system)) == (READ_ONLY, READ_ONLY)


def test_a_full_disk_is_full_whatever_it_is_wrapped_in():
    error = ValueError("not stored")
    error.__cause__ = raised(write_to_a_full_disk)
    assert outage_of(error) is FULL
    assert outage_of(OSError(errno.EDQUOT, "quota")) is FULL
    assert outage_of(OSError(errno.EACCES, "not allowed")) is None


def test_a_mistake_after_an_outage_is_a_mistake():
    def mend():
        try:
            refused()
        except OperationalError:
            {}["nothing"]

    assert outage_of(raised(mend)) is None


def test_a_broken_transaction_is_as_its_cause():
    broken = TransactionManagementError("an error occurred in the current transaction")
    assert outage_of(broken) is None
    broken.__cause__ = of_postgres("57P01")
    assert outage_of(broken) is AWAY


def test_what_was_interrupted_is_given_back_when_it_is_over():
    done = []
    with pytest.raises(OperationalError), gives_back(lambda: done.append("first")):
        refused()
    with pytest.raises(KeyError), gives_back(lambda: done.append("a mistake gives nothing back")):
        {}["nothing"]
    with gives_back(lambda: done.append("nor does success")):
        pass
    assert done == []
    settle()
    settle()
    assert done == ["first"]


def test_what_cannot_be_given_back_yet_waits():
    tries = []

    def act():
        tries.append(1)
        if len(tries) == 1:
            refused()

    with pytest.raises(OperationalError), gives_back(act):
        refused()
    with pytest.raises(OperationalError):
        settle()
    settle()
    settle()
    assert len(tries) == 2


def test_rooms_of_a_disk():
    big = 1000 * disk.GB
    states = [disk.Room(free, big).state for free in (99 * 2**20, 2**29, 2 * disk.GB, 20 * disk.GB)]
    assert states == ["full", "nearly_full", "little", "ok"]
    assert disk.Room(3 * 2**20, 64 * 2**20).state == "full"  # of a small disk a twentieth
    assert disk.Room(4 * 2**20, 64 * 2**20).state == "nearly_full"
