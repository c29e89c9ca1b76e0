"""What lies on the desks besides cases: an operator's drafts, letters prepared for publication."""

from datetime import datetime, timedelta

from cases.privacy.identity.finding import Voice
from cases.privacy.masking import mask
from hotline.demo.staff import crew
from hotline.desk.calls.models.draft import Draft
from hotline.publishing import publishing, rules
from hotline.publishing.models.publication import Publication

DRAFTS = (
    {
        "phone": "13807310000",
        "demand_type": "complaint",
        "title": "夜间烧烤摊油烟扰民",
        "content": "来电人反映楼下夜间烧烤摊油烟大、噪音大，已持续一周，希望规范经营。来电人正在查看门牌号。",
    },
    {"phone": "13907310000", "demand_type": "consult", "content": "咨询灵活就业人员参保手续"},
)
WAITING = 2


def lay_out(now: datetime) -> None:
    """Keep two drafts, leave two letters for the second person's check; idempotent."""
    people = crew()
    for place, fields in enumerate(DRAFTS):
        token, at = f"demo-draft-{place}", now - timedelta(minutes=12 * (place + 1))
        if not Draft.objects.filter(token=token).exists():
            Draft.keep(people.operators[0], token, fields, at)
    if Publication.objects.filter(state=Publication.State.DRAFTED).exists():
        return
    for case in publishing.candidates(people.reviewer)[:WAITING]:
        names = rules.names_of(case)
        publishing.draft(
            case,
            title=mask(case.title, names),
            letter=mask(f"{case.content}\n{case.request}".strip(), names),
            reply=mask(case.answer_text, names, Voice.UNIT),
            by=people.reviewer,
            at=min(rules.publishable(case) + timedelta(hours=3), now),
        )
