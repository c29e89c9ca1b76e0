"""Everything the page of a case shows to one person, read in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Prefetch, prefetch_related_objects
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from cases.looks.looking import saw
from cases.models import Assignment, Case, ContactRelay, Original, Request, User
from cases.pages.finding import case_for
from cases.pages.request import StaffRequest
from cases.people.permissions import may, scope_of
from cases.people.sight import What, sees
from cases.shapes import Context, Payload
from cases.words import AssignmentState, RequestState
from hotline.desk.casepage import clocks
from hotline.desk.casepage.deciding import decidable, decision_for
from hotline.desk.casepage.files import enclosed
from hotline.desk.casepage.identity import wording
from hotline.desk.casepage.identity.forms import HandlingForm, OriginalForm, RevealForm
from hotline.desk.casepage.identity.originals import OriginalShown
from hotline.desk.casepage.respondent import accusing, letting_in
from hotline.desk.casepage.secrecy import panel as secrecy_panel
from hotline.desk.casepage.task.drafts import draft_of, left_of
from hotline.desk.casepage.task.forms import (
    ExtensionForm,
    FirstContactForm,
    OpinionForm,
    RelayAskForm,
    ReplyForm,
    ReturnForm,
    SendBackForm,
    UrgeForm,
)
from hotline.desk.casepage.task.models.task_draft import TaskDraft
from hotline.desk.casepage.timeline import EventShown, timeline
from hotline.desk.notices.mine import unread
from hotline.desk.sentences.classing import Before, types_before
from hotline.desk.worklist import steps
from routing.desk.forms import RespondentForm

FORMS: dict[str, type[Form]] = {
    "first_contact": FirstContactForm,
    "relay": RelayAskForm,
    "reply": ReplyForm,
    "opinion": OpinionForm,
    "send_back": SendBackForm,
    "extension": ExtensionForm,
    "return": ReturnForm,
    "reveal": RevealForm,
    "urge": UrgeForm,
    "respondent": RespondentForm,
    "original": OriginalForm,
    "handling": HandlingForm,
}
FORM_OF = {  # verb of a task -> name of its form
    "sign": "sign",
    "submit_reply": "reply",
    "contribute": "opinion",
    "sign_off": "sign_off",
    "send_back": "send_back",
    "ask_return": "return",
    "ask_extension": "extension",
}
WRITTEN = ("reply", "opinion")  # forms whose text is kept while it is typed
ALONE = ("raise", "lower", "decide", "contact", "withdraw")  # forms that make themselves
# Each table joined doubles what PostgreSQL weighs before it begins: only what the page shows.
RELATED = ("category", "region", "petitioner", "registered_by")
PEOPLE = ("signed_by", "submitted_by", "signed_off_by")
TASK = (  # whole tasks, but of people only the names
    *(column.attname for column in Assignment._meta.concrete_fields),  # noqa: SLF001 - documented API
    *(f"{person}__{name}" for person in PEOPLE for name in ("name", "username")),
)


@dataclass
class Refill:
    """A form that was refused, to be shown again with what was typed."""

    name: str
    form: Form


@dataclass(frozen=True)
class TextShown:
    """A reply or an opinion, and whether the person reads its internal text."""

    task: Assignment
    shows_internal: bool


def shown_case(user: User, number: str, *, act: str = "") -> Case:
    """The case, with what its page shows read along; 404 as ``case_for``."""
    written = Exists(Original.objects.filter(case=OuterRef("pk")))
    waits = Exists(unread(user).filter(case=OuterRef("pk")))
    rows = Case.objects.select_related(*RELATED)
    rows = rows.annotate(has_originals=written, has_unread=waits)
    return case_for(user, number, act=act, rows=rows)


def show_case(
    request: StaffRequest,
    case: Case,
    *,
    task: Assignment | None = None,
    refill: Refill | None = None,
    revealed: bool = False,
    originals: Sequence[OriginalShown] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Draw the page. ``revealed``: the citizen's name and number in clear, in this answer only.

    ``originals``: the words as they were written, likewise.
    """
    now = timezone.now()
    saw(by=request.user, at=now, case=case)
    context = _context(request.user, case, task, now)
    context |= _forms(request.user, context, refill)
    context |= {
        "now": now,
        "revealed": revealed,
        "originals": originals,
        "opened": refill.name if refill else "",
    }
    return render(request, "desk/case.html", context, status=status)


def _context(user: User, case: Case, task: Assignment | None, now: datetime) -> Context:
    related = Assignment.objects.select_related(*PEOPLE).only(*TASK).order_by("round", "pk")
    prefetch_related_objects([case], Prefetch("assignments", queryset=related))
    tasks = list(case.assignments.all())
    mine = _own_task(user, tasks, task)
    lead = next((t for t in reversed(tasks) if t.role == "lead" and _is_held(t)), None)
    shown = mine or lead
    asked = _requests(tasks)
    sees_mask, verbs = sees(user, case, What.MASK), case.possible(user, at=now)
    events = timeline(user, case, mine, tasks)
    return {
        "case": case,
        "mine": mine,
        "urgeable": lead if lead and "urge" in lead.possible(user, at=now) else None,
        "acts": _acts(user, mine, now, sees_citizen=sees_mask),
        "relays": _relays(mine) if mine and not sees_mask else [],
        "relays_wait": mine is not None and "answer_relay" in mine.verbs(),
        "requests": asked,
        "pending": [r for r in asked if r.state in RequestState.PENDING],
        "clocks": clocks.shown(case, shown),
        "clock_task": shown,
        "explained": clocks.explained(shown) if shown else None,
        "events": events,
        "types_before": _types_before(user, events),
        "rounds": _rounds(user, tasks),
        "assists": _assists(user, case, tasks),
        **enclosed.context_of(user, case),
        "sees_mask": sees_mask,
        "can_reveal": bool(case.petitioner_id) and sees_mask and may(user, "case.reveal", case),
        **wording.context_of(user, case, tasks, verbs, sees_mask=sees_mask),
        **secrecy_panel.context_of(user, case, verbs),
        **accusing.context_of(case, verbs),
        "withdraw_form": letting_in.form_for(user, case, verbs),
        "decision": decision_for(user, case, verbs),
        "decidable": decidable(user, asked, now),
        "step": steps.next_step(mine, is_leader=may(user, "assignment.sign_off")) if mine else None,
        "tags": steps.tags(shown) if shown else [*steps.of_case(case)],
        "office": scope_of(user).is_office,
    }


