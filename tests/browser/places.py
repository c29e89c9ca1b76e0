"""Where the demonstration shows what: ``python -m tests.browser.places`` prints it as JSON.

Runs in a process of its own with the demonstration's DATA_DIR, so that tests keep their own database.
"""

import json
import os
import sys
from importlib import import_module
from typing import Any

STAFF = {
    "operator": "operator1",
    "dispatcher": "dispatcher1",
    "clerk": "zhujian1",
    "leader": "zhujian_leader",
    "reviewer": "reviewer1",
    "callback": "callback1",
    "supervisor": "supervisor1",
    "system_admin": "sysadmin",
}


def _session(username: str) -> str:
    from django.conf import settings
    from django.contrib import auth

    from cases.models import User

    user = User.objects.get(username=username)
    store: Any = import_module(settings.SESSION_ENGINE).SessionStore()
    store[auth.SESSION_KEY] = str(user.pk)
    store[auth.BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    store[auth.HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    return store.session_key


def _cases() -> dict[str, str]:
    """Numbers of cases by what is to be seen on them."""
    from cases.models import Assignment, Case, User

    unit = User.objects.get(username=STAFF["clerk"]).unit
    own = Assignment.objects.filter(unit=unit, role="lead").order_by("due_at")
    found = {
        f"task_{state}": own.filter(state=state).values_list("case__number", flat=True).first()
        for state in ("dispatched", "signed", "in_progress", "awaiting_sign_off")
    }
    for state in ("submitted", "accepted", "under_review", "callback", "rework", "dissatisfied"):
        numbers = Case.objects.filter(state=state).order_by("-pk").values_list("number", flat=True)
        found[state] = numbers.first()
    late = Assignment.objects.overdue(_now()).order_by("due_at")
    found["late"] = late.values_list("case__number", flat=True).first()
    found["alike"] = _alike()
    return {name: number for name, number in found.items() if number}


def _alike() -> str | None:
    """A case that waits for the dispatcher and is like others in hand."""
    from cases.models import Case, User
    from search.likeness.similar import LikenessAsked, similar_cases

    user = User.objects.get(username=STAFF["dispatcher"])
    for case in Case.objects.filter(state__in=("submitted", "accepted")).order_by("pk"):
        text = f"{case.title} {case.content}"
        if similar_cases(LikenessAsked(text, address=case.address, without=case.pk), user):
            return case.number
    return None


def _now() -> Any:
    from django.utils import timezone

    return timezone.now()


def _caller() -> str:
    """The number of whoever has most open matters."""
    from cases.models import Case, Petitioner

    numbers: dict[str, int] = {}
    for pk in Case.objects.open().exclude(petitioner=None).values_list("petitioner", flat=True):
        phone = Petitioner.objects.get(pk=pk).phone
        numbers[phone] = numbers.get(phone, 0) + 1
    return max(numbers, key=lambda phone: (numbers[phone], phone))


def _followed() -> dict[str, str]:
    """``number:code`` of one case in each state a citizen may look at."""
    from cases.models import Case

    states = ("submitted", "in_progress", "callback", "archived", "rework")
    return {
        f"follow_{state}": f"{case.number}:{case.query_code}"
        for state in states
        if (case := Case.objects.filter(state=state).order_by("-pk").first())
    }


def _copies() -> dict[str, str]:
    from hotline.models import Publication

    found = {}
    for state in ("drafted", "published"):
        copy = Publication.objects.filter(state=state).first()
        if copy:
            found[f"copy_{state}"] = str(copy.pk)
    return found


def _background_work() -> None:
    """What the workers would have done a moment ago: the pages are visited without them."""
    from cases.tasks import drain_outbox, read_files
    from search.tasks import check_indexes, watch_engines

    drain_outbox()
    read_files()
    check_indexes()
    watch_engines()


def everything() -> dict[str, dict[str, str]]:
    """Sessions by role, places by name."""
    from django.core.cache import cache

    from cases.events.outbox import drain

    cache.clear()  # a kept folder remembers how often one has asked
    while drain(at=_now()):
        pass
    _background_work()
    return {
        "sessions": {role: _session(username) for role, username in STAFF.items()},
        "places": {"caller": _caller(), **_cases(), **_followed(), **_copies()},
    }


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django

    django.setup()
    json.dump(everything(), sys.stdout)
