"""From the citizen's form to each stage a page works on, and the rows that hang on a case."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from cases.files.reading import read_waiting
from cases.models import Request
from hotline.models import Draft, Filing, Publication
from search.asking.synonyms import keep_set
from search.exports.exporting import make_next
from search.models import ExportRequest, SavedSearch, SynonymSet
from tests.cast import Cast
from tests.sight.planting import Forms, Planted, Tree, people
from tests.sight.promise import CONFIDENTIAL, NORMAL, REPORT, SECRECIES

EVERY = ("waiting", "held", "replied", "callback", "dissatisfied")
BRINGS = {NORMAL: EVERY, CONFIDENTIAL: EVERY, REPORT: (*EVERY, "late")}


@dataclass
class World:
    """Everybody, every planted case, and the ids of the rows beside them by what they are."""

    people: dict[str, Any]
    cases: list[Planted]
    rows: dict[str, list[Any]] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)  # of a relation, asked once
    logged: Callable[[], str] = str  # the log so far


def make_world(cast: Cast, clock: Any) -> World:
    """All cases through the forms, told and indexed."""
    tree = Tree(cast)
    who = people(cast, tree)
    forms = Forms(cast, clock, who)
    made = World(who, [])
    for secrecy in SECRECIES:
        for stage in BRINGS[secrecy]:
            made.cases.append(_bring(forms, secrecy, stage))
    _beside(forms, made)
    read_waiting(forms.now)
    forms.later()
    forms.tell()
    made.rows = _rows(made)
    return made


def _bring(forms: Forms, secrecy: str, stage: str) -> Planted:
    planted = forms.write(secrecy, stage)
    if stage == "late":
        _late(forms)
    elif stage != "waiting":
        forms.send()
        _held(forms, planted) if stage == "held" else _answered(forms, planted)
    forms.tell()
    return planted


def _held(forms: Forms, planted: Planted) -> None:
    """With the unit: signed, a supplement, a question, an extension asked; the office called once."""
    forms.act(forms.clerk, forms.task("task_signature"))
    forms.add(planted)
    if planted.secrecy != NORMAL:
        forms.ask_office()
    wish = {
        "extension-days": 2,
        "extension-reason": forms.cast.needs_works.pk,
        "extension-text": "需开挖，已告知。",
    }
    forms.act(forms.clerk, forms.task("task_extension"), wish)
    looks(forms, planted)


def looks(forms: Forms, planted: Planted) -> None:
    """The dispatcher looks at who it is, with a reason: the one way there is."""
    url = reverse("desk:petitioner", args=[planted.number])
    forms.later()
    browser = forms.signed_in(forms.cast.dispatcher)
    shown = browser.post(url, {"reason": "电话核实地点"}).content.decode()
    assert planted.name in shown


def _answered(forms: Forms, planted: Planted) -> None:
    forms.work(planted.secrecy)
    if planted.stage == "replied":
        return
    _approved(forms)
    if planted.stage == "dissatisfied":
        forms.call_back(1, solved="no", reason="not_solved")


def _approved(forms: Forms) -> None:
    url = reverse("desk:reply_review_approval", args=[forms.case.number])
    text = forms.case.lead().public_reply
    forms.act(forms.cast.reviewer, url, {"public_reply": text, "note": ""})


def _late(forms: Forms) -> None:
    """Nobody's unit at first: the accused's section assists and is done; then the unit is known.

    What is done is not taken back: it is the respondent alone that hides the case from the line.
    """
    forms.settle(respondent="outside")
    forms.send(assisting="meters", about="no", asked=["drains", "meters"])
    task = forms.case.assignments.get(role="assist")
    clerk = forms.who["section's clerk"]
    forms.act(clerk, reverse("desk:task_signature", args=[task.pk]))
    said = {"text": "经查，收费记录齐全，未见异常。"}
    forms.act(clerk, reverse("desk:task_opinion", args=[task.pk]), said)
    forms.work(REPORT)
    _approved(forms)
    forms.tell()
    assert forms.case.assignments.get(role="assist").state == "done"
    forms.settle(respondent="water")


def _beside(forms: Forms, made: World) -> None:
    """A saved search, an export, a published letter, a call half taken down, an open form."""
    cast = forms.cast
    words = {"q": "画眉弄"}
    forms.act(cast.reviewer, reverse("desk:saved_searches"), words | {"name": "弄"})
    saved = SavedSearch.objects.get()
    saved.share(cast.reviewer, shared=True)
    forms.act(cast.dispatcher, reverse("desk:export_new"), words | {"reason": "上报"})
    export = ExportRequest.objects.get()
    decision = reverse("desk:export_decision", args=[export.pk])
    forms.act(cast.supervisor, decision, {"act": "approve", "note": "同意"})
    forms.tell()
    assert make_next(at=forms.now) == export
    Draft.keep(cast.operator, "token-1", {"content": "没说完"}, forms.now)
    keep_set(None, text="发票\n票据", note="", by=cast.sysadmin, at=forms.now)
    _publish(forms, next(one for one in made.cases if one.stage == "callback"))
    forms.citizen.post("/file/", {"danger": "no", "demand_type": "help"})


def _publish(forms: Forms, planted: Planted) -> None:
    copy = {"title": "收费不开票", "letter": "收费不开票。", "reply": "已责令退还。", "revision": 0}
    url = reverse("desk:publication_draft", args=[planted.number])
    forms.act(forms.cast.reviewer, url, copy)
    url = reverse("desk:publication_approval", args=[Publication.objects.get().pk])
    forms.act(forms.cast.supervisor, url, {"revision": 1})


def _rows(made: World) -> dict[str, list[Any]]:
    """Ids for the parts of addresses."""
    from cases.models import Assignment, Attachment, ContactRelay

    held = [one.pk for one in made.cases if one.stage in {"held", "late"}]

    def ids(model: Any, **which: Any) -> list[Any]:
        return list(model.objects.filter(**which).order_by("pk").values_list("pk", flat=True))

    return {
        "number": [one.number for one in made.cases],
        "held": [one.number for one in made.cases if one.pk in held],
        "task": ids(Assignment, case__in=held),
        "request": ids(Request),
        "relay": ids(ContactRelay, assignment__case__in=held),
        "attachment": ids(Attachment, case__in=held),
        "saved": ids(SavedSearch),
        "export": ids(ExportRequest),
        "synonyms": ids(SynonymSet),
        "publication": ids(Publication),
        "user": [made.people["handling clerk"].pk],
        "draft": list(Draft.objects.values_list("token", flat=True)),
        "filing": list(Filing.objects.filter(case=None).values_list("token", flat=True)),
    }
