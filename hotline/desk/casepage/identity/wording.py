"""What the page of a case says of its texts: what was left out, who may read it, whose words a form holds."""

from collections.abc import Iterable

from cases.models import Assignment, Case, User
from cases.people.permissions import may
from cases.people.sight import What, sees
from cases.privacy.handling import made
from cases.privacy.identity.finding import STAND_IN, Voice
from cases.privacy.models.handled import Handled
from cases.shapes import Context, Payload


def has_originals(case: Case) -> bool:
    """Whether something in its texts was left out; no query for a case that ``shown_case`` found."""
    known = getattr(case, "has_originals", None)
    return case.originals.exists() if known is None else known


def context_of(
    user: User, case: Case, tasks: list[Assignment], verbs: frozenset[str], *, sees_mask: bool
) -> Context:
    """What was left out of the texts, and whether the person may read or correct it."""
    has_any = has_originals(case)
    may_read = has_any and sees_mask and may(user, "case.reveal", case)
    return {
        "stand_ins": stand_ins([case, *tasks]) if has_any else "",
        "can_read_original": may_read,
        "can_correct": "correct_handling" in verbs,
    }


def stand_ins(rows: Iterable[Handled]) -> str:
    """Those that stand somewhere in the texts of the rows: 〔姓名〕〔号码〕."""
    texts = "".join(getattr(row, name) or "" for row in rows for name in row.HANDLED)
    return "".join(one for one in STAND_IN.values() if one in texts)


def of_draft(user: User, task: Assignment, fields: Payload) -> Payload:
    """The unsent text as its writer may read it: without the citizen once they are no longer to know."""
    case = task.case
    if sees(user, case, What.MASK) or not case.contact_grants.filter(user=user.pk).exists():
        return fields
    return {name: made(said, case.knowledge(), Voice.UNIT) for name, said in fields.items()}


def is_own(user: User, task: Assignment) -> bool:
    """Whether the reply holds nothing but the person's own words: they go on in them.

    Not when somebody else worked on it, and not when whoever was named to contact the citizen no longer is.
    """
    if task.submitted_by_id != user.pk or not sees(user, task.case, What.MASK):
        return False
    others = task.case.events.filter(kind="reply_drafted", assignment=task)
    return not others.exclude(actor_id=user.pk).exists()
