"""Only the product's own words are written into SQL; everything else is bound."""

import pytest

from cases.literals import Literal


@pytest.mark.parametrize("text", ["", "a b", "x'--", "状态"])
def test_nothing_but_a_slug_is_written_into_sql(text):
    with pytest.raises(ValueError, match="not a slug"):
        Literal(text)
