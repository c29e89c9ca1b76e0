"""Which columns of a model are sealed, and for which row: one table on the model, read by all.

``SEALED`` maps a column to what it is and whose, as a format over the row. ``manage.py rotate_keys``
and ``verify_history`` walk every model that has one, so that a new column cannot be forgotten.
"""

import re
from collections.abc import Iterator
from typing import ClassVar

from django.apps import apps
from django.db import models

from cases.privacy.crypto import seal, unseal


class Sealing(models.Model):
    """For models that hold sealed columns; their names end in ``_sealed``."""

    SEALED: ClassVar[dict[str, str]]

    class Meta:
        abstract = True

    def place_of(self, column: str) -> str:
        """What the column's value is bound to."""
        return self.SEALED[column].format(row=self)

    def seal_in(self, column: str, text: str) -> None:
        """Put a text into a column, sealed for this row; not saved."""
        setattr(self, column, seal(text, of=self.place_of(column)))

    def unsealed(self, column: str) -> str:
        """The text of a column in clear; raises ``CannotOpen`` when it is not this row's."""
        return unseal(getattr(self, column), of=self.place_of(column))


def columns_for(model: type[Sealing]) -> set[str]:
    """What opening a row's values needs of it: the columns, and those they are bound to."""
    return {*model.SEALED, *re.findall(r"\{row\.(\w+)\}", " ".join(model.SEALED.values()))}


def sealing_models() -> Iterator[type[Sealing]]:
    """Every model with sealed columns, in a fixed order."""
    for model in sorted(apps.get_models(), key=lambda one: f"{one.__module__}.{one.__name__}"):
        if issubclass(model, Sealing):
            yield model
