"""A case brought to the stage a page works on, by the verbs, in the hands of a chosen unit."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from cases.models import Case
from tests.cast import NOON, wang_says

MINUTES = timedelta(minutes=10)
REPLY = {
    "public_reply": "经核实，电缆被盗，当天下午已更换电缆，路灯全部恢复照明，并加装了防盗井盖。",
    "internal_note": "已报案。",
    "solved": "solved",
    "fact_true": "true",
}
STAGES = (
    "submitted",
    "accepted",
    "dispatched",
    "signed",
    "contacted",
    "drafted",
    "replied",
    "callback",
    "closed",
)


@dataclass(frozen=True)
class Hands:
    """Who handles: a unit, its clerk and its leader, and a unit that assists."""

    unit: Any
    clerk: Any
    leader: Any
    assisting: Any


def bring(cast: Any, stage: str, hands: Hands, **said: Any) -> Case:
    """Wang's matter, brought to ``stage`` in order; give ``key`` and ``content`` of its own."""
    case = wang_says(cast, **said)
    for place, name in enumerate(STAGES[1 : STAGES.index(stage) + 1], start=1):
        _STEPS[name](cast, case, hands, NOON + place * MINUTES)
        case = Case.objects.get(pk=case.pk)
    return case


def dissatisfied(cast: Any, hands: Hands, **said: Any) -> Case:
    """Called back and not satisfied."""
    case = bring(cast, "callback", hands, **said)
    case.record_dissatisfied(note="还是不亮", by=cast.agent, at=NOON + 9 * MINUTES)
    return case


def return_asked(cast: Any, hands: Hands, *, is_signed: bool, **said: Any) -> Any:
    """The unit asks to return the task; gives the request, signed by its leader or not yet."""
    task = bring(cast, "dispatched", hands, **said).lead()
    task.ask_return(reason=cast.wrong_unit, basis="三定方案", by=hands.clerk, at=NOON + 3 * MINUTES)
    asked = task.requests.get()
    if is_signed:
        asked.sign(by=hands.leader, at=NOON + 4 * MINUTES)
    return asked


def _accept(cast, case, hands, at):
    case.accept(category=cast.street_lights, by=cast.dispatcher, at=at)


def _dispatch(cast, case, hands, at):
    assisting = [hands.assisting] if hands.assisting else []
    case.dispatch(lead=hands.unit, assisting=assisting, basis="目录", by=cast.dispatcher, at=at)


def _sign(cast, case, hands, at):
    case.lead().sign(by=hands.clerk, at=at)


def _contact(cast, case, hands, at):
    task = case.lead()
    if case.secrecy == "normal":
        task.record_first_contact(method="phone", note="已联系。", by=hands.clerk, at=at)
    else:  # the unit does not know whom to call
        task.ask_relay(question="在哪一段？", by=hands.clerk, at=at)
        task.answer_relay(result="reached", text="东段。", by=cast.agent, at=at)


def _reply(cast, case, hands, at):
    case.lead().submit_reply(**REPLY, by=hands.clerk, at=at)


def _sign_off(cast, case, hands, at):
    case.lead().sign_off(by=hands.leader, at=at)


def _approve(cast, case, hands, at):
    case.approve_reply(by=cast.reviewer, at=at)


def _close(cast, case, hands, at):
    case.close(outcome="solved", by=cast.agent, at=at)


_STEPS = {
    "accepted": _accept,
    "dispatched": _dispatch,
    "signed": _sign,
    "contacted": _contact,
    "drafted": _reply,
    "replied": _sign_off,
    "callback": _approve,
    "closed": _close,
}
