"""Who may open a page: one decorator for staff views.

``@staff_view("case.review")``: signed in, and the matrix allows the act on some case; everybody else
gets the same 404 as for a page that does not exist. The views filter rows themselves with
``visible_to``. A part of a page that is asked for after the session ended is answered by 401, not by
the log-in page, which would be put in the part's place.
"""

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from cases.pages.request import StaffRequest
from cases.people.permissions import may, scope_of

P = ParamSpec("P")
StaffView = Callable[Concatenate[StaffRequest, P], HttpResponseBase]
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def signed_in(view: StaffView[P]) -> View[P]:
    """Anybody with an account, whatever they are trusted with."""
    return cast("View[P]", login_required(view))


def staff_view(*acts: str) -> Callable[[StaffView[P]], View[P]]:
    """Allow people who may do at least one of ``acts``; without acts: anybody who sees cases."""

    def guard(view: StaffView[P]) -> View[P]:
        @signed_in
        def opened(request: StaffRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            allowed = (
                any(may(request.user, act) for act in acts)
                if acts
                else not scope_of(request.user).sees_nothing
            )
            if not allowed:
                raise Http404
            return view(request, *args, **kwargs)

        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if request.headers.get("HX-Request") and not request.user.is_authenticated:
                return HttpResponse(status=401)
            return opened(request, *args, **kwargs)

        functools.update_wrapper(guarded, view)
        guarded.acts = acts  # type: ignore[attr-defined]  # read by the permission matrix test
        return guarded

    return guard
