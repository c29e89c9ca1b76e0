"""What the page says of the processes and of what is late because one does not run."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.machine import processes
from cases.machine.processes import Process
from cases.shapes import Context
from cases.system import lateness
from cases.templatetags.parts import grouped_by_three
from hotline.desk.admin.system.state import StateWord, bad, ok, soon

NAMES = {
    "web": gettext_lazy("Website and desks"),
    "web 2": gettext_lazy("Website and desks, second server"),
    "work": gettext_lazy("Outbox and clocks"),
    "longer": gettext_lazy("Exports, files, figures, indexes"),
    "clock": gettext_lazy("Schedule"),
    "demo": gettext_lazy("Filling the demo year"),
}
TASKS = {
    "cases.drain_outbox": gettext_lazy("serving what is owed"),
    "cases.sweep_due": gettext_lazy("watching the clocks"),
    "cases.read_files": gettext_lazy("reading files"),
    "satisfaction.recount_months": gettext_lazy("counting months"),
    "search.make_exports": gettext_lazy("making an export"),
    "search.check_indexes": gettext_lazy("working at an index"),
}


@dataclass(frozen=True)
class ProcessRow:
    """One process as the page shows it."""

    name: str
    word: StateWord
    since: datetime
    starts: int
    said: str  # what it is at, or why its last one ended


@dataclass(frozen=True)
class LateRow:
    """What waits too long, and since when the oldest does."""

    text: str
    since: datetime | None


def read(at: datetime) -> Context:
    """The processes of this machine, and what is late in the whole office."""
    return {"processes": [_row(one) for one in processes.told()], "late": _late(at)}


def _row(one: Process) -> ProcessRow:
    return ProcessRow(
        str(NAMES.get(one.name, one.name)), _word(one), one.since, one.starts, _said(one)
    )


def _word(one: Process) -> StateWord:
    return {
        processes.RUNNING: ok(_("Runs")),
        processes.STARTING: soon(_("Starting")),
        processes.DOWN: bad(_("Does not run")),
        processes.DONE: ok(_("Done")),
        processes.UNKNOWN: bad(_("Unknown: the supervisor is silent")),
        processes.GIVEN_UP: soon(_("Given up until the next start")),
    }.get(one.state, soon(one.state))


def _said(one: Process) -> str:
    if one.doing:
        what = TASKS.get(one.doing, one.doing)
        minutes = one.busy // 60
        if not minutes:
            return str(what)
        said = ngettext("%(what)s, for %(n)d minute", "%(what)s, for %(n)d minutes", minutes)
        return said % {"what": what, "n": minutes}
    if one.reason and one.state not in {processes.RUNNING, processes.DONE}:
        return _("Last time %(why)s. It is started again by itself.") % {"why": _why(one.reason)}
    return ""


def _why(reason: str) -> str:
    """Say in words why the last process ended; the log has the whole."""
    if reason.startswith("ended by"):
        return _("it was killed (%(how)s)") % {"how": reason.rpartition(" ")[2]}
    if reason.startswith("ended with"):
        return _("it ended with code %(code)s") % {"code": reason.rpartition(" ")[2]}
    if reason.startswith("could not"):
        return _("the machine could not start it")
    if "took more than" in reason:
        return _("one piece of work took too long")
    return _("it gave no sign of life")


def _late(at: datetime) -> list[LateRow]:
    duties, clocks = lateness.duties(at), lateness.clocks(at)
    rows = [
        (
            duties,
            ngettext(
                "%(n)s notice or index entry waits",
                "%(n)s notices or index entries wait",
                duties.waiting,
            ),
        ),
        (
            clocks,
            ngettext(
                "%(n)s clock ran out and nobody was told",
                "%(n)s clocks ran out and nobody was told",
                clocks.waiting,
            ),
        ),
    ]
    return [
        LateRow(said % {"n": grouped_by_three(one.waiting)}, one.since)
        for one, said in rows
        if one.waiting
    ]
