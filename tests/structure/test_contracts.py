"""The import contracts hold, and each one fails when it is broken."""

import ast
import configparser
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.structure.tree import APPS, ROOT, ours

PRIVATE = {"views", "tasks", "admin"}
BREAKS = {
    "layers": ("cases/broken.py", "import routing\n"),
    "rooms": ("cases/clocks/due.py", "import cases.lifecycle.of_case\n"),
    "rooms_of_search": ("search/words/days.py", "import search.asking.finding\n"),
    "rooms_of_routing": ("routing/rules/towns.py", "import routing.advice.suggest\n"),
    "rooms_of_satisfaction": (
        "satisfaction/metrics/volume.py",
        "import satisfaction.board.trend\n",
    ),
    "rooms_of_hotline": ("hotline/site/pages/pledges.py", "import hotline.channels.forms.typed\n"),
    "rooms_of_desk": ("hotline/desk/worklist/clocks.py", "import hotline.desk.signoff.queue\n"),
    "rules": ("cases/numbers/number.py", "import django.db\n"),
    "wagtail": ("search/broken.py", "import wagtail.models\n"),
    "twilio": ("hotline/broken.py", "import twilio.rest\n"),
    "elasticsearch": ("search/engines/broken.py", "import elasticsearch\n"),
}


def contracts() -> configparser.ConfigParser:
    parser = configparser.ConfigParser()
    parser.read(ROOT / ".importlinter")
    return parser


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONIOENCODING": "utf-8"}
    program = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(  # noqa: S603 - our own tool on our own copy
        [program, "--no-cache"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copy(ROOT / ".importlinter", tmp_path)
    for path in ours():
        target = tmp_path / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    return tmp_path


def test_every_contract_holds(copy):
    found = lint(copy)
    assert found.returncode == 0, found.stdout


def test_every_contract_is_shown_failing():
    names = {s.rpartition(":")[2] for s in contracts().sections() if ":contract:" in s}
    assert names == set(BREAKS)


@pytest.mark.parametrize("contract", sorted(BREAKS))
def test_a_contract_fails_when_broken(copy, contract):
    path, line = BREAKS[contract]
    with (copy / path).open("a") as file:
        file.write(line)
    found = lint(copy)
    assert found.returncode == 1, found.stdout
    name = contracts()[f"importlinter:contract:{contract}"]["name"]
    assert f"{' '.join(name.split())} BROKEN" in " ".join(found.stdout.split())


def test_every_app_is_under_contract():
    folders = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
    listed = contracts()["importlinter"]["root_packages"].split()
    assert folders == set(listed) == set(APPS)


def strangers(app: str, source: str) -> list[str]:
    """Name the private modules of other apps that this source of an app imports."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            parts = name.split(".")
            if parts[0] in APPS and parts[0] != app and PRIVATE & set(parts[1:]):
                found.append(name)
    return found


def test_views_tasks_and_admin_are_private_to_their_app():
    found = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in ours()
        for name in strangers(path.relative_to(ROOT).parts[0], path.read_text())
    ]
    assert found == []


def test_a_stranger_at_a_private_module_is_noticed():
    assert strangers("search", "from cases import tasks") == ["cases.tasks"]
    assert strangers("config", "import hotline.desk.views as v") == ["hotline.desk.views"]
    assert strangers("cases", "from cases.views import page") == []
