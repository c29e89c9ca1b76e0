"""An outage is waited for where that is safe, and told in a sentence where not (ADR 0014).

``server_error`` is Django's handler for whatever nothing else caught, of every layer. ``patient`` is the
outermost middleware: it asks again for a few seconds what may be asked again. Neither page nor middleware
touches the database, the session or the cache, which may be what is broken.
"""

import sys
import time
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import SplitResult, urlsplit

import structlog
from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db import DatabaseError, close_old_connections, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.utils.http import escape_leading_slashes
from django.views.defaults import server_error as usual

from cases.machine.outage import Outage, outage_of
from cases.shapes import Context
from config.middleware import language_of
from config.stuck import lines
from config.typed import AGAIN, is_from_ours, typed_in

T = TypeVar("T")
Answer = Callable[[HttpRequest], HttpResponse]
PATIENCE = 3.0  # seconds a request waits for the database, itself and all others of one outage
PAUSES = (0.05, 0.1, 0.2, 0.3, 0.5)  # seconds between tries; the last one again and again
NEW_OUTAGE = 10.0  # seconds without a failure; the next one then begins a new outage
TELL_EVERY = 1.0  # second: one line in the log, however many are refused
STATUS = {Outage.AWAY: 503, Outage.FULL: 507, Outage.READ_ONLY: 507}
AFTER = {Outage.AWAY: 5, Outage.FULL: 60, Outage.READ_ONLY: 60}  # seconds, for Retry-After
CHANGES_NOTHING = ("SELECT", "BEGIN", "SAVEPOINT")
SAFE = ("GET", "HEAD", "OPTIONS")
FORBIDDEN = 403
BODY = ("_body", "_post", "_files")
log = structlog.get_logger("config")


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 503 or 507 for an outage, 500 for everything else."""
    error = sys.exc_info()[1]
    kind = outage_of(error)
    if kind is None:
        return usual(request)
    request.__dict__.pop("_messages", None)  # "done" is not told later of what failed
    with translation.override(language_of(request)):
        answer: Any = _told(request, kind)
    answer.outage, answer.reason = kind, f"{type(error).__name__}: {error}".partition("\n")[0]
    answer._has_been_logged = True  # noqa: SLF001 - Django's mark: one line of ours, no traceback
    answer.headers["Retry-After"] = str(AFTER[kind])
    add_never_cache_headers(answer)
    return answer


def _told(request: HttpRequest, kind: Outage) -> HttpResponse:
    status = STATUS[kind]
    context = {
        "is_full": kind is Outage.FULL,
        "is_read_only": kind is Outage.READ_ONLY,
        "code": status,
        **_places(request),
        "typed": typed_in(request),
        "is_certain": request.method in SAFE or not getattr(request, "wrote", lambda: True)(),
    }
    if request.headers.get("HX-Request"):
        return HttpResponse(render_to_string("parts/outage.html", context), status=status)
    if not request.accepts("text/html"):
        sentence = render_to_string("parts/outage.html", context).strip()
        said = {"status": status, "outage": kind.value, "sentence": sentence}
        return JsonResponse(said, status=status, json_dumps_params={"ensure_ascii": False})
    return HttpResponse(render_to_string("outage.html", context), status=status)


def _places(request: HttpRequest) -> Context:
    """Where to send it again, where the form was, and whether staff is asking; without the database."""
    address = escape_leading_slashes(request.get_full_path())
    came_from = urlsplit(request.headers.get("Referer", ""))
    back = came_from._replace(scheme="", netloc="").geturl() if _is_ours(request, came_from) else ""
    return {
        "address": address if request.method in (*SAFE, "POST") else "/",
        "back": escape_leading_slashes(back) or "/",
        "is_staff": request.path.startswith("/desk/"),
        "office": settings.OFFICE_NAME
        if translation.get_language() == "zh-hans"
        else settings.OFFICE_NAME_EN,
    }


def _is_ours(request: HttpRequest, came_from: SplitResult) -> bool:
    try:
        return came_from.netloc == request.get_host()
    except DisallowedHost:
        return False


def given_back(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """What was sent again from a page of ours and met a lost log-in goes back to the sender once more.

    Only when the browser says that the page was ours: another site's page must not make ours hold a form.
    """
    to_login = answer.status_code in {302, 303} and urlsplit(answer.get("Location", "")).path == (
        settings.LOGIN_URL
    )
    if request.method != "POST" or not (to_login or answer.status_code == FORBIDDEN):
        return answer
    if AGAIN not in request.POST or not is_from_ours(request):
        return answer
    user = getattr(request, "user", None)
    with translation.override(language_of(request)):
        context = _places(request) | {
            "is_gone": True,
            "person": user if user is not None and user.is_authenticated else None,
            "typed": typed_in(request, is_ours=True),
            "code": FORBIDDEN,
        }
        page = HttpResponse(render_to_string("outage.html", context), status=FORBIDDEN)
    page.headers["Content-Language"] = language_of(request)
    for name in answer.cookies:
        page.cookies[name] = answer.cookies[name]
    add_never_cache_headers(page)
    return page


class _Spell:
    """Since when this process meets failures, so that a long outage makes nobody wait in line.

    It is over as soon as any statement is answered. Times are monotonic seconds.
    """

    def __init__(self) -> None:
        self.since: float | None = None
        self.last = self.told = float("-inf")
        self.untold = 0

    def goes_on(self, now: float) -> float:
        """Note a failure; return when the outage began."""
        since = self.since
        if since is None or now - self.last > NEW_OUTAGE:
            since = self.since = now
        self.last = now
        return since

    def tell(self, now: float, **facts: object) -> None:
        """Write a line into the log, unless there was one just now."""
        if now - self.told < TELL_EVERY:
            self.untold += 1
            return
        log.warning("outage", **facts, more=self.untold)
        self.told, self.untold = now, 0


_spell = _Spell()


class _Watch:
    """Whether a request tried to change anything: from then on it is not repeated by itself."""

    def __init__(self) -> None:
        self.wrote = False

    def __call__(self, execute: Callable[..., T], sql: object, *rest: object) -> T:
        before = self.wrote
        if not (isinstance(sql, str) and sql.lstrip()[:9].upper().startswith(CHANGES_NOTHING)):
            self.wrote = True
        try:
            found = execute(sql, *rest)
        except DatabaseError as error:
            if outage_of(error) is Outage.READ_ONLY:
                self.wrote = before  # it was refused: nothing came of it
                lines.note()
            raise
        _spell.since = None
        return found


def patient(get_response: Answer) -> Answer:
    """Ask again, for seconds at most, when the database was away before anything could be changed."""

    def middleware(request: HttpRequest) -> HttpResponse:
        begun, pristine, tries = time.monotonic(), dict(request.__dict__), 0
        while True:
            watch = _Watch()
            # told by the page of the outage, which is given the request alone
            request.wrote = lambda: watch.wrote  # type: ignore[attr-defined] # noqa: B023
            is_safe = request.method in SAFE
            with connection.execute_wrapper(watch):
                answer: Any = get_response(request)
            kind = getattr(answer, "outage", None)
            if kind is None:
                return given_back(request, answer)
            if kind is Outage.READ_ONLY:
                lines.note()
            now = time.monotonic()
            pause = PAUSES[min(tries, len(PAUSES) - 1)]
            until = min(begun, _spell.goes_on(now)) + PATIENCE
            may = kind is Outage.AWAY and (is_safe or not watch.wrote) and now + pause < until
            again = _again(request, pristine) if may else None
            if again is None:
                _spell.tell(now, status=answer.status_code, tries=tries + 1, why=answer.reason)
                return answer
            time.sleep(pause)
            if not connection.in_atomic_block:  # a test holds its own
                close_old_connections()
            request, tries = again, tries + 1

    return middleware


def _again(request: HttpRequest, pristine: dict[str, object]) -> HttpRequest | None:
    """The same request as it came, with its body if that was read whole; ``None`` if it was not."""
    read = {name: request.__dict__[name] for name in BODY if name in request.__dict__}
    if getattr(request, "_read_started", False) and not read:
        return None
    fresh = type(request).__new__(type(request))
    fresh.__dict__.update(pristine | read)
    for _, files in request.FILES.lists() if "_files" in read else ():
        for file in files:
            file.seek(0)
    return fresh
