"""Lines of the dispatcher's desk, of decisions on requests and of the catalogue (see ``table``)."""

from typing import Any

from tests.permissions.county import County
from tests.permissions.lines import Line, act, case, nothing, page, sent

CLASS = {"category": "0702", "region": "石桥镇", "demand_type": "help", "urgency": "urgent"}


def _dispatch(_county: County) -> dict[str, Any]:
    return CLASS | {"unit": "town"}


DISPATCHERS = ("operator", "dispatcher")  # an operator may send a plain matter on at once
ROUTING = [
    page("routing:dispatch", *DISPATCHERS),
    Line("routing:assignments", frozenset(DISPATCHERS), data=nothing, status=303),
    act("routing:assignment", *DISPATCHERS, parts=case("accepted"), data=_dispatch),
    act(
        "routing:respondent",
        *DISPATCHERS,
        "reviewer",
        "supervisor",
        parts=case("accepted"),
        data=sent(respondent="town"),
    ),
    act("routing:class", *DISPATCHERS, parts=case("accepted"), data=sent(**CLASS)),
    Line("routing:advice", frozenset(DISPATCHERS), case("accepted"), sent(**CLASS)),
    act(
        "routing:rejection",
        *DISPATCHERS,
        parts=case("submitted"),
        data=lambda county: {"reason": county.cast.not_ours.code},
    ),
    act(
        "routing:transfer",
        *DISPATCHERS,
        parts=case("submitted"),
        data=lambda county: {"reason": county.to_whom.code, "target": "119"},
    ),
    page("routing:requests", "dispatcher", "supervisor"),
    act(
        "routing:decision",
        "dispatcher",
        parts=lambda county: {"pk": county.signed_request.pk},
        data=sent(act="grant", note="同意"),
    ),
    page("routing:catalogue", *DISPATCHERS, "system_admin"),
    Line(
        "routing:catalogue",
        frozenset({*DISPATCHERS, "system_admin"}),
        data=sent(text="路灯不亮"),
    ),
]
