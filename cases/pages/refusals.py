"""What a rule forbids is told in one way: its sentence stands on the page, with what was typed.

A verb is called inside ``with told_on(form):``. Refused, it leaves its sentence on the form, and the view
goes on after the block, to the same page (422). A step from another state, or one that somebody else took
first (``IllegalStep``), passes through and is answered 409 with its sentence by ``config.middleware``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest

from cases.errors import IllegalStep, Refused


@dataclass(frozen=True)
class Telling:
    """A block that ends at a refusal and has it said; other errors pass, and those of ``but``."""

    say: Callable[[str], object]
    but: tuple[type[Refused], ...] = ()

    def __enter__(self) -> None:
        """Nothing is prepared."""

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        error: BaseException | None,
        _trace: TracebackType | None,
    ) -> bool:
        if not isinstance(error, Refused) or isinstance(error, (IllegalStep, *self.but)):
            return False
        self.say(str(error))
        return True


def told(say: Callable[[str], object], *, but: tuple[type[Refused], ...] = ()) -> Telling:
    """Have the sentence taken by ``say``: a form that knows its place, a list that the page shows."""
    return Telling(say, but)


def told_on(
    form: BaseForm, field: str | None = None, *, but: tuple[type[Refused], ...] = ()
) -> Telling:
    """Put the sentence on the form: above it, or at ``field``."""
    return Telling(lambda sentence: form.add_error(field, sentence), but)


def told_to(request: HttpRequest) -> Telling:
    """Say the sentence at the head of the next page: for a button without a form."""
    return Telling(lambda sentence: messages.error(request, sentence))
