"""What a verb may answer instead of doing its work. Each message is a sentence for a person."""


class Refused(Exception):  # noqa: N818 - named as a clerk would say it
    """A rule of the office forbids it; the sentence says which and what to do instead."""


class IllegalStep(Refused):
    """The case is not in a state from which this step leads, or somebody else was first (409)."""


class NotPermitted(Exception):  # noqa: N818
    """This person may not do this; callers answer as if the thing did not exist."""


class KeyReused(Refused):
    """The same intake key came with another content (409): the first case stands unchanged."""
