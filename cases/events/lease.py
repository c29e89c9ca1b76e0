"""Leases: who works at a row has it for a while; who dies at it leaves it to the next.

A lease that ends later than anybody could have taken it was taken before the clock was set back, and is none.
"""

from datetime import datetime, timedelta

from django.db.models import Q


def free(at: datetime, longest: timedelta, *, of: str = "") -> Q:
    """Rows that nobody is at; ``longest``: the longest lease given; ``of``: prefix of ``leased_until``."""
    until = f"{of}leased_until"
    return Q(**{until: None}) | Q(**{f"{until}__lt": at}) | Q(**{f"{until}__gt": at + longest})
