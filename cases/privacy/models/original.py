"""The words as they were given where they tell who somebody is: sealed, apart from what is worked with."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.privacy.sealing import Sealing

if TYPE_CHECKING:
    from cases.privacy.models.handled import Handled


class Original(Sealing, models.Model):
    """One text of one row. There is none where the handling text is the original."""

    SEALED: ClassVar[dict[str, str]] = {"text_sealed": "original:{row.key}"}

    key = models.CharField(max_length=80, unique=True)  # as "cases.case:12:title"
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="originals")
    text_sealed = models.TextField()

    class Meta:
        verbose_name = _("original text")
        verbose_name_plural = _("original texts")

    def __str__(self) -> str:
        return self.key

    @property
    def text(self) -> str:
        """In clear; only for its author, the citizen, and whoever gave a reason."""
        return self.unsealed("text_sealed")


def key_of(row: models.Model, name: str) -> str:
    """What the original of a row's column is found by."""
    return f"{row._meta.label_lower}:{row.pk}:{name}"  # noqa: SLF001 - documented API


def originals_of(rows: "Iterable[Handled]") -> dict[str, Original]:
    """The originals of some rows by their keys: one query, none for no rows."""
    keys = [key_of(row, name) for row in rows for name in row.HANDLED]
    return Original.objects.in_bulk(keys, field_name="key") if keys else {}
