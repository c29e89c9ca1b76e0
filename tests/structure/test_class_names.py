"""A class name stands once: who reads it, finds or searches it knows which one is meant."""

import ast
from collections import defaultdict

from tests.structure.tree import ROOT, ours

# Named by Django: one a file, found by the file.
BY_RULE = {"Command"}
BASES_BY_RULE = {"AppConfig"}


def classes(source):
    """Names and lines of the classes of a file; one inside another is named together with it."""
    return [
        (node.name, node.lineno)
        for node in ast.parse(source).body
        if isinstance(node, ast.ClassDef)
        and node.name not in BY_RULE
        and not any(ast.unparse(base) in BASES_BY_RULE for base in node.bases)
    ]


def repeated(sources):
    """Name of a class → all its places, where there is more than one (path → source)."""
    places = defaultdict(list)
    for path, source in sources.items():
        for name, line in classes(source):
            places[name].append(f"{path}:{line}")
    return {name: found for name, found in places.items() if len(found) > 1}


def test_a_class_name_stands_once():
    assert repeated({str(p.relative_to(ROOT)): p.read_text() for p in ours()}) == {}


def test_a_second_class_of_a_name_is_seen():
    sources = {
        "routing/queue.py": "class Row:\n    class Meta: ...\nclass Command: ...\n",
        "search/rows.py": "\nclass Row:\n    class Meta: ...\nclass Command: ...\n",
        "search/apps.py": "class Own(AppConfig): ...\n",
        "routing/apps.py": "class Own(AppConfig): ...\n",
    }
    assert repeated(sources) == {"Row": ["routing/queue.py:1", "search/rows.py:2"]}
