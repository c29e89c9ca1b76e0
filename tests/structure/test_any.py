"""How often the word ``Any`` stands in the product: the number only falls."""

import io
import tokenize

from tests.structure.tree import ROOT, modules

MOST = 31


def uses(text):
    """How often the name stands in a source text; words in comments and strings do not count."""
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return sum(token.type == tokenize.NAME and token.string == "Any" for token in tokens)


def test_any_is_used_no_oftener_than_before_and_the_number_is_kept():
    ours = (path for path in modules() if path.relative_to(ROOT).parts[0] != "tests")
    assert sum(uses(path.read_text()) for path in ours if "migrations" not in path.parts) == MOST


def test_a_use_is_counted():
    assert uses('from typing import Any\n# Any\n"Any"\nx: dict[str, Any]\n') == 2
