"""Sessions in the database, where an outage is an outage and not a session that was deleted.

Django takes every error of the database while it saves a session for “deleted meanwhile” and answers 400.
"""

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError

from cases.machine.outage import outage_of


class SessionStore(db.SessionStore):
    """Django's own; the name is part of how its rows are signed."""

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002 - Django's signature
        """Save it; raises the database's own error in an outage."""
        try:
            super().save(must_create)
        except UpdateError as error:
            problem = error.__context__
            if problem is not None and outage_of(problem):
                raise problem from problem.__cause__
            raise
