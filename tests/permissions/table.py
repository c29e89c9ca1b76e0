"""The declared table: who may open what, by name of the address. An address without a row is a failure.

``own``: roles that get an answer when it is about a case or task of ``clerk``'s unit; everybody else who
is signed in gets 404, who is not is asked to sign in. Methods without a status answer 405.
"""

from dataclasses import dataclass, field

OFFICE = frozenset({"operator", "dispatcher", "reviewer", "callback", "supervisor"})
OWN_UNIT = frozenset({"clerk", "leader"})
UNITS = OWN_UNIT | {"other_clerk", "other_leader", "accused_clerk"}
LEADERS = frozenset({"leader", "other_leader"})
ADMINISTRATORS = frozenset({"system_admin", "security_admin", "audit_admin"})
STAFF = OFFICE | UNITS | ADMINISTRATORS
REGISTER = frozenset({"operator", "dispatcher", "supervisor"})
CLASSIFY = frozenset({"operator", "dispatcher"})
FIGURES = frozenset({"dispatcher", "reviewer", "supervisor"})
PUBLISH = frozenset({"reviewer", "supervisor"})
SYSTEM = frozenset({"system_admin"})
ANYBODY = STAFF | {"anonymous"}


@dataclass(frozen=True)
class Row:
    """``subject`` names the id in the address; ``get``/``post``: status for those allowed, 0: 405."""

    who: frozenset[str]
    get: int = 0
    post: int = 0
    subject: str = ""
    but: dict[str, int] = field(default_factory=dict)  # other answers of single roles

    @property
    def is_public(self) -> bool:
        """Whether a visitor without account gets the same answer."""
        return "anonymous" in self.who


def page(who: frozenset[str], subject: str = "") -> Row:
    """A page to read."""
    return Row(who, get=200, subject=subject)


def act(who: frozenset[str], status: int, subject: str = "") -> Row:
    """An act, tried with an empty form: 422 keeps the form, 409 is too late, 303 is done."""
    return Row(who, post=status, subject=subject)


