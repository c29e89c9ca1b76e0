"""The handling deadline before sending, and how it was counted, in words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cases.clocks.counting import DueStep
from cases.clocks.due import deadline
from cases.clocks.policy import PolicyFacts
from cases.clocks.words import policy_words
from cases.models import Case
from cases.templatetags.timewords import minute, term_words


@dataclass(frozen=True)
class Promise:
    """Due times if the case were sent now, and the count day by day."""

    due: datetime
    sign_due: datetime
    term: str
    is_provisional: bool
    steps: tuple[str, ...]
    policy: str


def promise(matter: Case | PolicyFacts, now: datetime) -> Promise:
    """What starts when ``matter`` (a case or ``PolicyFacts``) is dispatched at ``now``."""
    unit, sign = deadline(matter, "unit", now), deadline(matter, "sign", now)
    return Promise(
        due=unit.at,
        sign_due=sign.at,
        term=term_words(unit.term, natural=True),
        is_provisional=unit.is_provisional,
        steps=tuple(step_words(step) for step in unit.steps),
        policy=policy_words(unit.policy),
    )


def step_words(step: DueStep) -> str:
    """One day or span of the count."""
    kinds = {"weekend": _("weekend"), "holiday": _("holiday"), "make_up": _("make-up working day")}
    day = date_format(step.day, _("j M, l"))
    code = str(step.code)
    if code == "start":
        return _("%(day)s: day of dispatch, not counted") % {"day": day}
    if code == "counted":
        said = _("%(day)s: day %(n)d") % {"day": day, "n": step.count}
        return f"{said} ({kinds['make_up']})" if str(step.kind) == "make_up" else said
    if code == "skipped":
        why = step.name or kinds.get(str(step.kind), "")
        return _("%(day)s: %(why)s, not counted") % {"day": day, "why": why}
    if code == "ran":
        return _("%(day)s: %(n)d minutes run") % {"day": day, "n": step.count}
    if code == "paused":
        return _("%(day)s: paused") % {"day": day}
    return _("%(day)s %(time)s: due") % {"day": day, "time": minute(step.ends) if step.ends else ""}
