"""The full-text index of public texts, each database in its own way; nothing is indexed here."""

from django.db import migrations

SQLITE = """
CREATE VIRTUAL TABLE search_public_text
USING fts5(title, body, reply, place, tokenize = 'ascii')
"""
POSTGRES = "ALTER TABLE search_publicentry ADD COLUMN terms tsvector NOT NULL DEFAULT ''::tsvector"
POSTGRES_INDEX = "CREATE INDEX search_public_terms ON search_publicentry USING gin (terms)"


def make(_apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(SQLITE)
    else:
        schema_editor.execute(POSTGRES)
        schema_editor.execute(POSTGRES_INDEX)


def drop(_apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE search_public_text")
    else:
        schema_editor.execute("ALTER TABLE search_publicentry DROP COLUMN terms")


class Migration(migrations.Migration):
    dependencies = [("search", "0004_public_entries")]
    operations = [migrations.RunPython(make, drop)]
