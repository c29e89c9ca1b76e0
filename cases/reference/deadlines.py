"""The statutory calendar and the deadline policies, which keep their own versions.

Both loaders decide themselves what may be rewritten (local days and old versions never are), so
``update`` changes nothing for them.
"""

from pathlib import Path

from django.utils import timezone

from cases.reference import subject
from cases.reference.calendar_loading import CALENDAR_FILE, load_calendar
from cases.reference.policy_loading import POLICY_FILE, load_policies
from cases.reference.shelf import FaultyFileError, Tally


@subject("calendar", CALENDAR_FILE, order=50)
def load_days(path: Path, update: bool) -> Tally:  # noqa: ARG001, FBT001
    """Bring in holidays and worked weekends."""
    try:
        done = load_calendar(path)
    except ValueError as error:
        raise FaultyFileError(str(error)) from error
    return Tally(done.created, done.changed, 0, done.unchanged)


@subject("policies", POLICY_FILE, order=60)
def load_terms(path: Path, update: bool) -> Tally:  # noqa: ARG001, FBT001
    """Bring in deadline policies; a changed row becomes a version that holds from today."""
    try:
        done = load_policies(timezone.localdate(), path)
    except ValueError as error:
        raise FaultyFileError(str(error)) from error
    return Tally(done.created, done.new_versions, 0, done.unchanged)
