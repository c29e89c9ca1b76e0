"""Which migrations this version of the product has: what it knows of the tables of a backup."""

from functools import cache

from django.db.migrations.loader import MigrationLoader


@cache
def known_here() -> frozenset[str]:
    """Every migration of ours and of the libraries: ``cases.0001_initial``; replaced ones too."""
    loader = MigrationLoader(None)
    names = set(loader.disk_migrations)
    for migration in loader.disk_migrations.values():
        names |= {(app, name) for app, name in migration.replaces}
    return frozenset(f"{app}.{name}" for app, name in names)
