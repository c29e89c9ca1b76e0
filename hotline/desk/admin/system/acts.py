"""What administrators had the system do lately, in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.models import SystemAct
from cases.shapes import Context, Payload
from cases.system import acts
from cases.templatetags.parts import grouped_by_three
from hotline.desk.admin.system.state import ENGINES

SHOWN = 8


@dataclass(frozen=True)
class ActShown:
    """One act: what, by whom, and a line for each index."""

    act: SystemAct
    what: str
    lines: list[str]
    going: list[dict[str, int]]  # how far each index is, with ``done`` and ``whole``


def read() -> Context:
    """The newest acts, and which kinds are under way."""
    acts = list(SystemAct.objects.all()[:SHOWN])
    going = SystemAct.objects.filter(finished_at=None).values_list("kind", flat=True)
    return {"acts": [_shown(act) for act in acts], "under_way": set(going)}


def _shown(act: SystemAct) -> ActShown:
    told = dict(act.found) if act.kind == SystemAct.REBUILD and not act.finished_at else {}
    going = [one for one in told.values() if one.get("goes_on") and "whole" in one]
    return ActShown(act, done_words()[act.kind], lines(act.kind, act.found), going)


def done_words() -> dict[str, str]:
    """What each kind of act is called."""
    return {
        SystemAct.CHECK: _("Indexes checked"),
        SystemAct.REPAIR: _("Indexes repaired"),
        SystemAct.REBUILD: _("Index made anew"),
        SystemAct.RELEASE: _("Parked duties tried again"),
        SystemAct.ROTATE: _("Keys changed"),
    }


def lines(kind: str, found: Payload) -> list[str]:
    """What came of an act, a line for each index."""
    if kind == SystemAct.RELEASE:
        count = found.get("released", 0)
        return [ngettext("%d duty", "%d duties", count) % count]
    if kind == SystemAct.ROTATE:
        return [_changed(name, told) for name, told in found.items()]
    return [line for name, told in found.items() if (line := _line(kind, name, told))]


def _changed(name: str, told: Payload) -> str:
    """How far the change of one key is."""
    parts = [
        _("%(n)s values brought under the new key") % {"n": grouped_by_three(told.get("done", 0))}
    ]
    if told.get("faults"):
        parts.append(_("%(n)s need a person") % {"n": grouped_by_three(told["faults"])})
    parts.append(_("finished") if told.get("finished") else _("under way"))
    names = {
        "personal": _("Keys of personal data"),
        "lookup": _("Look-up key"),
        "chain": _("Key of the event chains"),
    }
    return _("%(index)s: %(said)s") % {"index": names[name], "said": " · ".join(parts)}


def _line(kind: str, name: str, told: Payload) -> str:
    """What was found in one index, what was done, and what hindered it."""
    parts = []
    if first := told.get("first"):
        parts.append(_numbers(first))
        if kind == SystemAct.REPAIR and any(first.values()) and "left" in told:
            left = sum(told["left"].values())
            parts.append(
                _("%(n)s left") % {"n": grouped_by_three(left)} if left else _("all put right")
            )
    if "whole" in told:
        parts.append(_filled(told))
    if problem := told.get("problem"):
        parts.append(_problem(problem))
    if not parts:
        return ""
    return _("%(index)s: %(said)s") % {"index": ENGINES.get(name, name), "said": " · ".join(parts)}


def _filled(told: Payload) -> str:
    counts = {"done": grouped_by_three(told["done"]), "whole": grouped_by_three(told["whole"])}
    if told.get("goes_on") or told.get("problem"):
        return _("%(done)s of %(whole)s entries are in") % counts
    return _("made anew, %(done)s entries") % counts


def _numbers(found: dict[str, int]) -> str:
    if not any(found.values()):
        return _("agrees")
    numbers = {name: grouped_by_three(count) for name, count in found.items()}
    return _("missing %(missing)s, stale %(stale)s, left over %(over)s") % numbers


def _problem(problem: str) -> str:
    return {
        acts.AWAY: _("the server could not be used"),
        acts.DIED: _("the worker died at it; see the log"),
        acts.STOPPED: _("stopped by hand; it can be gone on with"),
        acts.STAYS: _("some entries stay wrong: repair again in a minute, then see the log"),
    }.get(problem, _("it failed; see the log"))
