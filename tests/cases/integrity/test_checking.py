"""`manage.py verify_history` opens every sealed value: swapped, altered and lost ones are named."""

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command

from cases.models import Case, Petitioner
from cases.privacy import keys
from cases.privacy.keyring import PERSONAL
from hotline.models import Draft
from tests.cast import NOON, wang_says


@pytest.fixture
def two(key_file, cast):
    """Two people with their cases, and two drafts."""
    wang_says(cast)
    wang_says(cast, name="李四海", phone="13873119042", key="form-2")
    for who, token in ((cast.operator, "a"), (cast.reviewer, "b")):
        Draft.keep(who, token, {"name": who.name}, NOON)
    return Petitioner.objects.order_by("pk")


def test_what_is_as_it_was_sealed_is_counted(two, capsys):
    call_command("verify_history")
    assert "8 sealed values opened, 0 faults." in capsys.readouterr().out


def swap(model, column):
    (first, one), (second, other) = model.objects.order_by("pk").values_list("pk", column)[:2]
    model.objects.filter(pk=first).update(**{column: other})
    model.objects.filter(pk=second).update(**{column: one})
    return first, second


@pytest.mark.parametrize(
    ("model", "column"),
    [
        (Petitioner, "name_sealed"),
        (Petitioner, "phone_sealed"),
        (Case, "query_code_sealed"),
        (Draft, "fields_sealed"),
    ],
)
def test_two_rows_that_were_swapped_are_both_named(two, capsys, model, column):
    ids = swap(model, column)
    with pytest.raises(CommandError, match="not as it was"):
        call_command("verify_history")
    said = capsys.readouterr().err.splitlines()
    assert said == [
        f"{model.__name__} {pk}, {column}: it was altered, or belongs to another row" for pk in ids
    ]


def test_a_name_put_where_the_number_stands_is_named(two, capsys):
    one = two[0]
    Petitioner.objects.filter(pk=one.pk).update(phone_sealed=one.name_sealed)
    with pytest.raises(CommandError):
        call_command("verify_history")
    assert f"Petitioner {one.pk}, phone_sealed" in capsys.readouterr().err


def test_what_an_earlier_version_sealed_is_told_apart(two, capsys):
    one = two[0]
    token = Fernet(keys.newest(PERSONAL).text).encrypt("王桂芬".encode()).decode()
    Petitioner.objects.filter(pk=one.pk).update(name_sealed=token)
    call_command("verify_history")
    said = capsys.readouterr().out
    assert "8 sealed values opened, 0 faults." in said
    assert "1 were sealed by an earlier version" in said