def _types_before(user: User, events: list[EventShown]) -> list[Before]:
    is_office = scope_of(user).is_office
    return types_before(one.event for one in events) if is_office else []


def _is_held(task: Assignment) -> bool:
    return task.state not in AssignmentState.TAKEN_BACK


def _own_task(user: User, tasks: list[Assignment], asked: Assignment | None) -> Assignment | None:
    """The task the person acts on: the one just posted to, else the newest open, else the newest."""
    own = [t for t in tasks if t.unit_id in user.unit_ids and _is_held(t)]
    if scope_of(user).is_office or not own:
        return None
    if asked is not None and asked in own:
        return next(t for t in own if t.pk == asked.pk)
    itself = [t for t in own if t.unit_id == user.unit_id]  # before those of its sections
    waiting = [t for t in (*own, *itself) if t.is_open]
    return (waiting or itself or own)[-1]


def _acts(
    user: User, task: Assignment | None, now: datetime, *, sees_citizen: bool
) -> frozenset[str]:
    """Which forms the person gets for the verbs that are possible on their task."""
    if task is None:
        return frozenset()
    verbs = task.possible(user, at=now)
    found = {FORM_OF[verb] for verb in verbs & FORM_OF.keys()}
    if "record_first_contact" in verbs:
        found.add("first_contact" if sees_citizen else "relay")
    if any("sign" in one.possible(user, at=now) for one in task.requests.all()):
        found.add("sign_return")
    return frozenset(found)


def _relays(task: Assignment) -> list[ContactRelay]:
    """What the unit asked the citizen through the office, the newest first."""
    return list(task.relays.order_by("-asked_at"))


def _requests(tasks: list[Assignment]) -> list[Request]:
    """What was asked of the office about the tasks, the newest first."""
    related = Request.objects.select_related(
        "reason", "suggested_unit", "asked_by", "decided_by"
    ).order_by("-asked_at")
    prefetch_related_objects(tasks, Prefetch("requests", queryset=related))
    found = [asked for task in tasks for asked in task.requests.all()]
    return sorted(found, key=lambda asked: asked.asked_at, reverse=True)


def _rounds(user: User, tasks: list[Assignment]) -> list[TextShown]:
    """Replies of all rounds, newest first; the internal text for the office and the own unit."""
    is_office = scope_of(user).is_office
    replied = [t for t in reversed(tasks) if t.role == "lead" and t.public_reply]
    return [TextShown(t, is_office or t.unit_id in user.unit_ids) for t in replied]


def _assists(user: User, case: Case, tasks: list[Assignment]) -> list[TextShown]:
    """Assisting units of this round; who may read their opinion: office, lead, themselves."""
    is_office = scope_of(user).is_office
    leads = any(t.role == "lead" and t.unit_id in user.unit_ids and _is_held(t) for t in tasks)
    found = [t for t in tasks if t.role == "assist" and _is_held(t) and t.round == case.round]
    return [TextShown(t, is_office or leads or t.unit_id in user.unit_ids) for t in found]


def _forms(user: User, context: Context, refill: Refill | None) -> Context:
    """Empty forms for the acts that are possible; the refused one as it was typed."""
    forms: Context = {"draft_saved_at": None, "left": None}
    if refill and refill.name in ALONE:
        forms[f"{refill.name}_form"] = refill.form
    mine: Assignment | None = context["mine"]
    acts = set(context["acts"])
    acts |= {"reveal"} if context["can_reveal"] else set()
    acts |= {"urge"} if context["urgeable"] else set()
    acts |= {"respondent"} if context["can_name"] else set()
    acts |= {"original"} if context["can_read_original"] else set()
    acts |= {"handling"} if context["can_correct"] else set()
    for name, form in FORMS.items():
        if refill and refill.name == name:
            forms[f"{name}_form"] = refill.form
        elif name in acts:
            draft = draft_of(user, mine) if mine and name in WRITTEN else None
            forms["draft_saved_at"] = draft.saved_at if draft else forms["draft_saved_at"]
            forms[f"{name}_form"] = form(initial=_initial(name, user, mine, draft))
    if mine and acts.isdisjoint(WRITTEN):
        forms["left"] = left_of(user, mine)
    return forms


def _initial(name: str, user: User, task: Assignment | None, draft: TaskDraft | None) -> Payload:
    """What the reply starts from: the draft, else the text that was sent back."""
    if name not in WRITTEN or task is None:
        return {"days": 3} if name == "extension" else {}
    if draft is not None:
        return wording.of_draft(user, task, draft.fields)
    if name == "opinion":
        return {"text": task.internal_note}
    texts = ("public_reply", "internal_note", "unsolved_reason")
    own = task.as_written() if wording.is_own(user, task) else {}
    return {
        **{name: own.get(name, getattr(task, name)) for name in texts},
        "solved": task.solved,
        "fact_true": task.fact_true,
    }
