"""Open every sealed value for its own row: what was altered or carried into another row is named."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from cases.privacy.crypto import CannotOpen, key_id
from cases.privacy.sealing import Sealing, columns_for, sealing_models

PORTION = 2000


@dataclass
class Checked:
    """A portion: values that were opened, those bound to no row, and what does not open, in words."""

    values: int = 0
    unbound: int = 0
    faults: list[str] = field(default_factory=list)


def check_sealed() -> Iterator[Checked]:
    """Go through every model with sealed columns, in order of id."""
    for model in sealing_models():
        after, rows = 0, model._default_manager.order_by("pk").only(*columns_for(model))  # noqa: SLF001
        while portion := list(rows.filter(pk__gt=after)[:PORTION]):
            found = Checked()
            for row in portion:
                _look_at(row, found)
            yield found
            after = portion[-1].pk


def _look_at(row: Sealing, found: Checked) -> None:
    for column in row.SEALED:
        token = getattr(row, column)
        if not token:
            continue
        found.values += 1
        try:
            row.unsealed(column)
        except CannotOpen as fault:
            found.faults.append(f"{type(row).__name__} {row.pk}, {column}: {fault}")
        else:
            found.unbound += not key_id(token)
