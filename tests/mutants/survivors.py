"""Mutants that no test kills: how they read, and which are accepted, with the reason.

A mutant is known by its module, its function and the lines that it changes, not by its number: numbers move
with every edit of the function.
"""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path

ACCEPTED = Path(__file__).with_name("accepted.toml")
SEPARATOR = "ǁ"  # mutmut's, between class and method


@dataclass(frozen=True)
class Survivor:
    """A change that no test noticed."""

    module: str
    function: str  # ``Class.method`` or ``function``
    was: str
    becomes: str
    reason: str = field(default="", compare=False)

    def __str__(self) -> str:
        return f"{self.module}.{self.function}\n  - {self.was}\n  + {self.becomes}"


def read(name: str, difference: str) -> Survivor:
    """A survivor from mutmut's name of it and the difference that ``mutmut show`` prints."""
    mangled, _, _number = name.rpartition("__mutmut_")
    module, _, function = mangled.rpartition(".x")
    lines = difference.splitlines()
    body = lines[next(i for i, line in enumerate(lines) if line.startswith("@@")) :]
    return Survivor(
        module,
        function[1:].replace(
            SEPARATOR, "."
        ),  # before it "_" of a function, the separator of a class
        _changed(body, "-"),
        _changed(body, "+"),
    )


def _changed(lines: list[str], sign: str) -> str:
    return " ".join(line[1:].strip() for line in lines if line.startswith(sign))


def accepted(path: Path = ACCEPTED) -> list[Survivor]:
    """The survivors that were looked at and stay, each with its reason."""
    with path.open("rb") as file:
        return [Survivor(**one) for one in tomllib.load(file).get("survivor", [])]
