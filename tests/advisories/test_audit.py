"""``make audit`` finds an affected pin in any form of the file, and never says none without a look."""

import json
import zipfile

import pytest

from tests.advisories.audit import AFFECTED, NONE_AFFECTED, NOT_LOOKED_UP, main, pins

PIN = next(pin for pin in pins() if pin.name == "django")


def advisory(event, **told):
    package = {"ecosystem": "PyPI", "name": "Django"}
    ranges = [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, event]}]
    return {
        "id": "PYSEC-7",
        "modified": "2026-11-20T08:00:00Z",
        "summary": "A form is believed.",
        "affected": [{"package": package, "ranges": ranges}],
    } | told


def as_one(path, records):
    path.write_text(json.dumps(records[0]))


def as_list(path, records):
    path.write_text(json.dumps(records))


def as_answer(path, records):
    path.write_text(json.dumps({"vulns": records}))


def as_folder(path, records):
    path.mkdir()
    for record in records:
        (path / f"{record['id']}.json").write_text(json.dumps(record))


def as_zip(path, records):
    with zipfile.ZipFile(path, "w") as packed:
        for record in records:
            packed.writestr(f"{record['id']}.json", json.dumps(record))


@pytest.mark.parametrize("written", [as_one, as_list, as_answer, as_folder, as_zip])
def test_an_affected_pin_is_found(tmp_path, capsys, written):
    written(tmp_path / "known", [advisory({"last_affected": PIN.version})])
    assert main(str(tmp_path / "known")) == AFFECTED
    first, last = capsys.readouterr().out.splitlines()
    assert (
        first == f"django {PIN.version} (base.txt): PYSEC-7; no fix is named. A form is believed."
    )
    assert last == f"{len(pins())} pins, 1 advisories, the newest of 2026-11-20: 1 found."


def test_a_fixed_pin_is_not(tmp_path, capsys):
    as_list(tmp_path / "known", [advisory({"fixed": PIN.version})])
    assert main(str(tmp_path / "known")) == NONE_AFFECTED
    assert capsys.readouterr().out.endswith(": 0 found.\n")


def test_the_remedy_and_other_names_are_told(tmp_path, capsys):
    as_list(tmp_path / "known", [advisory({"fixed": "999"}, aliases=["CVE-2026-7"])])
    assert main(str(tmp_path / "known")) == AFFECTED
    assert "PYSEC-7, CVE-2026-7; fixed in 999." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (None, "No such file"),
        ("not JSON", "holds no advisories in the OSV format"),
        ("[1]", "an advisory has no id"),
        ("[]", "holds no advisory about a package of the Python index"),
    ],
)
def test_without_advisories_nothing_was_looked_up(tmp_path, capsys, content, why):
    if content is not None:
        (tmp_path / "known").write_text(content)
    assert main(str(tmp_path / "known")) == NOT_LOOKED_UP
    said = capsys.readouterr()
    assert said.err.startswith("Nothing was looked up: ")
    assert why in said.err
    assert said.out == ""


def test_without_a_file_it_says_what_to_set(capsys):
    assert main("") == NOT_LOOKED_UP
    assert "set ADVISORIES" in capsys.readouterr().err


def test_every_pin_of_the_requirement_files_is_read():
    found = pins()
    assert {pin.file for pin in found} == {"base.txt", "dev.txt"}
    assert {"django", "psycopg-binary", "pytest"} <= {pin.name for pin in found}
    assert len(found) > 100
