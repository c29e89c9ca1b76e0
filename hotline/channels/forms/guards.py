"""What stands before every public form: size, tries, traps for programs. Each refusal is a sentence."""

import functools
from collections.abc import Callable
from datetime import datetime, timedelta

from django import forms
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from cases.files.accepting import MAX_BYTES, MAX_FILES
from cases.pages.address import peer_address
from cases.pages.ratelimit import allow

View = Callable[..., HttpResponse]
LARGEST = MAX_BYTES * MAX_FILES + 2 * 1024 * 1024
MINUTE, HOUR = 60, 3600
FASTEST = timedelta(seconds=3)  # nobody reads and fills in a form in less
FORM_AGE = timedelta(hours=24)


def public_form(view: View) -> View:
    """Personal pages: never kept by a browser or proxy, and too large a body is not even read."""
    guarded = never_cache(csrf_protect(view))

    @csrf_exempt  # so that the size is looked at before the body; the inner view is protected
    @functools.wraps(view)
    def sized(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            size = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            size = 0
        if size > LARGEST:
            return render(request, "site/too_large.html", status=413)
        return guarded(request, *args, **kwargs)

    return sized


def too_many(request: HttpRequest, what: str, limit: int, seconds: int, at: datetime) -> bool:
    """Count one try from the request's address; True when it is one too many."""
    return not allow(f"{what}:{peer_address(request)}", limit, seconds, at)


def slow_down(request: HttpRequest) -> HttpResponse:
    """Answer 429 with what to do instead."""
    sentence = _(
        "Too many tries from this connection. Please wait a quarter of an hour, or call 12345."
    )
    return render(request, "429.html", {"sentence": sentence}, status=429)


def new_stamp(token: str, at: datetime) -> str:
    """The token of a form and the signed moment at which it was shown."""
    return signing.dumps([token, int(at.timestamp())], salt="form")


def read_stamp(stamp: str, at: datetime) -> tuple[str, timedelta] | None:
    """Token and age of a form; ``None`` when it is not ours or older than a day."""
    try:
        token, shown = signing.loads(stamp, salt="form")
    except (signing.BadSignature, ValueError, TypeError):
        return None
    age = timedelta(seconds=at.timestamp() - shown)
    return (str(token), age) if age < FORM_AGE else None


class TrapForm(forms.Form):
    """A field no person sees: what fills it in is a program."""

    website = forms.CharField(
        required=False,
        label=_("Leave this empty"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def clean_website(self) -> str:
        """Refuse, saying so: a person with a talkative password manager must know what to do."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(
                _(
                    "This was filled in by a program. Empty the field “Leave this empty” and send again."
                )
            )
        return ""
