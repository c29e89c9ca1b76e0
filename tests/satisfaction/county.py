"""Two weeks of a county, made by the verbs: everything that a figure must tell apart."""

from datetime import date, timedelta

from cases.models import Assignment, Case
from satisfaction.calling.recording import record_attempt
from satisfaction.dissatisfied.deciding import decide_dissatisfied
from satisfaction.periods import Period
from tests.cast import NOON, Cast, moment
from tests.satisfaction.matters import (
    DAY,
    accepted,
    answered,
    dispatched,
    reply,
    sign_and_contact,
)

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))
START = moment("2026-11-02 09:00")


def two_weeks(cast: Cast) -> Cast:
    """Play everything; returns the cast."""
    _called_back(cast)
    _under_way(cast)
    _returned(cast)
    _without_a_task(cast)
    return cast


def _called_back(cast):
    answered(cast, START, START + DAY)  # answered in time, still to be called back
    done = answered(cast, START, START + DAY)
    record_attempt(
        done, result="reached", satisfaction=5, solved=True, contacted=True, by=cast.agent, at=NOON
    )
    unreached = answered(cast, START, START + 2 * DAY)
    for day in range(3):
        record_attempt(unreached, result="no_answer", by=cast.agent, at=START + (4 + day) * DAY)
    again = answered(cast, START, START + 20 * DAY)  # late, then reworked
    record_attempt(
        again,
        result="reached",
        satisfaction=1,
        reason="not_solved",
        solved=False,
        by=cast.agent,
        at=NOON,
    )
    decide_dissatisfied(again, decision="rework", reason="没修好", by=cast.reviewer, at=NOON)
    reply(cast, again, NOON + timedelta(hours=2))
    again.approve_reply(by=cast.reviewer, at=NOON + timedelta(hours=2))
    record_attempt(again, result="reached", satisfaction=3, by=cast.agent, at=NOON + DAY)


def _under_way(cast):
    dispatched(cast, START)  # overdue and open
    helped = dispatched(cast, START, assisting=[cast.water])
    assistant = helped.assignments.get(role="assist")
    assistant.sign(by=cast.other_clerk, at=START + DAY)
    assistant.contribute(text="供水管线无关。", by=cast.other_clerk, at=START + DAY)
    longer = dispatched(cast, START, channel="phone", by=cast.operator)
    sign_and_contact(cast, longer, START + DAY)
    longer.lead().ask_extension(
        reason=cast.needs_works, text="需停电施工，已告知。", days=3, by=cast.clerk, at=START + DAY
    )
    request = longer.lead().requests.get()
    request.grant_extension(note="同意", by=cast.dispatcher, at=START + DAY)


def _returned(cast):
    back = dispatched(cast, START, lead=cast.water)
    back.lead().ask_return(
        reason=cast.wrong_unit,
        basis="三定方案",
        by=cast.other_leader,
        at=START + timedelta(hours=1),
    )
    Assignment.objects.get(
        state="dispatched", unit=cast.water, role="lead"
    ).requests.get().grant_return(note="退回", by=cast.dispatcher, at=START + timedelta(hours=2))
    back.__dict__.update(Case.objects.get(pk=back.pk).__dict__)
    back.dispatch(lead=cast.housing, by=cast.dispatcher, at=START + timedelta(hours=3))


def _without_a_task(cast):
    direct = accepted(cast, START, channel="phone", by=cast.operator)
    direct.answer(text="请到政务大厅二楼办理。", by=cast.operator, at=START)
    refused = accepted(cast, START)
    refused.reject(reason=cast.not_ours, by=cast.dispatcher, at=START + DAY)
    answered(cast, START, START + DAY, is_test=True)
    dispatched(cast, NOON, channel="mayor")  # not yet due
    dispatched(cast, moment("2026-10-09 09:00"))  # due in another month
