"""What has a life of steps, as ``step`` knows it: locked, recorded and saved by itself."""

from datetime import datetime
from typing import ClassVar, Protocol, Self

from django.utils.functional import Promise

from cases.people.person import Person
from cases.shapes import Payload


class Recording(Protocol):
    """The rows of a step as they stood before it."""

    def keep(self, event: str, payload: Payload, *, by: Person, at: datetime) -> None:
        """Save every row the step touched, and record what happened, in its transaction."""


class StepSubject(Protocol):
    """A case, a task, a request, a public copy; an export, an act on the system."""

    state: str
    MOVED_ON: ClassVar[str | Promise]  # what is said when the step came too late; takes ``state``

    def get_state_display(self) -> str:
        """Its state in words."""

    def held(self) -> Self:
        """A newly read copy; what the step may touch is locked before it, in the office's fixed order."""

    def recording(self) -> Recording:
        """What is to be saved and recorded, as it stands now."""
