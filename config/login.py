"""The log-in of staff. In the demonstration the page lists its accounts, one for each role."""

from django.conf import settings
from django.contrib.auth.views import LoginView

from cases.models import UserRole
from cases.shapes import Context
from cases.words import Role


def demo_accounts() -> list[dict[str, str]]:
    """List the first active account of each role, in the order of the roles; one query."""
    rows = UserRole.objects.filter(user__is_active=True).order_by("user_id").select_related("user")
    first: dict[str, UserRole] = {}
    for row in rows:
        first.setdefault(row.role, row)
    return [
        {
            "role": row.role,
            "username": row.user.username,
            "name": row.user.name,
            "duty": row.get_role_display(),
        }
        for row in (first[role] for role in Role.values if role in first)
    ]


class StaffLogin(LoginView):
    """Ask for name and password; ``?as=name`` fills in a demonstration account's name."""

    template_name = "login.html"
    redirect_authenticated_user = True

    def get_initial(self) -> dict[str, object]:
        """Fill in the name that was picked from the demonstration's list."""
        return {**super().get_initial(), "username": self.request.GET.get("as", "")}

    def get_context_data(self, **kwargs: object) -> Context:
        """Add the demonstration's accounts, only there."""
        context = super().get_context_data(**kwargs)
        if settings.DEMO:
            context["demo_accounts"] = demo_accounts()
            context["demo_password"] = settings.DEMO_PASSWORD
        return context
