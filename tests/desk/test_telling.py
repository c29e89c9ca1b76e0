"""Every event has its sentence; notices reach those concerned, once, and nobody else."""

import ast
import inspect
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import translation

from cases.events import outbox
from cases.lifecycle import sweeping
from cases.lifecycle.sweeping import EVENTS
from cases.looks import looking, revealing
from cases.models import Case, Event, Notice
from cases.people.sight import TAKEN_ALONG
from config.machines import MACHINES, arrows
from hotline.desk.notices.mine import unread
from hotline.desk.notices.telling import KINDS
from hotline.desk.sentences.events import SENTENCES, tell_event
from search.saved import telling
from tests.cast import NOON
from tests.desk.stages import LATER, dispatched, replied

CASES = Path(inspect.getfile(Case)).parents[2]
PUBLISHING = CASES.parent / "hotline" / "publishing"
RECORDERS = {"record"}


def recorded_kinds():
    """Kinds of all arrows, of the sweep, and of every literal ``record(…, "kind")`` in the core."""
    kinds = {one.event for machine in MACHINES for one in arrows(machine) if one.event}
    kinds -= {"over"}  # of an act on the system: the audit tells it
    kinds -= TAKEN_ALONG  # the act that took them along tells of them
    stages = {*EVENTS.values(), "escalated"}
    kinds |= {"export_asked", "export_downloaded", telling.KIND, telling.DELAYED, revealing.KIND}
    kinds |= {looking.OPENINGS, looking.SEARCHES}
    kinds |= {f"{clock}_{stage}" for clock in ("sign", "contact", "unit") for stage in stages}
    for path in [*CASES.rglob("*.py"), *PUBLISHING.rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text())):
            is_record = isinstance(node, ast.Call) and getattr(node.func, "id", "") in RECORDERS
            if is_record and len(node.args) > 1 and isinstance(node.args[1], ast.Constant):
                kinds.add(node.args[1].value)
    return kinds


def test_every_kind_of_event_has_a_sentence():
    kinds = recorded_kinds()
    assert {"registered", "signed", "return_granted", "unit_became_overdue"} <= kinds
    assert kinds - set(SENTENCES) == set()
    assert set(SENTENCES) - kinds == set()
    assert kinds >= KINDS


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_sentence_can_be_said_without_its_facts(language):
    with translation.override(language):
        for kind in SENTENCES:
            event = Event(kind=kind, payload={}, actor_name="周明", unit_name="县住建局")
            told = tell_event(event)
            assert told.text, kind
            assert "%(" not in told.text, kind


def test_the_timeline_of_a_whole_loop_in_words(cast):
    case = replied(cast)
    texts = [tell_event(event).text for event in case.events.all()]
    assert texts[0].startswith("登记")
    assert any("张蕾 派给县住建局（主办），协办：县自来水公司" in text for text in texts)
    assert any("先行联系：电话接通" in text for text in texts)
    assert texts[-1] == "吴刚 签发青溪县住房和城乡建设局的答复"


def drain():
    while outbox.drain(at=NOON + 30 * LATER):
        pass


def test_a_dispatch_is_told_to_its_units_only_and_once(cast):
    case = dispatched(cast)
    drain()
    found = Notice.objects.filter(kind="dispatched")
    assert {notice.unit for notice in found} == {cast.housing, cast.water}
    from hotline.desk.notices.telling import notify

    notify(type("Duty", (), {"event_id": case.events.get(kind="dispatched").pk})())
    assert found.count() == 2


def test_an_overdue_task_is_told_to_unit_and_supervisor(cast, browser):
    case = dispatched(cast, assisting=False)
    task = case.lead()
    sweeping.sweep(at=task.due_at + LATER)
    outbox.drain(at=task.due_at + 2 * LATER)
    units = Notice.objects.filter(kind="unit_became_overdue").values_list("unit", flat=True)
    assert set(units) == {cast.housing.pk, cast.office.pk}
    shown = tell_event(case.events.get(kind="unit_became_overdue"))
    assert shown.tone == "late"
    for user, sees in ((cast.supervisor, True), (cast.operator, False), (cast.clerk, True)):
        page = browser(user).get("/desk/notices/").content.decode()
        assert (shown.text in page) is sees, user.username


def test_an_unsigned_return_waits_before_the_office_hears(cast):
    case = dispatched(cast)
    task = case.lead()
    task.ask_return(reason=cast.wrong_unit, basis="三定方案", by=cast.clerk, at=NOON + 2 * LATER)
    drain()
    assert not Notice.objects.filter(unit=cast.office).exists()
    task.requests.get().sign(by=cast.leader, at=NOON + 3 * LATER)
    drain()
    assert Notice.objects.get(unit=cast.office).kind == "return_signed"
    task.requests.get().refuse_return(note="属你局职责", by=cast.dispatcher, at=NOON + 4 * LATER)
    drain()
    assert Notice.objects.get(kind="return_refused").unit == cast.housing


def test_reading_marks_only_ones_own(cast, browser):
    dispatched(cast)
    drain()
    theirs = Notice.objects.get(unit=cast.water, kind="dispatched")
    clerk = browser(cast.clerk)
    clerk.post("/desk/notices/readings/", {"notice": theirs.pk})
    theirs.refresh_from_db()
    assert theirs.read_at is None
    assert clerk.post("/desk/notices/readings/", {}).status_code == 303
    mine = Notice.objects.get(unit=cast.housing, kind="dispatched")
    assert mine.read_by == cast.clerk
    theirs.refresh_from_db()
    assert theirs.read_at is None
    page = clerk.get("/desk/notices/").content.decode()
    assert f"#{mine.case.number}" not in page
    assert f"#{mine.case.number}" in clerk.get("/desk/notices/?show=all").content.decode()


def test_whoever_opens_a_case_has_read_its_notices(cast, browser):
    case, other = dispatched(cast), dispatched(cast, key="form-2")
    outbox.drain(at=NOON + 12 * LATER)
    mine = unread(cast.clerk)
    assert set(mine.values_list("case", flat=True)) == {case.pk, other.pk}
    browser(cast.dispatcher).get(reverse("desk:case", args=[case.number]))
    assert mine.filter(case=case).exists()  # somebody else's
    browser(cast.clerk).get(reverse("desk:case", args=[case.number]))
    assert set(mine.values_list("case", flat=True)) == {other.pk}
    assert Notice.objects.filter(case=case, read_by=cast.clerk).exists()
