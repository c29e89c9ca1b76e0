"""A sealed column opens for its row alone, and every model with one is found."""

import pytest

from cases.models import Original, Petitioner
from cases.privacy.crypto import CannotOpen
from cases.privacy.sealing import Sealing, columns_for, sealing_models


@pytest.fixture
def wang(db):
    return Petitioner.keep(name="王桂芬", phone="138 0731 6217")


def test_what_a_row_sealed_it_opens(wang):
    assert "王桂芬" not in wang.name_sealed
    assert (wang.unsealed("name_sealed"), wang.phone) == ("王桂芬", "13807316217")


def test_another_row_and_another_column_do_not(wang):
    other = Petitioner.keep(name="李梅", phone="13907318990")
    other.name_sealed, wang.phone_sealed = wang.name_sealed, wang.name_sealed
    for row, column in ((other, "name_sealed"), (wang, "phone_sealed")):
        with pytest.raises(CannotOpen):
            row.unsealed(column)


def test_opening_needs_the_columns_and_what_they_are_bound_to():
    assert columns_for(Petitioner) == {"name_sealed", "phone_sealed", "pk"}
    assert columns_for(Original) == {"text_sealed", "key"}


def test_every_model_with_a_sealed_column_is_found_in_one_order():
    found = list(sealing_models())
    assert {Petitioner, Original} <= set(found)
    assert all(issubclass(one, Sealing) and one.SEALED for one in found)
    assert found == sorted(found, key=lambda one: f"{one.__module__}.{one.__name__}")
