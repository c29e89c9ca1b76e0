"""What is measured: our requests, the floor's, and the bar of each act."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from cases.models import Assignment, Unit, User
from satisfaction.rollup.upkeep import note_since
from tests.benchmarks.client import Call
from tests.cast import SHANGHAI

ROUNDS = 3
CHANGED = datetime(2026, 10, 15, tzinfo=SHANGHAI)


@dataclass
class Act:
    """``bar``: least share of the floor's rate, or most of its p95."""

    name: str
    rounds: list[tuple[list[Call], list[Call]]]
    bar: float
    clients: int = 8
    by_rate: bool = False
    expected: frozenset[int] = frozenset({200, 201, 204, 303})
    before: Callable[[], object] = lambda: None


def staff(username: str, unit: Unit | None, *roles: str) -> str:
    """The cookie of a member of staff who is signed in."""
    user, _ = User.objects.get_or_create(
        username=username, defaults={"name": username, "unit": unit, "password": "!"}
    )
    user.give(*roles)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "cases.people.signed_in.StaffBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return f"sessionid={session.session_key}"


def acts() -> list[Act]:
    """Every act, in the order of the table of quality bars."""
    tasks = waiting_tasks()
    unit = Unit.objects.exclude(kind="office").order_by("pk").first()
    clerk = staff("bench-clerk", unit, "clerk")
    dispatcher = staff("bench-dispatcher", Unit.objects.filter(kind="office").first(), "dispatcher")
    supervisor = staff("bench-supervisor", Unit.objects.filter(kind="office").first(), "supervisor")
    lead = Assignment.objects.filter(unit=unit, state="done").select_related("case").last()

    worklist = f"/floor/worklist/{unit.pk}/"
    return [
        Act("create (intake verb)", creating(300), 0.35, by_rate=True),
        Act("transition (sign, verb)", signing(tasks, verb, 150), 0.35, by_rate=True),
        Act("worklist, 50 rows", pages("/desk/tasks/", clerk, worklist, 60), 3, clients=1),
        Act("case page", pages(f"/desk/cases/{lead.case.number}/", clerk, worklist, 60), 4, 1),
        Act(
            "search, rare word",
            pages(f"/desk/search/?q={RARE_}", dispatcher, f"/floor/search/{RARE_}/", 60),
            4,
            1,
        ),
        Act(
            "search, common word",
            pages(f"/desk/search/?q={COMMON_}", dispatcher, f"/floor/search/{COMMON_}/", 40),
            4,
            1,
        ),
        *statistics(supervisor),
        Act("create, 8 clients again", creating(200), 0.35, by_rate=True),
    ]


def pages(path: str, cookie: str, floor: str, times: int) -> list[tuple[list, list]]:
    """One page and its floor, so many times a round."""
    return [
        ([Call("GET", path, None, cookie)] * times, [Call("GET", floor)] * times)
        for _ in range(ROUNDS)
    ]


def statistics(supervisor: str) -> list[Act]:
    """The month page of all units: as the worker keeps it, and right after something changed in it."""
    month = "/desk/figures/?month=2026-10"
    return [
        Act("statistics, month, all units", pages(month, supervisor, "/floor/figures/", 30), 3, 1),
        Act(
            "statistics, month just changed",
            pages(month, supervisor, "/floor/figures/live/", 20),
            3,
            1,
            before=lambda: note_since(CHANGED),  # no worker runs here: it stays stale
        ),
    ]


RARE_, COMMON_ = "%E9%93%B1%E6%98%9F", "%E8%B7%AF%E7%81%AF"  # 铱星, 路灯


def waiting_tasks() -> Any:
    """Tasks that nobody signed yet, each used once."""
    found = Assignment.objects.filter(state="dispatched", case__state="dispatched")
    return iter(found.order_by("-pk").values_list("pk", flat=True).iterator())


def verb(pk: int) -> Call:
    """Sign a task."""
    return Call("POST", f"/act/transition/{pk}/")


def signing(tasks: Any, ours: Callable[[int], Call], times: int) -> list[tuple[list, list]]:
    """Tasks for ours and as many others for the floor."""
    return [
        (
            [ours(next(tasks)) for _ in range(times)],
            [Call("POST", f"/floor/transition/{next(tasks)}/") for _ in range(times)],
        )
        for _ in range(ROUNDS)
    ]


_keys = count()


def creating(times: int) -> list[tuple[list, list]]:
    """New keys each time, also in a second run on the same database."""
    run = f"{timezone.now():%d%H%M%S}"

    def call(path: str) -> Call:
        number = next(_keys)
        return Call("POST", path, {"key": f"{run}-{number}", "content": f"第{number}盏路灯不亮"})

    return [
        (
            [call("/act/create/") for _ in range(times)],
            [call("/floor/create/") for _ in range(times)],
        )
        for _ in range(ROUNDS)
    ]
