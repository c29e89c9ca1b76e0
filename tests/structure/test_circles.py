"""No module of ours imports one that imports it, however long the way, also not inside a function."""

import sys
from collections.abc import Callable

import grimp
import pytest

from tests.structure.tree import APPS


def circles(modules: set[str], imported: Callable[[str], set[str]]) -> list[list[str]]:
    """Groups of modules of which each reaches each (Tarjan), sorted."""
    order: dict[str, int] = {}
    lowest: dict[str, int] = {}
    path: list[str] = []
    found = []

    def visit(one: str) -> None:
        order[one] = lowest[one] = len(order)
        path.append(one)
        for other in sorted(imported(one) & modules):
            if other not in order:
                visit(other)
                lowest[one] = min(lowest[one], lowest[other])
            elif other in path:
                lowest[one] = min(lowest[one], order[other])
        if lowest[one] == order[one]:
            at = path.index(one)
            group, path[at:] = path[at:], []
            if len(group) > 1:
                found.append(sorted(group))

    for one in sorted(modules):
        if one not in order:
            visit(one)
    return sorted(found)


@pytest.fixture
def deep():
    """A circle may be longer than Python's usual depth of calls."""
    usual = sys.getrecursionlimit()
    sys.setrecursionlimit(10_000)
    yield
    sys.setrecursionlimit(usual)


def test_there_is_no_circle(deep):
    graph = grimp.build_graph(*APPS, exclude_type_checking_imports=True, cache_dir=None)
    assert circles(graph.modules, graph.find_modules_directly_imported_by) == []


def test_a_circle_is_noticed():
    imports = {
        "a": {"b"},
        "b": {"c"},
        "c": {"a", "d"},
        "d": {"e"},
        "e": set(),
        "f": {"a", "g"},
        "g": {"f"},
    }
    assert circles(set(imports), imports.__getitem__) == [["a", "b", "c"], ["f", "g"]]
