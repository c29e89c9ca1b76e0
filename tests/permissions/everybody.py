"""Every role, a case of one unit, a case about another, and a request as each of them."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from cases.models import Case, User
from tests.cast import NOON, Cast, person, wang_says
from tests.desk.stages import LATER, dispatched

ROLES = (
    "anonymous", "operator", "dispatcher", "reviewer", "callback", "supervisor", "clerk", "leader",
    "other_clerk", "other_leader", "accused_clerk", "system_admin", "security_admin", "audit_admin",
)  # fmt: skip


@dataclass
class World:
    """Who asks, and what about: all ids are those of the unit of ``clerk`` and ``leader``."""

    people: dict[str, User | None]
    case: Case
    ids: dict[str, Any]


def _people(cast: Cast) -> dict[str, Any]:
    return {
        "anonymous": None,
        "operator": cast.operator,
        "dispatcher": cast.dispatcher,
        "reviewer": cast.reviewer,
        "callback": cast.agent,
        "supervisor": cast.supervisor,
        "clerk": cast.clerk,
        "leader": cast.leader,
        "other_clerk": cast.other_clerk,
        "other_leader": cast.other_leader,
        "accused_clerk": person("accused", "何林", cast.town, "clerk"),
        "system_admin": cast.sysadmin,
        "security_admin": person("security", "罗成", None, "security_admin"),
        "audit_admin": cast.auditor,
    }


def make_world(cast: Cast) -> World:
    """A case that housing handles and that complains of the town."""
    case = wang_says(cast)
    case.accept(category=cast.street_lights, by=cast.dispatcher, at=NOON)
    case.dispatch(lead=cast.housing, assisting=[cast.town], by=cast.dispatcher, at=NOON)
    Case.objects.filter(pk=case.pk).update(respondent_unit=cast.town)  # it turned out later
    task = case.lead()
    task.sign(by=cast.clerk, at=NOON + LATER)
    task.ask_return(reason=cast.wrong_unit, basis="三定", by=cast.clerk, at=NOON + LATER)
    second = dispatched(cast, assisting=False, key="other", content="别的事情").lead()
    second.ask_return(reason=cast.wrong_unit, basis="三定", by=cast.leader, at=NOON + LATER)
    wang_says(cast, key="new", content="新的事情")
    ids = {
        "case": case.number,
        "task": task.pk,
        "accused task": case.assignments.get(unit=cast.town).pk,
        "request": task.requests.get().pk,
        "signed request": second.requests.get().pk,
        "metric": "handled",
        "file": "csv",
        "mailbox": "mayor",
        "account": cast.clerk.pk,
        "missing": 0,
        "missing token": "x" * 20,
    }
    return World(_people(cast), case, ids)


def named() -> dict[str, URLPattern]:
    """Every address of ours by its name, without Wagtail's own."""
    return dict(_walk(get_resolver(), ()))


def _walk(resolver: Any, spaces: tuple[str, ...], prefix: str = "") -> Any:
    for one in resolver.url_patterns:
        path = prefix + str(one.pattern)
        if isinstance(one, URLPattern):
            yield ":".join([*spaces, one.name or path]), one
        elif not path.startswith("cms/"):
            yield from _walk(one, (*spaces, *([one.namespace] if one.namespace else [])), path)


def address(name: str, subject: str, world: World) -> str:
    """The address with the id of what it is about."""
    return reverse(name, args=[world.ids[subject]] if subject else [])


def answered(user: User | None, method: str, url: str) -> int:
    """Status of one request as this person; whatever it did is undone."""
    client = Client(raise_request_exception=False)
    if user:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    with transaction.atomic():
        answer = getattr(client, method.lower())(url)
        answer.close()
        transaction.set_rollback(True)
    return answer.status_code
