"""Which backups stay, which go, and one maker at a time."""

import json
from datetime import timedelta

import pytest

from config.backup import BackupBusy, keeping, manifest
from config.backup.keeping import BackupKept
from tests.backup.office import Office, backed_up, backups
from tests.cast import NOON


@pytest.fixture
def at_times(made, tmp_path):
    """Backups of these moments, newest first, as far as retention looks at them."""
    known = json.loads((made / manifest.FILE).read_text())

    def of(*moments):
        return [
            BackupKept(
                tmp_path / keeping.name_at(one),
                manifest.Manifest(**known | {"made_at": one.isoformat()}),
            )
            for one in sorted(moments, reverse=True)
        ]

    return of


def gone(there, keep, keep_days):
    return [one.manifest.made for one in keeping.to_remove(there, keep, keep_days)]


def test_the_newest_stay_and_the_newest_of_each_day(at_times):
    hours = [NOON - timedelta(hours=n) for n in range(60)]
    there = at_times(*hours)
    left = [one for one in there if one not in keeping.to_remove(there, 3, 3)]
    # Noon, 11, 10 o'clock; the last hour of the day before and of the day before that.
    assert [one.manifest.made for one in left] == [hours[n] for n in (0, 1, 2, 13, 37)]


@pytest.mark.parametrize("keep", [0, 1])
def test_the_last_one_never_goes(at_times, keep):
    assert gone(at_times(NOON), keep, 0) == []
    assert len(gone(at_times(NOON, NOON - timedelta(days=1)), keep, 0)) == 1


def test_only_sound_backups_of_this_office_count(made, keys):
    folder = made.parent
    (folder / "hotline-20200101T000000Z").mkdir()  # of somebody else
    (folder / f"{made.name}.partial").mkdir()
    chain_keys = [keys["CHAIN_KEY"]]
    assert [one.folder for one in keeping.kept(folder, chain_keys)] == [made]
    assert keeping.kept(folder, ["another office's"]) == []
    path = made / manifest.FILE
    path.write_text(path.read_text().replace('"cases_case": 3', '"cases_case": 4'))
    assert keeping.kept(folder, chain_keys) == []


def test_one_maker_at_a_time(tmp_path):
    with keeping.alone(tmp_path):
        assert keeping.is_taken(tmp_path)
        with pytest.raises(BackupBusy), keeping.alone(tmp_path):
            pass
    assert not keeping.is_taken(tmp_path)


def test_a_second_backup_links_what_did_not_change_and_the_first_goes(office):
    kept = office.folder.parent / "kept"
    first = backed_up(office)
    (kept / "notes").mkdir()
    (kept / "hotline-20200101T000000Z").mkdir()  # not ours: it has no manifest
    (kept / "hotline-20210101T000000Z.partial").mkdir()  # what a killed one left
    media = office.folder / "media" / "attachments"
    (media / "new.txt").write_text("new")
    second = backed_up(office)
    one, other = (path / "media/attachments/2026/11/explained.docx" for path in (first, second))
    assert one.stat().st_ino == other.stat().st_ino
    assert (second / "media/attachments/new.txt").read_text() == "new"
    (media / "2026/11/explained.docx").write_bytes(b"another")
    third = backed_up(office, "--keep", "1")
    assert (third / "media/attachments/2026/11/explained.docx").read_bytes() == b"another"
    assert backups(office) == [kept / "hotline-20200101T000000Z", third]
    assert (kept / "notes").is_dir()
    assert list(kept.glob("*.partial")) == []


def test_a_backup_of_another_office_in_the_same_folder_stays(office, made, tmp_path):
    other = tmp_path / "kept" / made.name
    other.parent.mkdir()
    made.rename(other)
    told = json.loads((other / manifest.FILE).read_text())
    changed = manifest.Manifest(**told)
    (other / manifest.FILE).write_text(changed.as_text("another office's"))
    mine = backed_up(office, "--keep", "1")
    assert set(backups(office)) == {other, mine}
    assert isinstance(office, Office)
