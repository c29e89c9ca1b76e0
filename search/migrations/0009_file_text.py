"""The full-text index of attached files, each database in its own way; nothing is indexed here."""

from django.db import migrations

SQLITE = """
CREATE VIRTUAL TABLE search_file_text
USING fts5(title, body, reply, place, tokenize = 'ascii')
"""
POSTGRES = "ALTER TABLE search_indexedfile ADD COLUMN terms tsvector NOT NULL DEFAULT ''::tsvector"
POSTGRES_INDEX = "CREATE INDEX search_file_terms ON search_indexedfile USING gin (terms)"


def make(_apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(SQLITE)
    else:
        schema_editor.execute(POSTGRES)
        schema_editor.execute(POSTGRES_INDEX)


def drop(_apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE search_file_text")
    else:
        schema_editor.execute("ALTER TABLE search_indexedfile DROP COLUMN terms")


class Migration(migrations.Migration):
    dependencies = [("search", "0008_indexed_files")]
    operations = [migrations.RunPython(make, drop)]
