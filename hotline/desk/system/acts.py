"""What administrators had the system do lately, in words."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.models import SystemAct
from hotline.desk.system.state import ENGINES
from search import checking

SHOWN = 8


@dataclass(frozen=True)
class Shown:
    """One act: what, by whom, and a line for each index."""

    act: SystemAct
    what: str
    lines: list[str]


def read() -> dict[str, Any]:
    """The newest acts, and which kinds are under way."""
    acts = list(SystemAct.objects.all()[:SHOWN])
    going = SystemAct.objects.filter(finished_at=None).values_list("kind", flat=True)
    return {"acts": [_shown(act) for act in acts], "under_way": set(going)}


def _shown(act: SystemAct) -> Shown:
    words = {
        SystemAct.CHECK: _("Indexes checked"),
        SystemAct.REPAIR: _("Indexes repaired"),
        SystemAct.RELEASE: _("Parked duties tried again"),
    }
    if act.kind == SystemAct.RELEASE:
        count = act.found.get("released", 0)
        lines = [ngettext("%d duty", "%d duties", count) % count]
    else:
        lines = [_line(act.kind, name, told) for name, told in act.found.items()]
    return Shown(act, words[act.kind], lines)


def _line(kind: str, name: str, told: dict[str, Any]) -> str:
    """What was found in one index, what was done, and what hindered it."""
    parts = []
    if first := told.get("first"):
        parts.append(_numbers(first))
        if kind == SystemAct.REPAIR and any(first.values()) and "left" in told:
            left = sum(told["left"].values())
            parts.append(_("%d left") % left if left else _("all put right"))
    if problem := told.get("problem"):
        parts.append(_problem(problem))
    return _("%(index)s: %(said)s") % {"index": ENGINES.get(name, name), "said": " · ".join(parts)}


def _numbers(found: dict[str, int]) -> str:
    if not any(found.values()):
        return _("agrees")
    return _("missing %(missing)d, stale %(stale)d, left over %(over)d") % found


def _problem(problem: str) -> str:
    return {
        checking.AWAY: _("the server does not answer"),
        checking.DIED: _("the worker died at it; see the log"),
        checking.STAYS: _("some entries stay wrong; see the log"),
    }.get(problem, _("it failed; see the log"))
