"""Answers that change a few times a year and are wanted on nearly every page.

Each process keeps them for ``KEPT_SECONDS`` or what they say themselves, so a new name is seen everywhere
within that time. Only what everybody may know: who may see what is asked of the database at every request.
"""

import time
from collections.abc import Callable
from typing import ClassVar, Generic, TypeVar

from django.apps import apps

from cases.words import UnitKind

KEPT_SECONDS = 5
T_co = TypeVar("T_co", covariant=True)


class KeptAnswer(Generic[T_co]):
    """One answer of the database, read again when it is older than ``seconds``."""

    every: "ClassVar[list[KeptAnswer[object]]]" = []

    def __init__(self, read: Callable[[], T_co], seconds: float = KEPT_SECONDS) -> None:
        self._read, self._seconds = read, seconds
        self._held: tuple[float, T_co] | None = None
        self.every.append(self)

    def __call__(self) -> T_co:
        """Give the answer, at most ``seconds`` old."""
        held, now = self._held, time.monotonic()
        if held is None or now - held[0] > self._seconds:
            held = self._held = (now, self._read())
        return held[1]

    def anew(self) -> T_co:
        """Read again at once: something is asked for that the kept answer does not know yet."""
        self.forget()
        return self()

    def forget(self) -> None:
        """Read again at the next question, in this process."""
        self._held = None


def forget() -> None:
    """Read everything again at the next question, in this process."""
    for kept in KeptAnswer.every:
        kept.forget()


@KeptAnswer
def duty_phone() -> str:
    """The office's duty line as its unit has it; "" when none is entered."""
    office = apps.get_model("cases", "Unit").objects.filter(kind=UnitKind.OFFICE).order_by("pk")
    return office.values_list("phone", flat=True).first() or ""


@KeptAnswer
def public_phones() -> tuple[str, ...]:
    """Every unit's own numbers, which no text leaves out."""
    units = apps.get_model("cases", "Unit").objects.exclude(phone="").order_by("pk")
    return tuple(units.values_list("phone", flat=True))
