"""A case on its way, and its citizen looking: what the tests of the progress page share."""

from datetime import timedelta

from cases.models import Case
from tests.cast import NOON, wang_says

LATER = timedelta(minutes=10)
CANARY = "内部意见金丝雀"


def look(client, case, code=None):
    return client.post("/progress/", {"number": case.number, "code": code or case.query_code})


def text(client, case):
    answer = client.get(f"/progress/{case.number}/")
    assert answer.status_code == 200
    return answer.content.decode()


def dispatched(cast, **said):
    case = wang_says(cast, **said)
    case.accept(category=cast.street_lights, by=cast.dispatcher, at=NOON + LATER)
    case.dispatch(lead=cast.housing, note=CANARY, by=cast.dispatcher, at=NOON + LATER)
    return case


def replied(cast, **said):
    case = dispatched(cast, **said)
    task = case.lead()
    task.sign(by=cast.clerk, at=NOON + 2 * LATER)
    if case.secrecy == "normal":
        task.record_first_contact(method="phone", note=CANARY, by=cast.clerk, at=NOON + 3 * LATER)
    else:
        task.ask_relay(question=CANARY, by=cast.clerk, at=NOON + 3 * LATER)
        task.answer_relay(result="reached", text=CANARY, by=cast.agent, at=NOON + 3 * LATER)
    task.submit_reply(
        public_reply="路灯线路已修复。",
        internal_note=CANARY,
        solved="solved",
        fact_true="true",
        by=cast.clerk,
        at=NOON + 4 * LATER,
    )
    task.sign_off(by=cast.leader, at=NOON + 5 * LATER)
    return Case.objects.get(pk=case.pk)


def approved(cast, **said):
    case = replied(cast, **said)
    case.approve_reply(note=CANARY, by=cast.reviewer, at=NOON + 6 * LATER)
    return case
