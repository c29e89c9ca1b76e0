"""The public form, step by step on the server: it needs no script, and going back loses nothing."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.files.accepting import MAX_FILES, OFFERED
from cases.pages.answers import see_other
from cases.pages.refusals import told, told_on
from hotline.channels.forms import guards
from hotline.channels.forms.permission import grant
from hotline.channels.web import filing as filings
from hotline.channels.web.forms import KINDS, ContactForm, KindForm, MatterForm
from hotline.channels.web.models.filing import Filing
from hotline.site.pages.models.page import FilePage

IN_SESSION = "filings"
MOST = 5  # forms one browser may have open
STARTS, SENDS = (40, guards.HOUR), (15, 10 * guards.MINUTE)


@guards.public_form
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Step 1 of a new form; nothing is kept before it is sent."""
    form = KindForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        if form.cleaned_data["danger"] == "yes":
            return _kind_page(request, form, None, danger=True)
        if guards.too_many(request, "file", *STARTS, now):
            return guards.slow_down(request)
        filing = filings.begin("web", form.cleaned_data, now)
        request.session.cycle_key()  # no fixation: from here on it opens this form and its case
        own = [*request.session.get(IN_SESSION, []), filing.token]
        request.session[IN_SESSION] = own[-MOST:]
        return see_other("site:file_matter", filing.token)
    return _kind_page(request, form, None)


def _kind_page(
    request: HttpRequest, form: forms.Form, filing: Filing | None, *, danger: bool = False
) -> HttpResponse:
    page = FilePage.objects.live().first()
    context = {"form": form, "filing": filing, "danger": danger, "words": page}
    return render(request, "site/file_kind.html", context, status=_status(form))


def _status(form: forms.Form) -> int:
    return 422 if form.errors else 200


Step = Callable[[HttpRequest, Filing], HttpResponse]


def step(view: Step) -> Callable[[HttpRequest, str], HttpResponse]:
    """A step of an open form of this browser; a form already sent leads to its receipt."""

    @guards.public_form
    @require_http_methods(["GET", "POST"])
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        if token not in request.session.get(IN_SESSION, []):
            return see_other("site:file")
        filing = Filing.objects.filter(token=token).select_related("case").first()
        if filing is None:
            return see_other("site:file")
        if filing.case:
            if request.method == "POST":  # sent again: the first answer was lost on its way
                grant(request, filing.case, timezone.now(), rename=False)
            return see_other("site:receipt", filing.case.number)
        return view(request, filing)

    return opened


@step
def kind(request: HttpRequest, filing: Filing) -> HttpResponse:
    """Step 1 again, coming back."""
    form = KindForm(request.POST or None, initial=filing.fields)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["danger"] == "yes":
            return _kind_page(request, form, filing, danger=True)
        filing.keep(form.cleaned_data)
        return see_other("site:file_matter", filing.token)
    return _kind_page(request, form, filing)


@step
def matter(request: HttpRequest, filing: Filing) -> HttpResponse:
    """Step 2: text, place, files. Every button keeps what is typed."""
    if request.method != "POST":
        return _matter_page(request, _matter_form(filing, initial=filing.fields), filing)
    filing.keep(_typed(request, MatterForm))
    problems = _take_files(request, filing)
    act = request.POST.get("act", "next")
    if (removed := act.removeprefix("remove-")).isdecimal():
        for kept in filing.files.filter(pk=removed[:18]):
            filings.remove_file(kept)
    if act == "back":
        return see_other("site:file_kind", filing.token)
    if act != "next" and not problems:
        return see_other("site:file_matter", filing.token)
    form = _matter_form(filing, request.POST)
    if act == "next" and form.is_valid() and not problems:
        return see_other("site:file_contact", filing.token)
    if act != "next":
        form = _matter_form(filing, initial=filing.fields)
    return _matter_page(request, form, filing, problems)


def _matter_form(
    filing: Filing, data: Mapping[str, str] | None = None, *, initial: dict[str, str] | None = None
) -> MatterForm:
    return MatterForm(data, initial=initial, demand_type=filing.fields.get("demand_type", ""))


def _take_files(request: HttpRequest, filing: Filing) -> list[str]:
    problems: list[str] = []
    for upload in request.FILES.getlist("files")[: MAX_FILES + 1]:
        with told(problems.append):
            filings.add_file(filing, upload)
    return problems


def _matter_page(
    request: HttpRequest, form: forms.Form, filing: Filing, problems: list[str] | None = None
) -> HttpResponse:
    context = {
        "form": form,
        "filing": filing,
        "files": filing.files.all(),
        "problems": problems or [],
        "most": MAX_FILES,
        "accepted": OFFERED,
    }
    status = 422 if problems else _status(form)
    return render(request, "site/file_matter.html", context, status=status)


def _typed(request: HttpRequest, form: type[forms.Form]) -> dict[str, str]:
    """What was typed on one step, as it was, cut to what could ever be valid."""
    return {name: request.POST.get(name, "")[:10_000] for name in form.base_fields}


@step
def contact(request: HttpRequest, filing: Filing) -> HttpResponse:
    """Step 3: how to reach the citizen; then the case is made."""
    if not _matter_form(filing, filing.fields).is_valid():
        return see_other("site:file_matter", filing.token)
    if request.method != "POST":
        return _contact_page(request, ContactForm(initial=filing.fields), filing)
    filing.keep(_typed(request, ContactForm))
    if request.POST.get("act") == "back":
        return see_other("site:file_matter", filing.token)
    form, now = ContactForm(request.POST), timezone.now()
    if form.is_valid() and now - filing.created_at < guards.FASTEST:
        form.add_error(None, _("That was very quick. Read it once more and send it again."))
    if form.errors:
        return _contact_page(request, form, filing)
    if guards.too_many(request, "send", *SENDS, now):
        return guards.slow_down(request)
    filing.keep(_said(form))
    return _sent(request, form, filing, now)


def _said(form: forms.Form) -> dict[str, str]:
    """The checked answers as text; a tick that is not set is empty."""
    said = form.cleaned_data
    return {name: ("on" if said[name] is True else said[name] or "") for name in said}


def _sent(request: HttpRequest, form: forms.Form, filing: Filing, now: datetime) -> HttpResponse:
    with told_on(form):
        case = filings.send(filing, now)
        grant(request, case, now, rename=False)
        return see_other("site:receipt", case.number)
    return _contact_page(request, form, filing)


def _contact_page(request: HttpRequest, form: forms.Form, filing: Filing) -> HttpResponse:
    said = filing.fields
    matter_form = _matter_form(filing, said)
    if not matter_form.is_valid():
        raise Http404
    context = {
        "form": form,
        "filing": filing,
        "said": said,
        "kind": dict(KINDS).get(said.get("demand_type", "")),
        "place": matter_form.cleaned_data["region"],
        "asks_respondent": "respondent" in matter_form.fields,
        "files": filing.files.all(),
    }
    return render(request, "site/file_contact.html", context, status=_status(form))
