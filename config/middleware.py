"""The language a person chose, pages that nobody keeps, refusals as answers a person can read."""

import contextlib
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.cache import patch_cache_control

from cases.errors import NotPermitted, Refused

Answer = Callable[[HttpRequest], HttpResponse]
STAFF_PLACES = ("/desk/", "/cms/", "/login/", "/logout/")


def language_of(request: HttpRequest) -> str:
    """Give the language of the person's switch, else the office's own."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def chosen_language(get_response: Answer) -> Answer:
    """Speak the language of the person's switch, else the office's own.

    The browser's wish is not asked: on shared office computers it is an accident of installation.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        language = language_of(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = get_response(request)
            response.headers.setdefault("Content-Language", language)
            return response

    return middleware


def unkept(get_response: Answer) -> Answer:
    """What members of staff are answered is kept by no browser and no proxy: pages, files, refusals, crashes.

    Also public pages to whoever is signed in, told by the cookie so that public pages read no session.
    Stands inside WhiteNoise: static files never come here.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        is_staffs = request.path.startswith(STAFF_PLACES)
        if is_staffs or settings.SESSION_COOKIE_NAME in request.COOKIES:
            patch_cache_control(response, no_store=True, private=True)
        return response

    return middleware


def pages_of_forms(get_response: Answer) -> Answer:
    """Lead whoever asks for an address that only takes forms to the page it belongs to.

    A form that was refused stands at such an address: whoever then changes the language, logs in again or
    reloads asks for it.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        is_page = request.method == "GET" and "text/html" in request.headers.get("Accept", "")
        if not is_page or response.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
            return response
        parts = request.path.strip("/").split("/")
        for n in range(len(parts) - 1, 0, -1):
            above = "/" + "/".join(parts[:n]) + "/"
            with contextlib.suppress(Resolver404):
                if resolve(above).url_name != "wagtail_serve":  # which takes every address
                    return redirect(above)
        return response

    return middleware


def own_referrer(request: HttpRequest) -> str:
    """Give the path the person came from when it is ours, else ""."""
    came_from = urlsplit(request.headers.get("Referer", ""))
    return came_from.path if came_from.netloc == request.get_host() else ""


def refusals(get_response: Answer) -> Answer:
    """Answer an illegal or lost step with 409 and one sentence, a forbidden one as if not there."""

    class Refusals:
        def __call__(self, request: HttpRequest) -> HttpResponse:
            return get_response(request)

        def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
            if isinstance(error, Refused):
                context = {"sentence": str(error), "back": own_referrer(request)}
                return render(request, "409.html", context, status=409)
            if isinstance(error, NotPermitted):
                return render(request, "404.html", status=404)
            return None

    return Refusals()
