"""Send everybody to the screen on which their day begins."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_safe

# The first role a person holds decides; an administrator has no case screens.
FIRST_SCREENS = (
    ("operator", "desk:operator"),
    ("dispatcher", "routing:dispatch"),
    ("reviewer", "desk:reply_review"),
    ("callback", "satisfaction:callbacks"),
    ("leader", "desk:signoff"),
    ("clerk", "desk:worklist"),
    ("supervisor", "satisfaction:board"),
    ("system_admin", "desk:settings"),
    ("audit_admin", "desk:audit"),
    ("security_admin", "desk:audit"),
)


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Go on to the first screen of the person's role; without one, to the notices."""
    for role, screen in FIRST_SCREENS:
        if request.user.has_role(role):
            try:
                return redirect(reverse(screen))
            except NoReverseMatch:  # an office may run without that part
                continue
    return redirect("desk:notices")
