"""Send everybody to the screen on which their day begins."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_safe

from cases.people.permissions import may

# The first that is of the person's work; an administrator has no case screens.
FIRST_SCREENS = (
    ("desk.calls", "desk:operator"),
    ("desk.dispatch", "routing:dispatch"),
    ("case.review", "desk:reply_review"),
    ("case.callback", "satisfaction:callbacks"),
    ("assignment.sign_off", "desk:signoff"),
    ("assignment.reply", "desk:worklist"),
    ("desk.board", "satisfaction:board"),
    ("reference.edit", "desk:settings"),
    ("audit.see", "desk:audit"),
    ("looks.see", "desk:audit"),
)


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Go on to the first screen of the person's work; without one, to the notices."""
    for act, screen in FIRST_SCREENS:
        if may(request.user, act):
            try:
                return redirect(reverse(screen))
            except NoReverseMatch:  # an office may run without that part
                continue
    return redirect("desk:notices")
