"""One person for each role and each relation to a case, and what changes when somebody acts."""

from typing import Any

from django.db.models import Count, Sum
from django.test import Client

from cases.models import (
    Assignment,
    Case,
    Contact,
    ContactGrant,
    ContactRelay,
    Event,
    Notice,
    Request,
    SecrecyRequest,
    SystemAct,
    SystemRecord,
    User,
    ViewLog,
)
from hotline.models import Draft, Publication, TaskDraft
from satisfaction.models import CallbackAttempt, DissatisfactionReview, Evaluation
from search.models import (
    ExportRequest,
    ExportStep,
    SavedSearch,
    Subscription,
    SynonymChange,
)
from tests.cast import Cast, person

BACKEND = "cases.people.signed_in.StaffBackend"


def everybody(cast: Cast) -> dict[str, User | None]:
    """The columns of the table by name; ``None`` is a visitor."""
    return {
        "operator": cast.operator,
        "dispatcher": cast.dispatcher,
        "clerk": cast.clerk,  # of the unit that handles the cases
        "leader": cast.leader,
        "stranger": person("stranger", "钱多", cast.town, "clerk", "leader"),  # another unit
        "accused": cast.other_clerk,  # of the unit complained about, which was asked to assist
        "reviewer": cast.reviewer,
        "callback": cast.agent,
        "supervisor": cast.supervisor,
        "system_admin": cast.sysadmin,
        "security_admin": person("guard", "罗琴", None, "security_admin"),
        "audit_admin": cast.auditor,
        "anonymous": None,
    }


def browser_of(user: User | None) -> Client:
    """A browser, signed in unless ``user`` is ``None``; a server's fault is an answer, not a crash."""
    client = Client(raise_request_exception=False)
    if user is not None:
        client.force_login(user, backend=BACKEND)
    return client


def body_of(answer: Any) -> bytes:
    """The whole body, a file's too (which is closed by reading it)."""
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


KEPT = (
    Assignment,
    CallbackAttempt,
    Case,
    Contact,
    ContactGrant,
    ContactRelay,
    DissatisfactionReview,
    Draft,
    Evaluation,
    Event,
    ExportRequest,
    ExportStep,
    Request,
    SecrecyRequest,
    SynonymChange,
    SavedSearch,
    Subscription,
    SystemAct,
    SystemRecord,
    TaskDraft,
    ViewLog,
)


def everything_kept() -> list[Any]:
    """Counts and versions of all that an act could write; equal before and after means: no act."""
    counts = [model.objects.count() for model in KEPT]
    versions = Case.objects.aggregate(Sum("version"))
    copies = list(Publication.objects.order_by("pk").values_list("pk", "state", "revision"))
    accounts = list(User.objects.order_by("pk").values_list("pk", "name", "password"))
    read = Notice.objects.aggregate(Count("read_at"))
    saved = list(SavedSearch.objects.order_by("pk").values_list("pk", "name", "audience"))
    exports = list(ExportRequest.objects.order_by("pk").values_list("pk", "state"))
    return [*counts, versions, copies, accounts, read, saved, exports]
