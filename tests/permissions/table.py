"""The permission matrix of the product: every address, every role (`architecture.md` §6).

One line for each address and method. ``allowed`` are the columns that get ``status``; every other member
of staff gets 404, a visitor is sent to the log-in. ``EVERYBODY``: the address is public. The rows are those
of ``county.py``: handled by the clerk's and the leader's unit; the stranger's unit has nothing to do with
them, the accused's unit assists and is the one complained about.
"""

from typing import Any

from tests.permissions.asking_lines import SEARCH
from tests.permissions.county import COPY, County
from tests.permissions.lines import (
    EVERYBODY,
    OFFICE,
    STAFF,
    UNIT,
    UNITS,
    Line,
    act,
    case,
    nothing,
    page,
    sent,
    task,
)
from tests.permissions.public_lines import SITE, public
from tests.permissions.routing_lines import ROUTING
from tests.permissions.search_lines import SYNONYMS
from tests.permissions.secrecy_lines import SECRECY
from tests.permissions.stages import REPLY


def _call(_county: County) -> dict[str, Any]:
    return {
        "act": "accept",
        "token": "token-9",
        "content": "路灯坏了，请来修理。",
        "demand_type": "help",
        "urgency": "normal",
        "category": "0701",
    }


ACCOUNT = {
    "username": "newcomer",
    "name": "李新",
    "roles": "operator",
    "is_active": "on",
    "password": "丹桂-飘香-2026",
}
REACHED = {"result": "reached", "contacted": "yes", "solved": "yes", "satisfaction": "5"}

