"""Which modules hold rules, so that every branch of them is tested and mutants of them are killed.

A rule module decides: who may, when something is due, which unit, how something is counted, what is left
out. It shows no screen, speaks with no server and keeps no file. The rooms whose modules decide are listed
in ``[tool.coverage.run]`` of ``pyproject.toml`` (``source``; what in them is no rule, ``omit``), so that the
measurement and this list cannot differ. ``python -m tests.rules`` prints where their tests stand.
"""

import sys
import tomllib
from fnmatch import fnmatch

from tests.structure.tree import ROOT, ours
from tests.touched import places

# Rules whose cases are told elsewhere than in the folder of their room.
ALSO_TESTED_IN: dict[str, tuple[str, ...]] = {
    # who is complained about, how secret it is, what is left out: steps of cases, rules of secrecy
    "cases.events.recording": ("tests/cases/secrecy",),
    "cases.lifecycle.identity": ("tests/cases/secrecy",),
    "cases.lifecycle.models.assignment": ("tests/cases/secrecy",),
    "cases.lifecycle.models.case": ("tests/cases/secrecy",),
    "cases.privacy.folding": ("tests/search/words",),
    "cases.privacy.handling": ("tests/cases/secrecy",),
    "cases.privacy.models.handled": ("tests/cases/secrecy",),
}
# Modules without a framework that the gate leaves out, by the beginning of their names.
NOT_GATED = {
    "cases.files.text": "decides nothing; reads files in a process that may not write what it measured",
}


def measured() -> dict[str, list[str]]:
    """``source`` and ``omit`` of the measurement."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        return tomllib.load(file)["tool"]["coverage"]["run"]


def names() -> list[str]:
    """The rule modules by name, in order."""
    told = measured()
    paths = [str(path.relative_to(ROOT)) for path in ours()]
    return [
        path.removesuffix(".py").replace("/", ".")
        for path in paths
        if any(path.startswith(f"{room}/") for room in told["source"])
        and not any(fnmatch(path, left_out) for left_out in told["omit"])
        and not path.endswith("__init__.py")
    ]


def tested_in(*modules: str) -> list[str]:
    """The folders and files with the tests of modules."""
    nearest = places(map(path_of, modules))
    also = (place for name in modules for place in ALSO_TESTED_IN.get(name, ()))
    return sorted({*nearest, *also})


def path_of(name: str) -> str:
    """The file of a module, from the root of the repository."""
    return name.replace(".", "/") + ".py"


if __name__ == "__main__":
    sys.stdout.write("".join(f"{place}\n" for place in tested_in(*names())))
