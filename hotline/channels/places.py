"""Places as a citizen chooses them: the township first, its villages and communities under it."""

from typing import Any

from django import forms

from cases.models import Region


def places() -> list[tuple[str, Any]]:
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

    def __init__(self, *, empty: Any, **kwargs: Any) -> None:
        super().__init__(choices=lambda: [("", empty), *places()], **kwargs)

    def clean(self, value: Any) -> Any:
        """The region, or ``None``."""
        code = super().clean(value)
        return Region.objects.filter(code=code, is_active=True).first() if code else None
