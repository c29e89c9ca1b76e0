"""A damaged, changed, newer or foreign backup is refused before anything is written."""

import json

import pytest

from config.backup import BackupError, manifest, restoring, sealing, secret_keys
from config.backup.restoring import Place, require_empty
from config.backup.soundness import check
from tests.backup.office import PASSPHRASE

ATTACHED = "media/attachments/2026/11/explained.docx"


def ignore(*_told):
    """Progress that nobody looks at."""


def test_an_untouched_backup_is_good(made, keys):
    assert check(made, keys, ignore).manifest.heads["cases"]["count"] == 3


@pytest.mark.parametrize("part", ["database.sqlite3", "manifest.json", "files.sha256", ATTACHED])
@pytest.mark.parametrize("how", ["changed", "gone", "cut"])
def test_a_damaged_one_is_refused(made, keys, part, how):
    path = made / part
    content = path.read_bytes()
    path.unlink()
    if how == "changed":
        spot = (
            content.rfind(b'"cases_case": 3') + 14 if part == "manifest.json" else len(content) // 2
        )
        path.write_bytes(content[:spot] + bytes([content[spot] ^ 1]) + content[spot + 1 :])
    elif how == "cut":
        path.write_bytes(content[: len(content) // 2])
    with pytest.raises(BackupError, match=part.rpartition("/")[2]):
        check(made, keys, ignore)


def rewritten(made, **changes):
    """Change the manifest as somebody would who has no key; give what it was."""
    path = made / manifest.FILE
    told = json.loads(path.read_text())
    path.write_text(json.dumps(told | changes))
    return told


def test_a_manifest_that_was_changed_is_refused(made, keys):
    told = rewritten(made)
    check(made, keys, ignore)  # written anew, but the same
    rewritten(made, tables=told["tables"] | {"cases_case": 2})
    with pytest.raises(BackupError, match=r"manifest\.json"):
        check(made, keys, ignore)


@pytest.mark.parametrize(
    "changes",
    [{"format": 2}, {"version": "9.0.0"}, {"schema": ["cases.9999_of_tomorrow"]}],
    ids=["format", "version", "schema"],
)
def test_a_newer_one_is_refused_with_what_to_do(made, keys, changes):
    rewritten(made, **changes)
    with pytest.raises(BackupError, match="版本"):
        check(made, keys, ignore)


@pytest.mark.parametrize("name", secret_keys.NEEDED)
def test_other_keys_are_refused(made, keys, name):
    with pytest.raises(BackupError, match=name):
        check(made, keys | {name: "another"}, ignore)
    with pytest.raises(BackupError, match=name):
        secret_keys.read(json.dumps(keys | {name: ""}).encode())


def test_a_key_that_is_kept_beside_a_newer_one_fits(made, keys):
    check(made, keys | {"CHAIN_KEY": f"newer,{keys['CHAIN_KEY']}"}, ignore)


def test_another_passphrase_does_not_open_the_keys(made, keys):
    locked = (made / manifest.KEYS).read_bytes()
    assert json.loads(sealing.open_by_passphrase(locked, PASSPHRASE)) == keys
    with pytest.raises(BackupError):
        sealing.open_by_passphrase(locked, "another horse battery")


def test_keys_of_the_environment_that_do_not_fit_are_told(made, keys, tmp_path, monkeypatch):
    source = check(made, keys, ignore)
    require_empty(source, Place(tmp_path / "one"))
    monkeypatch.setenv("LOOKUP_KEY", "another")
    with pytest.raises(BackupError, match="LOOKUP_KEY"):
        require_empty(source, Place(tmp_path / "two"))


def test_a_file_in_the_place_of_the_folder_is_one_sentence(made, keys, tmp_path):
    (tmp_path / "place").write_text("mine")
    source = check(made, keys, ignore)
    with pytest.raises(BackupError, match="place"):
        require_empty(source, Place(tmp_path / "place", ""))
    assert (tmp_path / "place").read_text() == "mine"


def test_a_place_that_is_not_empty_is_left_alone(made, keys, tmp_path):
    source = check(made, keys, ignore)
    folder = tmp_path / "disk"
    (folder / "lost+found").mkdir(parents=True)  # of a disk of its own
    require_empty(source, Place(folder))
    (folder / "letter.txt").write_text("mine")
    with pytest.raises(BackupError, match=str(folder)):
        require_empty(source, Place(folder))
    assert (folder / "letter.txt").read_text() == "mine"


def test_sqlite_is_not_restored_into_postgresql(made, keys, tmp_path):
    place = Place(tmp_path / "new", "postgres://hotline@127.0.0.1:1/hotline")
    with pytest.raises(BackupError, match="postgresql"):
        require_empty(check(made, keys, ignore), place)


def test_sqlite_elsewhere_than_in_the_folder_is_refused(made, keys, tmp_path):
    place = Place(tmp_path / "new", f"sqlite:///{tmp_path}/other.sqlite3")
    with pytest.raises(BackupError, match="DATABASE_URL"):
        require_empty(check(made, keys, ignore), place)


def test_a_restore_that_was_killed_is_begun_anew(made, keys, tmp_path):
    source, place = check(made, keys, ignore), Place(tmp_path / "new")
    (place.folder / restoring.BEGUN / "media").mkdir(parents=True)
    (place.folder / restoring.BEGUN / "hotline.sqlite3").write_text("half")
    require_empty(source, place)
    assert restoring.put_back(source, place, ignore) == []
    assert not (place.folder / restoring.BEGUN).exists()


def test_a_restored_database_that_differs_is_told(made, keys, tmp_path):
    source, place = check(made, keys, ignore), Place(tmp_path / "new")
    require_empty(source, place)
    source.manifest.tables["cases_case"] = 4
    source.manifest.heads["accounts"] = {"count": 4, "sha256": "another"}
    said = " ".join(restoring.put_back(source, place, ignore))
    assert "cases_case" in said
    assert "accounts" in said
