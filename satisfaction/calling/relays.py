"""Questions of units to citizens whom they must not know: asked by the call-back desk (代为联系)."""

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cases.looks import revealing
from cases.looks.looking import saw
from cases.models import Case, ContactRelay, RelayResult
from cases.pages.access import staff_view
from cases.pages.answers import see_other
from cases.pages.refusals import told_on
from cases.pages.request import StaffRequest
from cases.people.person import Person
from cases.people.sight import stands_in
from cases.shapes import Context

SHOWN = 50


class RelayResultForm(forms.Form):
    """How the call went and what the citizen said."""

    result = forms.ChoiceField(
        label=gettext_lazy("How the call went"), choices=RelayResult, widget=forms.RadioSelect
    )
    answer = forms.CharField(
        label=gettext_lazy("The citizen's answer"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "The unit reads this. Leave out the name, the number and whatever tells who it is. "
            "A flat is passed on as you write it: only if the citizen wants the unit to come."
        ),
    )


def waiting_relays(user: Person) -> QuerySet[ContactRelay]:
    """Questions that wait for the office, the oldest first, of cases the person may see."""
    seen = stands_in(Case.objects.visible_to(user), "assignment__case")
    return (
        ContactRelay.objects.waiting()
        .filter(seen)
        .select_related("assignment__case__petitioner", "assignment__unit", "asked_by")
    )


@require_safe
@never_cache
@staff_view("assignment.relay")
def relays(request: StaffRequest) -> HttpResponse:
    """Show the list and one question: the one asked for, else the oldest."""
    return _show(request, request.GET.get("relay", ""))


@require_POST
@staff_view("assignment.relay")
def answer(request: StaffRequest, pk: int) -> HttpResponse:
    """Keep the answer; the unit reads it at once."""
    relay, form = _relay(request, pk), RelayResultForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        with told_on(form):
            relay.assignment.answer_relay(
                result=said["result"], text=said["answer"], by=request.user, at=timezone.now()
            )
            messages.success(
                request,
                _("Answered: %(unit)s reads it now.") % {"unit": relay.assignment.unit_name},
            )
            return see_other("satisfaction:relays")
    return _show(request, str(pk), form=form, status=422)


@require_POST
@never_cache
@staff_view("assignment.relay")
def phone(request: StaffRequest, pk: int) -> HttpResponse:
    """Log that the number is seen to make this call, and show it in this answer only."""
    relay = _relay(request, pk)
    revealing.reveal(
        relay.assignment.case,
        "name,phone",
        _("Contact for %(unit)s") % {"unit": relay.assignment.unit_name},
        by=request.user,
        at=timezone.now(),
        is_duty=True,
    )
    return _show(request, str(pk), revealed=True)


def _relay(request: StaffRequest, pk: int) -> ContactRelay:
    return get_object_or_404(waiting_relays(request.user), pk=pk)


def _show(
    request: StaffRequest,
    wanted: str,
    *,
    form: RelayResultForm | None = None,
    revealed: bool = False,
    status: int = 200,
) -> HttpResponse:
    rows = list(waiting_relays(request.user)[:SHOWN])
    by_pk = {str(row.pk): row for row in rows}
    relay = by_pk.get(wanted) or (rows[0] if rows and not wanted else None)
    now, case = timezone.now(), relay.assignment.case if relay else None
    saw(by=request.user, at=now, case=case, lists={"relays": len(rows)})
    context: Context = {
        "rows": rows,
        "total": len(rows),
        "case": case,
        "relay": relay,
        "chosen": relay,
        "gone": bool(wanted) and relay is None,
        "form": form or RelayResultForm(),
        "revealed": revealed,
        "now": now,
    }
    return render(request, "satisfaction/relays.html", context, status=status)