TABLE: dict[str, Row] = {
    "logout": act(ANYBODY, 302),
    "set_language": Row(ANYBODY, get=302, post=302),
    "health": page(ANYBODY),
    "desk:home": Row(ANYBODY, get=302),
    "desk:operator": Row(REGISTER, get=200, post=422),
    "desk:advice": act(REGISTER, 200),
    "desk:receipt": Row(
        REGISTER, get=404, subject="case"
    ),  # only who took the call sees the receipt
    "desk:urge": act(REGISTER | {"callback"}, 302, "case"),
    "desk:drafts": page(REGISTER),
    "desk:discard_draft": act(REGISTER, 404, "missing token"),
    "desk:worklist": page(UNITS),
    "desk:worklist_sheet": page(UNITS),
    "desk:task_signatures": act(UNITS, 303),
    "desk:task_signature": act(OWN_UNIT, 409, "task"),
    "desk:case": page(OFFICE | OWN_UNIT, "case"),
    "desk:case_sheet": page(OFFICE | OWN_UNIT, "case"),
    "desk:petitioner": act(OFFICE - {"reviewer"} | OWN_UNIT, 422, "case"),
    "desk:attachment": Row(STAFF, get=404, subject="missing"),
    "desk:task_draft": act(OWN_UNIT, 303, "task"),
    "desk:task_first_contact": act(OWN_UNIT, 422, "task"),
    "desk:task_reply": act(OWN_UNIT, 422, "task"),
    "desk:task_opinion": act(OWN_UNIT, 422, "task"),
    "desk:task_sign_off": act(frozenset({"leader"}), 409, "task"),
    "desk:task_send_back": act(frozenset({"leader"}), 422, "task"),
    "desk:task_return": act(OWN_UNIT, 422, "task"),
    "desk:task_extension": act(OWN_UNIT, 422, "task"),
    "desk:request_signature": act(frozenset({"leader"}), 303, "request"),
    "desk:signoff": page(LEADERS),
    "desk:review": page(frozenset({"reviewer"})),
    "desk:review_approval": act(frozenset({"reviewer"}), 409, "case"),
    "desk:review_format_return": act(frozenset({"reviewer"}), 409, "case"),
    "desk:review_rework": act(frozenset({"reviewer"}), 409, "case"),
    "desk:notices": page(STAFF),
    "desk:notice_readings": act(STAFF, 303),
    "desk:search": page(OFFICE | UNITS),
    "desk:publication": page(PUBLISH),
    "desk:publication_draft": Row(PUBLISH, get=302, post=302, subject="case"),
    "desk:publication_copy": Row(PUBLISH, get=404, subject="missing"),
    "desk:publication_approval": act(PUBLISH, 404, "missing"),
    "desk:publication_withdrawal": act(PUBLISH, 404, "missing"),
    "desk:settings": page(SYSTEM),
    "desk:accounts": act(SYSTEM, 422),
    "desk:account": page(SYSTEM, "account"),
    "desk:account_changes": act(SYSTEM, 422, "account"),
    "satisfaction:callbacks": page(frozenset({"callback"})),
    "satisfaction:callback_attempts": act(frozenset({"callback"}), 422, "case"),
    "satisfaction:callback_phone": act(frozenset({"callback"}), 404, "case"),  # not in call-back
    "satisfaction:callback_closing": act(frozenset({"callback"}), 422, "case"),
    "satisfaction:dissatisfied": page(PUBLISH),
    "satisfaction:dissatisfied_decision": act(PUBLISH, 422, "case"),
    "satisfaction:board": page(FIGURES),
    "satisfaction:figures": page(FIGURES | UNITS),
    "satisfaction:figures_export": page(FIGURES | UNITS, "file"),
    "satisfaction:figure_cases": page(FIGURES | UNITS, "metric"),
    "routing:dispatch": page(CLASSIFY),
    "routing:assignments": act(CLASSIFY, 303),
    "routing:assignment": act(CLASSIFY, 422, "case"),
    "routing:class": act(CLASSIFY, 422, "case"),
    "routing:advice": act(CLASSIFY, 200, "case"),
    "routing:rejection": act(CLASSIFY, 422, "case"),
    "routing:transfer": act(CLASSIFY, 422, "case"),
    "routing:requests": page(frozenset({"dispatcher", "supervisor"})),
    "routing:decision": Row(
        frozenset({"dispatcher"}), post=422, subject="signed request", but={"supervisor": 404}
    ),
    "routing:catalogue": page(CLASSIFY | SYSTEM),
    "site:file": Row(ANYBODY, get=200, post=200),
    "site:file_kind": Row(ANYBODY, get=302, post=302, subject="missing token"),
    "site:file_matter": Row(ANYBODY, get=302, post=302, subject="missing token"),
    "site:file_contact": Row(ANYBODY, get=302, post=302, subject="missing token"),
    "site:receipt": Row(ANYBODY, get=302, subject="case"),  # to where number and code are asked for
    "site:progress": Row(ANYBODY, get=200, post=200),
    "site:progress_case": Row(ANYBODY, get=302, subject="case"),
    "site:supplement": act(ANYBODY, 302, "case"),
    "site:urge": act(ANYBODY, 302, "case"),
    "site:rating": act(ANYBODY, 302, "case"),
    "site:mailboxes": Row(ANYBODY, get=404),  # no page of the site was made here
    "site:letter": Row(ANYBODY, get=404, post=404, subject="mailbox"),
    "site:answers": page(ANYBODY),
    "site:answer": Row(ANYBODY, get=404, subject="missing"),
    "site:guides": Row(ANYBODY, get=404, post=404),
}
# Not ours to decide: the log-in (tests/config) and what Wagtail serves below everything else.
ELSEWHERE = {
    "login",
    "wagtailcore_authenticate_with_password",
    "wagtailcore_login",
    "wagtail_serve",
}
