"""The migrations are what the models say, and hold no data."""

import pytest
from django.core.management import call_command

from tests.structure.tree import ROOT, files


@pytest.mark.django_db
def test_no_migration_is_missing():
    try:
        call_command("makemigrations", check=True, dry_run=True, verbosity=1)
    except SystemExit:
        pytest.fail("models and migrations differ: run manage.py makemigrations")


def test_migrations_change_the_schema_only():
    found = [p for p in files() if p.parent.name == "migrations" and "bulk_create" in p.read_text()]
    assert [str(p.relative_to(ROOT)) for p in found] == []
