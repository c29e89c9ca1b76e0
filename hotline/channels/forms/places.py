"""Places as a citizen chooses them: the township first, its villages and communities under it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django import forms

from cases.models import Region

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def places() -> list[tuple[str, list[tuple[str, str]]]]:
    """Choices of a select, grouped by township; one query."""
    rows = Region.objects.filter(is_active=True).exclude(level="county").order_by("code")
    towns: dict[int, tuple[Region, list[tuple[str, str]]]] = {}
    for row in rows:
        if row.level == Region.Level.TOWN:
            towns[row.pk] = (row, [(row.code, row.name)])
        elif row.parent_id in towns:
            town, inside = towns[row.parent_id]
            inside.append((row.code, f"{town.name} · {row.name}"))
    return [(town.name, inside) for town, inside in towns.values()]


class PlaceField(forms.ChoiceField):
    """A region by its code; the choices are read anew for each form."""

    def __init__(
        self,
        *,
        label: "StrOrPromise",
        empty: "StrOrPromise",
        error_messages: "Mapping[str, StrOrPromise]",
        required: bool = True,
    ) -> None:
        super().__init__(
            choices=lambda: [("", empty), *places()],
            label=label,
            required=required,
            error_messages=error_messages,
        )

    def clean(self, value: object) -> Region | None:
        """The region, or ``None``."""
        code = super().clean(value)
        return Region.objects.filter(code=code, is_active=True).first() if code else None
