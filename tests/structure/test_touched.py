"""``make quick`` runs the tests that stand nearest to what was touched."""

import pytest

from tests.touched import places


@pytest.mark.parametrize(
    ("touched", "nearest"),
    [
        (["cases/clocks/due.py"], ["tests/cases/clocks"]),
        (["cases/words.py"], ["tests/cases"]),
        (["cases/words.py", "cases/clocks/due.py"], ["tests/cases"]),
        (["search/words/days.py"], ["tests/search/words"]),
        (["satisfaction/rating/rating.py"], ["tests/satisfaction"]),
        (["hotline/desk/calls/views.py"], ["tests/desk"]),
        (["hotline/site/templates/site/home.html"], ["tests/site"]),
        (["config/family/bond.py"], ["tests/config/family"]),
        (["tests/structure/test_touched.py"], ["tests/structure/test_touched.py"]),
        (["docs/map.md", "README.md", "tests/cast.py"], []),
    ],
)
def test_nearest(touched, nearest):
    assert places(touched) == nearest
