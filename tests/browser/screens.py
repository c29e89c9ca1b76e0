"""Every screen that is looked at and measured: who sees it, where it is, how one gets there."""

from collections.abc import Callable
from typing import NamedTuple

from playwright.sync_api import Page

from tests.browser import ways
from tests.browser.office import Office

Way = Callable[[Page, Office], None]


class Screen(NamedTuple):
    """One page: its name, who looks ("" for a citizen), its address, what is done there first."""

    name: str
    role: str
    path: str
    way: Way | None = None
    status: int = 200
    language: str = "zh-hans"


STAFF = (
    Screen("operator", "operator", "/desk/calls/"),
    Screen("operator-caller", "operator", "/desk/calls/", ways.look_a_caller_up),
    Screen("operator-advice", "operator", "/desk/calls/", ways.type_a_callers_matter),
    Screen("operator-errors", "operator", "/desk/calls/", ways.send_too_early, 422),
    Screen("operator-receipt", "operator", "/desk/calls/", ways.answer_directly),
    Screen("operator-drafts", "operator", "/desk/drafts/"),
    Screen("dispatch-submitted", "dispatcher", "/desk/dispatch/?case={submitted}"),
    Screen("dispatch-accepted", "dispatcher", "/desk/dispatch/?case={accepted}"),
    Screen("dispatch-alike", "dispatcher", "/desk/dispatch/?case={alike}"),
    Screen("requests", "dispatcher", "/desk/requests/"),
    Screen("catalogue", "dispatcher", "/desk/catalogue/"),
    Screen("worklist", "clerk", "/desk/tasks/"),
    Screen("case-to-sign", "clerk", "/desk/cases/{task_dispatched}/"),
    Screen("case-to-contact", "clerk", "/desk/cases/{task_signed}/"),
    Screen("case-to-reply", "clerk", "/desk/cases/{task_in_progress}/"),
    Screen("case-leader", "leader", "/desk/cases/{task_awaiting_sign_off}/"),
    Screen("case-reviewer", "reviewer", "/desk/cases/{under_review}/"),
    Screen("case-supervisor", "supervisor", "/desk/cases/{late}/"),
    Screen("case-rework", "supervisor", "/desk/cases/{rework}/"),
    Screen("signoff", "leader", "/desk/signoff/"),
    Screen("review", "reviewer", "/desk/review/"),
    Screen("callbacks", "callback", "/desk/callbacks/"),
    Screen("dissatisfied", "reviewer", "/desk/dissatisfied/"),
    Screen("board", "supervisor", "/desk/board/"),
    Screen("figures", "supervisor", "/desk/figures/"),
    Screen("figure-cases", "supervisor", "/desk/figures/replied_on_time/cases/"),
    Screen("search-hits", "supervisor", "/desk/search/?q=路灯"),
    Screen("search-none", "supervisor", "/desk/search/?q=火星移民"),
    Screen("search-empty", "operator", "/desk/search/"),
    Screen("search-narrowed", "supervisor", "/desk/search/?q=路灯&overdue=no&channel=web"),
    Screen("search-ways-out", "supervisor", "/desk/search/?q=路灯 火星&channel=visit&overdue=yes"),
    Screen("search-help", "supervisor", "/desk/search/?q=路灯", ways.open_help),
    Screen("search-saving", "supervisor", "/desk/search/?q=路灯", ways.open_saving),
    Screen("searches", "supervisor", "/desk/searches/", ways.save_a_search),
    Screen("export-new", "dispatcher", "/desk/exports/new/?q=路灯"),
    Screen("export-asked", "dispatcher", "/desk/exports/new/?q=路灯", ways.ask_for_an_export),
    Screen("exports", "supervisor", "/desk/exports/"),
    Screen("synonyms", "dispatcher", "/desk/search/synonyms/"),
    Screen("publication", "reviewer", "/desk/publication/?tab=candidates"),
    Screen("publication-check", "supervisor", "/desk/publication/{copy_drafted}/"),
    Screen("system", "system_admin", "/desk/system/"),
    Screen("notices", "clerk", "/desk/notices/"),
    Screen("somebody-was-first", "clerk", "/desk/tasks/", ways.sign_twice, 409),
)
PUBLIC = (
    Screen("home", "", "/"),
    Screen("file-1", "", "/file/"),
    Screen("file-1-danger", "", "/file/", ways.in_danger),
    Screen("file-2", "", "/file/", ways.to_the_matter),
    Screen("file-2-error", "", "/file/", ways.leave_the_matter_empty, 422),
    Screen("file-3", "", "/file/", ways.to_the_contact),
    Screen("file-receipt", "", "/file/", ways.file),
    Screen("mailboxes", "", "/mailbox/"),
    Screen("mailbox-letter", "", "/mailbox/magistrate/"),
    Screen("look-up", "", "/progress/"),
    Screen("look-up-wrong", "", "/progress/", ways.look_up_wrongly, 422),
    Screen("progress-submitted", "", "/progress/", ways.follow("submitted")),
    Screen("progress-in-progress", "", "/progress/", ways.follow("in_progress")),
    Screen("progress-to-rate", "", "/progress/", ways.follow("callback")),
    Screen("progress-rework", "", "/progress/", ways.follow("rework")),
    Screen("progress-archived", "", "/progress/", ways.follow("archived")),
    Screen("answers", "", "/answers/"),
    Screen("find", "", "/search/"),
    Screen("find-hits", "", "/search/?q=饭店"),
    Screen("find-narrowed", "", "/search/?q=饭店&channel=phone&sort=relevance"),
    Screen("find-none", "", "/search/?q=饭店 火星&channel=mayor"),
    Screen("answer", "", "/answers/{copy_published}/"),
    Screen("guides", "", "/guides/"),
    Screen("accessibility", "", "/guides/accessibility/"),
    Screen("login", "", "/login/"),
    Screen("missing-page", "", "/no-such-page/", None, 404),
)
ENGLISH = tuple(
    screen._replace(name=f"{screen.name}-english", language="en")
    for screen in (*STAFF, *PUBLIC)
    if screen.name
    in {
        "operator-caller",
        "board",
        "worklist",
        "case-to-reply",
        "home",
        "file-2",
        "find-hits",
        "search-hits",
        "search-empty",
        "search-narrowed",
        "search-ways-out",
        "search-help",
        "search-saving",
        "searches",
        "export-new",
        "export-asked",
        "dispatch-accepted",
    }
)
LOCKED = Screen(
    "locked", "", "/login/?as=nobody", ways.fail_to_log_in, 429
)  # last: it shuts the door
SCREENS = (*STAFF, *PUBLIC, *ENGLISH, LOCKED)
