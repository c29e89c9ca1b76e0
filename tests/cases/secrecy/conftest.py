"""A case whose citizen its unit must not know."""

import pytest

from cases.models import Case
from tests.cast import NOON, wang_says


@pytest.fixture
def case(cast):
    """Confidential, signed by housing."""
    made = wang_says(cast, secrecy="confidential")
    made.accept(category=cast.street_lights, by=cast.dispatcher, at=NOON)
    made.dispatch(lead=cast.housing, by=cast.dispatcher, at=NOON)
    made.lead().sign(by=cast.clerk, at=NOON)
    return Case.objects.get(pk=made.pk)
