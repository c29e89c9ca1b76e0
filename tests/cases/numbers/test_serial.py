"""Serials: each once, in blocks outside a transaction, one at a time inside."""

from datetime import date

import pytest
from django.db import transaction

from cases.numbers.serial import next_serial, reserve

DAY, NEXT_DAY = date(2026, 11, 23), date(2026, 11, 24)


@pytest.fixture
def blocks_of_three(transactional_db, settings):
    settings.NUMBER_BLOCK = 3


def test_a_block_is_used_up_before_the_next_one_is_taken(
    blocks_of_three, django_assert_num_queries
):
    with django_assert_num_queries(2):
        assert [next_serial(DAY, "phone") for _ in range(4)] == [1, 2, 3, 4]
    assert reserve(DAY, "phone", 1) == 7  # another process begins behind both blocks
    assert [next_serial(DAY, "phone") for _ in range(3)] == [5, 6, 8]


def test_each_day_and_channel_begins_at_one(blocks_of_three):
    assert next_serial(DAY, "phone") == 1
    assert next_serial(DAY, "web") == 1
    assert next_serial(NEXT_DAY, "phone") == 1
    assert next_serial(DAY, "phone") == 4  # the rest of yesterday's block was dropped
    assert next_serial(DAY, "web") == 4


def test_inside_a_transaction_a_rollback_gives_one_back_and_no_block(blocks_of_three):
    def take_and_fail():
        with transaction.atomic():
            assert next_serial(DAY, "phone") == 1
            raise RuntimeError

    with pytest.raises(RuntimeError):
        take_and_fail()
    assert reserve(DAY, "phone", 1) == 1
