"""The units for systemd in the docs: valid, never given up, and starting what the tests start."""

import configparser
import subprocess
import sys

import pytest

from tests.structure.tree import ROOT

UNITS = sorted((ROOT / "docs" / "systemd").glob("*.service"))


def read(path):
    unit = configparser.ConfigParser(interpolation=None, strict=False)
    unit.optionxform = str
    unit.read_string(path.read_text())
    return unit


def test_there_are_units_for_the_office_and_for_its_parts():
    assert [path.name for path in UNITS] == [
        "hotline-web.service",
        "hotline-work@.service",
        "hotline.service",
    ]


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_is_started_again_whatever_happens(path):
    unit = read(path)
    assert unit["Unit"]["StartLimitIntervalSec"] == "0"  # never given up
    assert (unit["Service"]["Restart"], unit["Service"]["RestartSec"]) == ("always", "1")
    assert unit["Service"]["UMask"] == "0077"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("hotline.service", "manage.py run"),  # as tests/faults/office.py starts it
        ("hotline-web.service", "-m gunicorn -c config/gunicorn.py config.wsgi"),
        ("hotline-work@.service", "manage.py work %i"),
    ],
)
def test_a_unit_starts_what_there_is(name, words):
    assert (
        read(ROOT / "docs" / "systemd" / name)["Service"]["ExecStart"]
        == f"/opt/hotline/.venv/bin/python {words}"
    )


@pytest.mark.services
@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_systemd_understands_a_unit(path, tmp_path):
    said = path.read_text().replace("/opt/hotline/.venv/bin/python", sys.executable)
    said = said.replace("/opt/hotline", str(ROOT)).replace("User=hotline", "User=root")
    unit = tmp_path / path.name.replace("@", "@quick")
    unit.write_text(said)
    checked = subprocess.run(  # noqa: S603 - our own words
        ["systemd-analyze", "verify", "--man=no", str(unit)],  # noqa: S607
        capture_output=True,
        text=True,
        check=False,
    )
    ours = [line for line in checked.stderr.splitlines() if unit.name in line]
    assert (checked.returncode, ours) == (0, [])
