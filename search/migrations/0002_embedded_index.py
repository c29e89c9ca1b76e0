"""The embedded full-text index, each database in its own way; no case is indexed here."""

from django.db import migrations

SQLITE = """
CREATE VIRTUAL TABLE search_text USING fts5(title, body, reply, place, tokenize = 'ascii')
"""
SQLITE_TERMS = "CREATE VIRTUAL TABLE search_term USING fts5vocab(search_text, row)"
POSTGRES = "ALTER TABLE search_indexedcase ADD COLUMN terms tsvector NOT NULL DEFAULT ''::tsvector"
POSTGRES_INDEX = "CREATE INDEX search_terms ON search_indexedcase USING gin (terms)"


def make(_apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        # "ascii" takes every character beyond ASCII as it comes: cutting and folding are ours.
        schema_editor.execute(SQLITE)
        schema_editor.execute(SQLITE_TERMS)
    else:
        schema_editor.execute(POSTGRES)
        schema_editor.execute(POSTGRES_INDEX)


def drop(_apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE search_term")
        schema_editor.execute("DROP TABLE search_text")
    else:
        schema_editor.execute("ALTER TABLE search_indexedcase DROP COLUMN terms")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(make, drop)]