WORK = [
    page("desk:home", *STAFF, status=302),
    page("desk:notices", *STAFF),
    Line("desk:notice_readings", STAFF, data=nothing, status=303, is_act=None),
    # opening it marks its notices as read
    page("desk:case", *OFFICE, *UNIT, parts=case("contacted"), is_act=None),
    act(
        "desk:case_respondent",
        *{"operator", "dispatcher", "reviewer", "supervisor"},
        parts=case("contacted"),
        data=sent(respondent="town"),
    ),
    act(
        "desk:case_respondent_withdrawal",
        "supervisor",
        parts=case("contacted"),
        data=sent(unit="water", note="核实后不是该单位"),
    ),
    page("desk:case_similar", *OFFICE, *UNIT, parts=case("contacted")),
    page("desk:case_sheet", *OFFICE, *UNIT, parts=case("contacted")),
    page(
        "desk:attachment",
        *OFFICE,
        *UNIT,
        parts=lambda county: {"pk": county.attachment.pk},
    ),
    act(
        "desk:petitioner",
        *{"operator", "dispatcher", "callback", "supervisor", *UNIT},
        parts=case("contacted"),
        data=sent(reason="电话核实地点"),
        status=200,
    ),
]
CALLERS = ("operator", "dispatcher")
CALLS = [
    page("desk:operator", *CALLERS),
    Line(
        "desk:operator",
        frozenset(CALLERS),
        data=_call,
        status=303,
        is_act=True,
    ),
    Line(
        "desk:advice",
        frozenset(CALLERS),
        data=sent(content="路灯不亮了"),
    ),
    page("desk:receipt", "operator", parts=lambda county: {"number": county.by_operator.number}),
    act(
        "desk:urge",
        *CALLERS,
        parts=case("dispatched"),
        data=sent(content="再问一次"),
        status=200,
    ),
    page("desk:drafts", *CALLERS),
    act(
        "desk:discard_draft",
        "operator",
        parts=lambda county: {"token": county.draft.token},
    ),
]
TASKS = [
    page("desk:worklist", *UNITS),
    page("desk:worklist_sheet", *UNITS),
    Line("desk:task_signatures", UNITS, data=sent(task="0"), status=303),
    act("desk:task_signature", *UNIT, parts=task("dispatched")),
    act(
        "desk:task_draft", *UNIT, parts=task("contacted"), data=sent(public_reply="还没写完的答复")
    ),
    act(
        "desk:task_first_contact",
        *UNIT,
        parts=task("signed"),
        data=sent(method="phone", note="已联系"),
    ),
    act("desk:task_reply", *UNIT, parts=task("contacted"), data=sent(**REPLY)),
    act(
        "desk:task_opinion",
        *UNIT,
        parts=lambda county: {"pk": county.opinion.pk},
        data=sent(text="管线不在我局。"),
    ),
    act(
        "desk:task_urge",
        *{"dispatcher", "supervisor"},
        parts=task("contacted"),
        data=sent(note="请抓紧办理"),
    ),
    act("desk:task_sign_off", "leader", parts=task("drafted")),
    act("desk:task_send_back", "leader", parts=task("drafted"), data=sent(note="请补充时间")),
    act(
        "desk:task_return",
        *UNIT,
        parts=task("dispatched"),
        data=lambda county: {
            "return-reason": county.cast.wrong_unit.pk,
            "return-basis": "三定方案",
        },
    ),
    act(
        "desk:task_extension",
        *UNIT,
        parts=task("contacted"),
        data=lambda county: {
            "extension-reason": county.cast.needs_works.pk,
            "extension-days": 3,
            "extension-text": "要挖路，已告知诉求人。",
        },
    ),
    act("desk:request_signature", "leader", parts=lambda county: {"pk": county.asked.pk}),
    page("desk:signoff", "leader", "stranger"),
]
REVIEW = [
    page("desk:reply_review", "reviewer"),
    act("desk:reply_review_approval", "reviewer", parts=case("replied")),
    act(
        "desk:reply_review_format_return",
        "reviewer",
        parts=case("replied"),
        data=sent(note="缺时间"),
    ),
    act("desk:reply_review_rework", "reviewer", parts=case("replied"), data=sent(note="没有解决")),
]
PUBLICATION = [
    page("desk:publication", "reviewer", "supervisor"),
    page("desk:publication_draft", "reviewer", "supervisor", parts=case("candidate")),
    act(
        "desk:publication_draft",
        *{"reviewer", "supervisor"},
        parts=case("candidate"),
        data=sent(**COPY, revision=0),
    ),
    page(
        "desk:publication_copy",
        *{"reviewer", "supervisor"},
        parts=lambda county: {"number": county.drafted_copy.pk},
    ),
    act(
        "desk:publication_approval",
        *{"reviewer", "supervisor"},
        parts=lambda county: {"number": county.drafted_copy.pk},
        data=sent(revision=1),
    ),
    act(
        "desk:publication_withdrawal",
        *{"reviewer", "supervisor"},
        parts=lambda county: {"number": county.published_copy.pk},
        data=sent(reason="诉求人要求"),
    ),
]
ACCOUNTS = [
    page("desk:audit", "audit_admin", "security_admin"),
    page("desk:settings", "system_admin"),
    page("desk:system", "system_admin"),
    act("desk:index_checks", "system_admin", parts=nothing),
    act("desk:index_repairs", "system_admin", parts=nothing),
    Line("desk:index_rebuilds", frozenset({"system_admin"}), data=nothing, status=303),
    act("desk:duty_releases", "system_admin", parts=nothing),
    page("desk:account", "system_admin", parts=lambda county: {"pk": county.cast.clerk.pk}),
    act("desk:accounts", "system_admin", parts=nothing, data=sent(**ACCOUNT)),
    act(
        "desk:account_changes",
        "system_admin",
        parts=lambda county: {"pk": county.cast.agent.pk},
        data=sent(username="agent", name="孙小洁", roles="callback", is_active="on"),
    ),
]
SATISFACTION = [
    page("satisfaction:callbacks", "callback"),
    act(
        "satisfaction:callback_attempts",
        "callback",
        parts=case("callback"),
        data=sent(**REACHED),
    ),
    act("satisfaction:callback_phone", "callback", parts=case("callback"), status=200),
    act(
        "satisfaction:callback_closing",
        "callback",
        parts=lambda county: {"number": county.nameless.number},
    ),
    page("satisfaction:dissatisfied", "reviewer", "supervisor"),
    act(
        "satisfaction:dissatisfied_decision",
        *{"reviewer", "supervisor"},
        parts=case("dissatisfied"),
        data=sent(decision="explained", reason="属实已说明"),
    ),
    page("satisfaction:board", "dispatcher", "reviewer", "supervisor"),
    page("satisfaction:figures", "dispatcher", "reviewer", "supervisor", *UNITS),
    page(
        "satisfaction:figures_export",
        *{"dispatcher", "reviewer", "supervisor", *UNITS},
        parts=sent(kind="csv"),
    ),
    page(
        "satisfaction:figure_cases",
        *{"dispatcher", "reviewer", "supervisor", *UNITS},
        parts=sent(metric="handled"),
    ),
]


SYSTEM = [
    *map(public, ("health", "health_alive", "health_ready")),
    Line("login", EVERYBODY, others=dict.fromkeys(STAFF, 302)),
    Line("logout", EVERYBODY, data=nothing, status=302),
    Line("set_language", EVERYBODY, data=nothing, status=302),
]
TABLE = [
    *WORK,
    *SEARCH,
    *CALLS,
    *TASKS,
    *REVIEW,
    *PUBLICATION,
    *ACCOUNTS,
    *SYNONYMS,
    *SATISFACTION,
    *ROUTING,
    *SECRECY,
    *SITE,
    *SYSTEM,
]
NAMES = {line.name for line in TABLE}
METHODS = {name: {line.method for line in TABLE if line.name == name} for name in NAMES}
