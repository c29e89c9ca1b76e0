"""Change rule modules bit by bit and see whether a test notices: ``make mutants MODULE=cases.clocks.term``.

mutmut works on a copy in ``.mutants/``, so that nothing beside it changes and an edit meanwhile disturbs
nothing. The tests are those that stand nearest to the module, and those that ``rules`` names. Ends with 0
when every survivor is accepted (``accepted.toml``), with 1 otherwise.
"""

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from tests.mutants.survivors import Survivor, accepted, read
from tests.rules import names, path_of, tested_in
from tests.structure.tree import APPS, ROOT, files

FOLDER = ROOT / ".mutants"
KILLED, SURVIVED, WITHOUT_TEST = {1, 3}, {0}, {5, 33}


def settings(modules: list[str]) -> str:
    """What mutmut is told, as a part of ``pyproject.toml``."""
    paths = [path_of(name) for name in modules]
    told = {
        "source_paths": list(APPS),
        "only_mutate": paths,
        "also_copy": ["manage.py", "docs"],
        "pytest_add_cli_args_test_selection": tested_in(*modules),
        "use_git_change_detection": False,
    }
    lines = (f"{name} = {json.dumps(value)}\n" for name, value in told.items())
    return "\n[tool.mutmut]\n" + "".join(lines)


def copy(target: Path, modules: list[str]) -> None:
    """The repository as it lies, with mutmut's settings."""
    shutil.rmtree(target, ignore_errors=True)
    for path in files():
        placed = target / path.relative_to(ROOT)
        placed.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, placed)
    with (target / "pyproject.toml").open("a") as file:
        file.write(settings(modules))


def mutmut(*said: str, at: Path) -> str:
    """Run it in the copy and return what it prints."""
    program = str(Path(sys.executable).with_name("mutmut"))
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    run = subprocess.run(  # noqa: S603 - our own tool on our own copy
        [program, *said], cwd=at, env=environment, capture_output=True, text=True, check=False
    )
    if run.returncode:
        last = run.stdout.splitlines()[-20:]  # it draws its progress line by line
        sys.exit("\n".join([f"mutmut stopped with {run.returncode}:", *last, run.stderr[-3000:]]))
    return run.stdout


def results(target: Path, modules: Iterable[str]) -> dict[str, int | None]:
    """How the tests ended for each mutant, by name."""
    found: dict[str, int | None] = {}
    for name in modules:
        kept = target / "mutants" / f"{path_of(name)}.meta"
        if kept.is_file():  # a module without a function that can be changed has none
            found |= json.loads(kept.read_text("utf-8"))["exit_code_by_key"]
    return found


def judge(target: Path, ended: dict[str, int | None]) -> list[Survivor]:
    """Print how many mutants there were and how they ended; returns what is not accepted."""
    alive = [name for name, code in ended.items() if code in SURVIVED | WITHOUT_TEST]
    known = accepted()
    survivors = [read(name, mutmut("show", name, at=target)) for name in alive]
    new = [one for one in survivors if one not in known]
    counted = Counter(
        "killed" if code in KILLED else "alive" if name in alive else "ended otherwise"
        for name, code in ended.items()
    )
    sys.stdout.write(
        f"{len(ended)} mutants: {counted['killed']} killed, {counted['alive']} alive "
        f"({len(survivors) - len(new)} of them accepted), "
        f"{counted['ended otherwise']} ended otherwise (time ran out).\n"
    )
    sys.stdout.write("".join(f"{one}\n" for one in new))
    return new


def main(asked: list[str]) -> int:
    """Mutate the modules that are named, or every rule module, and judge the survivors."""
    modules = asked or names()
    unknown = [name for name in modules if not (ROOT / path_of(name)).is_file()]
    if unknown:
        sys.exit(f"No module: {', '.join(unknown)}")
    others = f"+{len(modules) - 1}" if len(modules) > 1 else ""
    target = FOLDER / f"{modules[0]}{others}"
    copy(target, modules)
    mutmut("run", "--max-children", os.environ.get("JOBS", "2"), at=target)
    return 1 if judge(target, results(target, modules)) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
