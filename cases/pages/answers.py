"""How a page answers a form that did what it was sent for: look there, at the page that shows it.

What a rule forbade is told by ``cases.pages.refusals``, on the same page with what was typed.
"""

from django.http import HttpResponseRedirect
from django.urls import reverse


class SeeOther(HttpResponseRedirect):
    """303: the act is done, look there. A reload of that page repeats nothing."""

    status_code = 303


def see_other(name: str, *args: object, tail: str = "") -> SeeOther:
    """To the page of that name. ``tail``: a query or the place on the page, with its ``?`` or ``#``."""
    return SeeOther(reverse(name, args=args) + tail)
