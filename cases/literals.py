"""A constant of ours written into the SQL itself: SQLite takes a partial index for no bound value."""

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression
from django.db.models.sql.compiler import SQLCompiler


class Literal(Expression):
    """A slug of the product's own vocabulary; anything that might come from outside is refused."""

    def __init__(self, slug: str) -> None:
        if not (slug.isascii() and slug.replace("_", "").isalpha()):
            raise ValueError(f"not a slug: {slug!r}")
        super().__init__()
        self.slug = slug

    def as_sql(
        self,
        compiler: SQLCompiler,
        connection: BaseDatabaseWrapper,
    ) -> tuple[str, tuple[str | int, ...]]:
        """The slug in quotes."""
        return f"'{self.slug}'", ()
