"""Who may open a page: one decorator for staff views.

``@staff_view("case.review")``: signed in, and the matrix allows the act on some case; everybody else
gets the same 404 as for a page that does not exist. The views filter rows themselves with
``visible_to``.
"""

import functools
from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from cases.permissions import may, scope_of

View = Callable[..., HttpResponseBase]


def staff_view(*acts: str) -> Callable[[View], View]:
    """Allow people who may do at least one of ``acts``; without acts: anybody who sees cases."""

    def guard(view: View) -> View:
        @login_required
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            allowed = (
                any(may(request.user, act) for act in acts)
                if acts
                else not scope_of(request.user).sees_nothing
            )
            if not allowed:
                raise Http404
            return view(request, *args, **kwargs)

        guarded.acts = acts  # type: ignore[attr-defined]  # read by the permission matrix test
        return guarded

    return guard
