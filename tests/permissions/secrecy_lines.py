"""Lines of secrecy and of contact through the office (see ``table``)."""

from typing import Any

from tests.permissions.county import County
from tests.permissions.lines import OFFICE, UNIT, Given, Line, act, nothing, page, sent

DECIDERS = ("dispatcher", "supervisor")
CONTACTS = ("dispatcher", "callback")


def _kept(county: County) -> dict[str, Any]:
    """A confidential case: a question waits, a lowering is asked, the leader is named."""
    return {"number": county.kept.number}


def _quiet(county: County) -> dict[str, Any]:
    """A confidential case about which nobody asked anything."""
    return {"number": county.quiet.number}


def _grant(county: County) -> dict[str, Any]:
    return {"number": county.kept.number, "pk": county.kept.contact_grants.get().pk}


def _relay(county: County) -> dict[str, Any]:
    return {"pk": county.kept.lead().relays.get().pk}


def _named(county: County) -> dict[str, Any]:
    return {"contact-person": county.cast.clerk.pk, "contact-reason": "须上门核实"}


def _said(**fields: str) -> Given:
    """Fields of a form whose names have a prefix: ``raise__level`` is ``raise-level``."""
    return lambda _county: {name.replace("__", "-"): said for name, said in fields.items()}


SECRECY = [
    act(
        "desk:case_original",
        *{"operator", "dispatcher", "callback", "supervisor", *UNIT},
        parts=lambda county: {"number": county.told.number},
        data=_said(original__reason="核对投诉人原话"),
        status=200,
    ),
    act(
        "desk:case_handling",
        *{"operator", "dispatcher", "supervisor"},
        parts=lambda county: {"number": county.told.number},
        data=_said(handling__hide="老孙头"),
    ),
    act("desk:case_secrecy", *OFFICE, parts=_kept, data=_said(raise__level="secret")),
    act(
        "desk:case_secrecy_lowering",
        *DECIDERS,
        parts=_quiet,
        data=_said(lower__level="normal", lower__note="本人同意"),
    ),
    Line(  # the dispatcher asked; a supervisor is told that only they take it back
        "desk:case_secrecy_withdrawal",
        frozenset({"dispatcher"}),
        parts=_kept,
        data=nothing,
        status=303,
        is_act=True,
        others={"supervisor": 303},
    ),
    act(
        "desk:case_secrecy_decision",
        "supervisor",
        parts=_kept,
        data=_said(decide__act="refuse", decide__note="不宜公开"),
    ),
    act("desk:case_contacts", *DECIDERS, parts=_quiet, data=_named),
    act("desk:case_contact_end", *DECIDERS, parts=_grant),
    act(
        "desk:task_relay",
        *UNIT,
        parts=lambda county: {"pk": county.quiet.lead().pk},
        data=sent(question="灯杆编号是多少？"),
    ),
    page("satisfaction:relays", *CONTACTS),
    act(
        "satisfaction:relay_answer",
        *CONTACTS,
        parts=_relay,
        data=sent(result="reached", answer="十二号杆"),
    ),
    act("satisfaction:relay_phone", *CONTACTS, parts=_relay, status=200),
]
