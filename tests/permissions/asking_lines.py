"""Lines of the search: asking, saved searches and exports."""

from tests.permissions.lines import OFFICE, UNITS, Given, Line, act, page, sent

SEARCHERS = OFFICE | UNITS
QUESTION = {"q": "路灯"}


def shared(county: object) -> dict[str, int]:
    """A reviewer's search, shared in the office."""
    return {"pk": county.saved.pk}


def own(county: object) -> dict[str, int]:
    """The dispatcher's, shared with nobody."""
    return {"pk": county.own_saved.pk}


def export(name: str) -> Given:
    """An export of the dispatcher, by its name among the rows."""
    return lambda county: {"pk": getattr(county, name).pk}


SEARCH = [
    page("desk:search", *SEARCHERS),
    Line("desk:search", SEARCHERS, data=sent(**QUESTION), status=303),
    page("desk:saved_searches", *SEARCHERS),
    Line(
        "desk:saved_searches",
        SEARCHERS,
        data=sent(**QUESTION, name="新的"),
        status=303,
        is_act=True,
    ),
    page("desk:saved_search", *OFFICE, parts=shared, status=302),
    page("desk:saved_search", "dispatcher", parts=own, status=302),
    act("desk:saved_search_changes", "dispatcher", parts=own, data=sent(name="改名")),
    act("desk:saved_search_deletion", "dispatcher", parts=own),
    act("desk:subscription", *OFFICE, parts=shared, data=sent(every="day")),
    page("desk:exports", "dispatcher", "supervisor"),
    page("desk:export_new", "dispatcher", "supervisor"),
    act(
        "desk:export_new",
        *{"dispatcher", "supervisor"},
        parts=sent(),
        data=sent(**QUESTION, reason="核对"),
    ),
    page("desk:export", "dispatcher", "supervisor", parts=export("asked_export")),
    act(
        "desk:export_decision",
        "supervisor",
        parts=export("asked_export"),
        data=sent(act="approve", note="同意"),
    ),
    page("desk:export_file", "dispatcher", parts=export("made_export"), is_act=True),
]
