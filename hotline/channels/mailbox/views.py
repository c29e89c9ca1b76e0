"""The mailboxes: one letter form for each addressee, into the same intake as every other channel."""

import secrets
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.errors import KeyReused
from cases.lifecycle.registering import IntakeData
from cases.pages.answers import see_other
from cases.pages.refusals import told_on
from cases.people.person import CITIZEN
from cases.words import Secrecy
from hotline import intake
from hotline.channels.forms import guards
from hotline.channels.forms.permission import grant
from hotline.channels.forms.respondents import respondent_of
from hotline.channels.mailbox.forms import LetterForm
from hotline.site.pages.models.page import MailboxPage
from hotline.site.pages.pledges import pledge

SENDS = (10, 10 * guards.MINUTE)


@require_safe
def mailboxes(request: HttpRequest) -> HttpResponse:
    """All boxes, one door each."""
    now = timezone.now()
    boxes = [(page, pledge(page.channel, "promise", now)) for page in _open_boxes()]
    if not boxes:
        raise Http404
    return render(request, "site/mailboxes.html", {"boxes": boxes})


def _open_boxes() -> list[MailboxPage]:
    return list(MailboxPage.objects.live().order_by("path"))


@guards.public_form
@require_http_methods(["GET", "POST"])
def letter(request: HttpRequest, channel: str) -> HttpResponse:
    """The letter to one addressee."""
    box = get_object_or_404(MailboxPage.objects.live(), channel=channel)
    now = timezone.now()
    if request.method != "POST":
        return _sheet(request, box, LetterForm(initial={"stamp": _fresh(now)}), now)
    form = LetterForm(request.POST)
    stamp = guards.read_stamp(request.POST.get("stamp", ""), now)
    if form.is_valid():
        return _send(request, box, form, stamp, now)
    return _sheet(request, box, form, now)


def _fresh(now: datetime) -> str:
    return guards.new_stamp(secrets.token_urlsafe(24), now)


def _send(
    request: HttpRequest, box: MailboxPage, form: LetterForm, stamp: tuple | None, now: datetime
) -> HttpResponse:
    if stamp is None:
        renewed = request.POST.copy()
        renewed["stamp"] = _fresh(now)
        form.data = renewed
        form.add_error(None, _("This page was open for long. Read it once more and send it again."))
        return _sheet(request, box, form, now)
    token, age = stamp
    if age < guards.FASTEST:
        form.add_error(None, _("That was very quick. Read it once more and send it again."))
        return _sheet(request, box, form, now)
    if guards.too_many(request, "send", *SENDS, now):
        return guards.slow_down(request)
    # 409 to a reused key: a letter was sent with this sheet already, and this is another letter
    with told_on(form, but=(KeyReused,)):
        case = intake.take_in(
            _data(box, form, now), key=f"{box.channel}-{token}", by=CITIZEN, at=now
        )
        grant(request, case, now)
        return see_other("site:receipt", case.number)
    return _sheet(request, box, form, now)


def _data(box: MailboxPage, form: LetterForm, now: datetime) -> IntakeData:
    said = form.cleaned_data
    return IntakeData(
        channel=box.channel,
        title=said["title"],
        content=said["content"],
        contact_at=now,
        demand_type=said["demand_type"],
        region=said["region"],
        secrecy=Secrecy.CONFIDENTIAL if said["is_confidential"] else Secrecy.NORMAL,
        publish_consent=said["publish_consent"],
        name=said["name"],
        phone=said["phone"],
        **respondent_of(said["respondent"]),
    )


def _sheet(request: HttpRequest, box: MailboxPage, form: LetterForm, now: datetime) -> HttpResponse:
    context = {
        "box": box,
        "form": form,
        "intake": pledge(box.channel, "intake", now),
        "promise": pledge(box.channel, "promise", now),
    }
    return render(request, "site/letter.html", context, status=422 if form.errors else 200)
