"""A case of Wang's at the stages a desk works on, by the verbs."""

from datetime import timedelta

from cases.models import Case
from tests.acts import acts
from tests.cast import NOON, wang_says

LATER = timedelta(minutes=10)
REPLY = {
    "public_reply": "经核实，11月23日电缆被盗，当天下午已更换电缆，路灯全部恢复照明，并加装了防盗井盖。",
    "internal_note": "电缆被盗，已报案。",
    "solved": "solved",
    "fact_true": "true",
}


def dispatched(cast, *, assisting=True, **said):
    case = wang_says(cast, **said)
    case.accept(category=cast.street_lights, by=cast.dispatcher, at=NOON + LATER)
    case.dispatch(
        lead=cast.housing,
        assisting=[cast.water] if assisting else [],
        basis="目录第 7 条",
        note="请先联系诉求人。",
        by=cast.dispatcher,
        at=NOON + LATER,
    )
    return case


def signed(cast, **said):
    case = dispatched(cast, **said)
    case.lead().sign(by=cast.clerk, at=NOON + 2 * LATER)
    return Case.objects.get(pk=case.pk)


def contacted(cast, **said):
    case = signed(cast, **said)
    case.lead().record_first_contact(
        method="phone", note="已告知当天派人。", by=cast.clerk, at=NOON + 3 * LATER
    )
    return Case.objects.get(pk=case.pk)


def drafted(cast, **said):
    case = contacted(cast, **said)
    case.lead().submit_reply(**REPLY, by=cast.clerk, at=NOON + 4 * LATER)
    return Case.objects.get(pk=case.pk)


def replied(cast, **said):
    case = drafted(cast, **said)
    case.lead().sign_off(by=cast.leader, at=NOON + 5 * LATER)
    return Case.objects.get(pk=case.pk)


def kinds(case):
    return list(acts(case).values_list("kind", flat=True))
