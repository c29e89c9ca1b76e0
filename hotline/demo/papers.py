"""What lies on the desks besides cases: an operator's drafts, letters published and to be checked."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from hotline.demo.staff import Crew, crew
from hotline.models import Draft, Publication
from hotline.publishing import publishing
from hotline.publishing.masking import mask

DRAFTS = (
    {
        "phone": "13807310000",
        "demand_type": "complaint",
        "title": "夜间烧烤摊油烟扰民",
        "content": "来电人反映楼下夜间烧烤摊油烟大、噪音大，已持续一周，希望规范经营。来电人正在查看门牌号。",
    },
    {"phone": "13907310000", "demand_type": "consult", "content": "咨询灵活就业人员参保手续"},
)
PUBLISHED, WAITING = 6, 2


def lay_out(now: datetime) -> None:
    """Keep two drafts, publish the latest letters, leave some for the second person; idempotent."""
    people = crew()
    for place, fields in enumerate(DRAFTS):
        token, at = f"demo-draft-{place}", now - timedelta(minutes=12 * (place + 1))
        if not Draft.objects.filter(token=token).exists():
            Draft.keep(people.operators[0], token, fields, at)
    if not Publication.objects.exists():
        for place, case in enumerate(publishing.candidates(people.reviewer)[: PUBLISHED + WAITING]):
            with transaction.atomic():
                _publish(case, people, now, is_checked=place >= WAITING)


def _publish(case: Any, people: Crew, now: datetime, *, is_checked: bool) -> None:
    names = publishing.secrets_of(case)[:1]
    prepared = min(case.answered_at + timedelta(hours=3), now - timedelta(minutes=30))
    copy = publishing.draft(
        case,
        title=mask(case.title, names),
        letter=mask(f"{case.content}\n{case.request}".strip(), names),
        reply=mask(case.answer_text, names),
        by=people.reviewer,
        at=prepared,
    )
    if is_checked:
        at = min(prepared + timedelta(hours=2), now)
        publishing.publish(copy, copy.revision, by=people.supervisor, at=at)
