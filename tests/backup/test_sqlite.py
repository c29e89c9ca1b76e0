"""A copy of one moment while others write: never begun anew, nobody waits, nothing half."""

import sqlite3
from contextlib import closing

import pytest

from config.backup import BackupError, sqlite


@pytest.fixture
def busy(tmp_path):
    """A database in write-ahead mode of some hundred pages, with a writer that waits for nobody."""
    path = tmp_path / "hotline.sqlite3"
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as writer:
        writer.execute("PRAGMA journal_mode = WAL")
        writer.execute("CREATE TABLE letters (number INTEGER PRIMARY KEY, text)")
        writer.execute("CREATE TABLE counted (rows)")
        writer.execute("INSERT INTO counted VALUES (0)")
        write(writer, 500)
        yield path, writer


def write(writer, count):
    """Write some letters and count them, in one transaction."""
    writer.execute("BEGIN IMMEDIATE")
    writer.executemany("INSERT INTO letters (text) VALUES (?)", [("停水" * 500,)] * count)
    writer.execute("UPDATE counted SET rows = (SELECT count(*) FROM letters)")
    writer.execute("COMMIT")


def test_the_copy_is_of_the_moment_it_began_whatever_is_written_meanwhile(
    busy, tmp_path, monkeypatch
):
    monkeypatch.setattr(sqlite, "PAGES", 20)
    path, writer = busy
    seen = []

    def told(done, whole):
        seen.append(done)
        assert len(seen) < 500, "the copy is begun anew again and again"
        write(writer, 3)  # raises "database is locked" if it had to wait

    sqlite.copy(path, tmp_path / "copy", told)
    assert len(seen) > 10
    assert seen == sorted(set(seen)), "the copy was begun anew"
    with closing(sqlite3.connect(tmp_path / "copy")) as copy:
        assert copy.execute("SELECT count(*) FROM letters").fetchone() == (500,)
        assert copy.execute("SELECT rows FROM counted").fetchone() == (500,)
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_the_copy_needs_no_file_beside_it(busy, tmp_path):
    path, _writer = busy
    sqlite.copy(path, tmp_path / "copy", lambda *_: None)
    with sqlite.asking(tmp_path / "copy") as ask:
        assert list(ask("SELECT rows FROM counted")) == [(500,)]
    assert sorted(one.name for one in tmp_path.iterdir() if one.name.startswith("copy")) == ["copy"]


def test_what_only_the_log_holds_is_copied_too(busy, tmp_path):
    path, writer = busy
    writer.execute("PRAGMA wal_autocheckpoint = 0")
    write(writer, 1)
    with closing(sqlite3.connect(f"file:{path}?immutable=1", uri=True)) as file_alone:
        pages = file_alone.execute("PRAGMA page_count").fetchone()[0]
    assert path.with_name(path.name + "-wal").stat().st_size > 0
    sqlite.copy(path, tmp_path / "copy", lambda *_: None)
    with sqlite.asking(tmp_path / "copy") as ask:
        assert list(ask("SELECT count(*) FROM letters")) == [(501,)]
    assert sqlite.size(path) >= pages


def test_a_damaged_database_is_not_taken_for_a_backup(busy, tmp_path):
    path, writer = busy
    writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    writer.close()
    with path.open("r+b") as file:
        file.seek(4096 * 30)
        file.write(b"\xff" * 4096)
    with pytest.raises(BackupError):
        sqlite.copy(path, tmp_path / "copy", lambda *_: None)
