"""What the tests of screens and verbs ask of a case's record: its acts, without the rows these took along."""

from cases.people.sight import TAKEN_ALONG


def acts(case):
    """The events of the steps themselves, in their order."""
    return case.events.exclude(kind__in=TAKEN_ALONG)
