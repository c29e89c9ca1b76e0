"""What routing tests share: a catalogue entry, a rule, cases in each state."""

from datetime import timedelta

from routing.models import CatalogueEntry, Rule
from tests.cast import NOON, wang_says

MINUTE = timedelta(minutes=1)


def entry(cast, **facts):
    """Street lights belong to housing."""
    given = {
        "number": "0701",
        "matter": "路灯不亮",
        "keywords": "路灯 不亮",
        "category": cast.street_lights,
        "lead": "housing",
        "assisting": "@town",
        "legal_basis": "《城市照明管理规定》",
    }
    return CatalogueEntry.objects.create(**(given | facts))


def rule(**facts):
    """Burst pipes go to the water company."""
    given = {
        "order": 10,
        "name": "爆管",
        "words": "爆管 喷水",
        "lead": "water",
        "assisting": "housing",
        "sentence": "爆管由自来水公司抢修。",
    }
    return Rule.objects.create(**(given | facts))


def accepted(cast, number=1, **said):
    """A case that waits for dispatch."""
    case = wang_says(cast, key=f"form-{number}", **said)
    case.accept(category=cast.street_lights, by=cast.dispatcher, at=NOON + MINUTE)
    return case


def handled(cast, number, unit, clerk, leader):
    """A closed case that ``unit`` answered."""
    case = accepted(cast, number)
    case.dispatch(lead=unit, by=cast.dispatcher, at=NOON + 2 * MINUTE)
    task = case.lead()
    task.sign(by=clerk, at=NOON + 3 * MINUTE)
    task.record_first_contact(method="phone", by=clerk, at=NOON + 4 * MINUTE)
    task.submit_reply(
        public_reply="已修复。", solved="solved", fact_true="true", by=clerk, at=NOON + 5 * MINUTE
    )
    task.sign_off(by=leader, at=NOON + 6 * MINUTE)
    case = type(case).objects.get(pk=case.pk)
    case.approve_reply(by=cast.reviewer, at=NOON + 7 * MINUTE)
    case.close(outcome="solved", by=cast.agent, at=NOON + 8 * MINUTE)
    return case


def returned(cast, case, suggested=None):
    """Housing gets the case, asks to return it, and its leader signs; gives the request."""
    if case.state == "accepted":
        case.dispatch(lead=cast.housing, by=cast.dispatcher, at=NOON + 2 * MINUTE)
    task = case.lead()
    task.ask_return(
        reason=cast.wrong_unit,
        basis="三定方案第三条",
        suggested_unit=suggested,
        by=cast.clerk,
        at=NOON + 3 * MINUTE,
    )
    request = task.requests.get()
    request.sign(by=cast.leader, at=NOON + 4 * MINUTE)
    return request
