"""The list of accounts with the form of one; everything is kept by ``cases.accounts.keeping``."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from cases.accounts.keeping import keep_account
from cases.models import User
from cases.pages.access import staff_view
from cases.pages.answers import see_other
from cases.pages.refusals import told
from cases.pages.request import StaffRequest
from cases.shapes import Context
from cases.words import Role
from hotline.desk.admin.accounts.forms import AccountForm

PAGE = 50


@require_safe
@never_cache
@staff_view("reference.edit")
def accounts(request: StaffRequest) -> HttpResponse:
    """List the accounts beside the empty form of a new one."""
    return _show(request, AccountForm(), None)


@require_safe
@never_cache
@staff_view("reference.edit")
def account(request: StaffRequest, pk: int) -> HttpResponse:
    """List the accounts beside the form of one."""
    person = get_object_or_404(User, pk=pk)
    return _show(request, AccountForm(instance=person), person)


@sensitive_post_parameters("password")
@require_POST
@staff_view("reference.edit")
def opened(request: StaffRequest) -> HttpResponse:
    """Open an account."""
    return _keep(request, None)


@sensitive_post_parameters("password")
@require_POST
@staff_view("reference.edit")
def changed(request: StaffRequest, pk: int) -> HttpResponse:
    """Change an account, its roles or its password."""
    return _keep(request, get_object_or_404(User, pk=pk))


def _keep(request: StaffRequest, person: User | None) -> HttpResponse:
    form = AccountForm(request.POST, instance=person)
    if form.is_valid():
        facts = form.cleaned_data
        with told(form.refuse):
            kept = keep_account(
                form.instance,
                roles=facts["roles"],
                password=facts["password"],
                by=request.user,
                at=timezone.now(),
            )
            said = _("The account of %(name)s is changed.") if person else _("%(name)s may log in.")
            messages.success(request, said % {"name": kept.name})
            return see_other("desk:account", kept.pk)
    return _show(request, form, person, status=422)


def _show(
    request: StaffRequest, form: AccountForm, person: User | None, status: int = 200
) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:40]
    found = User.objects.select_related("unit").prefetch_related("role_rows").order_by("username")
    if words:
        found = found.filter(
            Q(username__icontains=words)
            | Q(name__icontains=words)
            | Q(unit__name__icontains=words)
            | Q(unit__pinyin__istartswith=words)
        )
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    names = dict(Role.choices)
    context: Context = {
        "page": page,
        "rows": [
            (one, sorted(str(names[row.role]) for row in one.role_rows.all())) for one in page
        ],
        "q": words,
        "form": form,
        "person": person and User.objects.get(pk=person.pk),
    }
    return render(request, "desk/accounts.html", context, status=status)
