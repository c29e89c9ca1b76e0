"""A request whose ``user`` is a member of staff: what ``staff_view`` hands to a view."""

from django.http import HttpRequest

from cases.people.models.staff import User


class StaffRequest(HttpRequest):
    """For annotations: the request is Django's own, and whoever is not signed in does not get here."""

    user: User
    counted: dict[str, tuple[int, bool]]  # by name of a screen, for the bar: what its view counted
