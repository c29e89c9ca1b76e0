"""Who is complained about: it holds the dispatch, is settled by a person, and bars a whole line."""

from datetime import timedelta

import pytest

from cases.errors import NotPermitted, Refused
from cases.models import Assignment, Case, Request, Respondent, Unit
from cases.secrecy.models.respondent import is_about
from tests.cast import NOON, accuse, person, wang_says

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(minutes=10)
REPORT = {"demand_type": "report", "content": "自来水公司抄表员收钱不开票，请查。"}


def settled(cast, case, **said):
    return case.name_respondent(**({"by": cast.dispatcher, "at": LATER} | said))


def accepted(cast, **said):
    case = wang_says(cast, **said)
    return case.accept(category=cast.leaks, by=cast.dispatcher, at=NOON)


def sent(cast, case, lead, *assisting):
    return case.dispatch(lead=lead, assisting=list(assisting), by=cast.dispatcher, at=LATER)


def below(unit, code):
    return Unit.objects.create(
        code=code, name=f"{unit}{code}", short_name=code, kind="section", parent=unit
    )


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ({"demand_type": "report"}, "open"),
        ({"demand_type": "report", "respondent_text": "水务公司的王某"}, "open"),
        ({"demand_type": "complaint", "respondent_text": "水务公司的王某"}, "open"),
        ({"demand_type": "complaint"}, ""),
        ({"demand_type": "help"}, ""),
    ],
)
def test_words_hold_the_dispatch_a_report_does_without_any(cast, said, state):
    case = accepted(cast, **said)
    assert case.respondent_state == state
    if state:
        with pytest.raises(Refused, match="被反映"):
            sent(cast, case, cast.housing)
        assert not case.assignments.exists()
    else:
        assert sent(cast, case, cast.housing).state == "dispatched"


def test_a_named_unit_is_settled_at_once(cast):
    case = accepted(cast, **REPORT, respondents=(cast.water,), respondent_text="自来水公司")
    assert case.respondent_state == "unit"
    assert sent(cast, case, cast.housing).state == "dispatched"


def test_settling_is_recorded_with_what_was_before(cast):
    case = accepted(cast, **REPORT, respondent_text="抄表员")
    settled(cast, case, units=[cast.water], note="来电人确认")
    event = case.events.get(kind="respondent_named")
    assert event.payload["from"]["state"] == "open"
    assert event.payload["to"] == {
        "state": "unit",
        "units": ["water"],
        "unit_names": ["县自来水公司"],
        "text": "抄表员",
    }
    assert (event.payload["note"], case.state) == ("来电人确认", "accepted")
    settled(cast, case, is_outside=True, note="是外县公司", by=cast.supervisor)
    assert (case.respondent_state, case.accused) == ("outside", [])
    assert sent(cast, case, cast.water).state == "dispatched"


def test_who_is_shut_out_is_let_in_by_a_second_person_with_a_reason(cast):
    case = accepted(cast, **REPORT)
    settled(cast, case, units=[cast.water])
    for why, said in (
        ("由另一人（督办员）", {"note": "弄错了"}),
        ("为什么不再", {"note": " ", "by": cast.supervisor}),
    ):
        with pytest.raises(Refused, match=why):
            settled(cast, case, is_outside=True, **said)
        assert case.accused_ids == {cast.water.pk}
    settled(cast, case, is_outside=True, note="核实为外县公司", by=cast.supervisor)
    settled(cast, case, units=[cast.water])
    cast.dispatcher.give("supervisor")
    with pytest.raises(
        Refused, match="县自来水公司”已确定"
    ):  # not by who settled it, whatever else they are
        settled(cast, case, is_outside=True, note="弄错了")


def test_a_unit_the_citizen_named_is_not_let_in_by_the_dispatcher(cast):
    case = accepted(cast, **REPORT, respondents=(cast.water,))
    with pytest.raises(Refused, match="由另一人"):
        settled(cast, case, is_outside=True, note="不是")


def test_what_settles_nothing_is_refused(cast):
    case = accepted(cast, **REPORT)
    both = {"units": [cast.water], "is_outside": True}
    for why, said in (("没有任何改动", {}), ("只能选一个", both)):
        with pytest.raises(Refused, match=why):
            settled(cast, case, **said)
    assert case.events.filter(kind="respondent_named").count() == 0


def test_a_unit_settles_nothing(cast):
    case = accepted(cast, respondent_text="县住建局")
    with pytest.raises(NotPermitted):
        settled(cast, case, is_outside=True, by=cast.clerk)


@pytest.mark.parametrize("role", ["lead", "assist"])
@pytest.mark.parametrize("which", ["itself", "its section", "beside it", "above it"])
def test_nothing_goes_to_its_line(cast, role, which):
    section, beside = below(cast.water, "a"), below(cast.water, "b")
    respondent = {"itself": cast.water, "its section": cast.water}.get(which, section)
    unit = {"itself": cast.water, "its section": section, "beside it": beside}.get(
        which, cast.water
    )
    case = accepted(cast, **REPORT, respondents=(respondent,))
    with pytest.raises(Refused) as refused:
        sent(cast, case, *((unit,) if role == "lead" else (cast.housing, unit)))
    assert "热线办" in str(refused.value)  # the way out
    assert not Assignment.objects.filter(case=case).exists()


def test_a_rework_does_not_go_there_either(cast):
    case = accepted(cast, demand_type="complaint")
    sent(cast, case, cast.water)
    task = case.lead()
    task.sign(by=cast.other_clerk, at=LATER)
    task.record_first_contact(method="phone", by=cast.other_clerk, at=LATER)
    reply = {"public_reply": "已查实。", "solved": "solved", "fact_true": "true"}
    task.submit_reply(**reply, by=cast.other_clerk, at=LATER)
    task.sign_off(by=cast.other_leader, at=LATER)
    case = Case.objects.get(pk=case.pk)
    case.approve_reply(by=cast.reviewer, at=LATER)
    settled(cast, case, units=[cast.water], note="诉求人说是自来水公司")
    case.record_dissatisfied(note="", by=cast.agent, at=LATER)
    with pytest.raises(Refused):
        case.order_rework(note="重新核查", by=cast.supervisor, at=LATER)
    case.order_rework(note="重新核查", unit=cast.housing, by=cast.supervisor, at=LATER)
    assert case.lead().unit == cast.housing


def test_whoever_has_it_loses_it_when_it_is_settled(cast):
    case = accepted(cast, demand_type="complaint")
    sent(cast, case, cast.water, cast.housing)
    settled(cast, case, units=[cast.water])
    assert (case.state, case.lead_unit) == ("accepted", None)
    assert {task.state for task in case.assignments.all()} == {"recalled"}
    assert not Case.objects.visible_to(cast.other_clerk).exists()
    assert case.dispatch_due_at > LATER
    assert sent(cast, case, cast.housing).lead().unit == cast.housing


def test_an_assisting_unit_goes_alone(cast):
    case = accepted(cast, demand_type="complaint")
    sent(cast, case, cast.housing, cast.water)
    settled(cast, case, units=[cast.water])
    assert case.state == "dispatched"
    states = dict(case.assignments.values_list("unit__code", "state"))
    assert states == {"housing": "dispatched", "water": "recalled"}


@pytest.mark.parametrize("which", ["itself", "above it", "below it", "beside it"])
def test_its_line_cannot_see_it_even_with_a_task(cast, which):
    section, beside = below(cast.water, "a"), below(cast.water, "b")
    clerks = {
        "itself": person("one", "甲", section, "clerk"),
        "above it": cast.other_clerk,
        "below it": person("two", "乙", below(section, "c"), "clerk"),
        "beside it": person("three", "丙", beside, "leader"),
    }
    case = accepted(cast, demand_type="complaint")
    sent(cast, case, section, cast.water, beside, clerks["below it"].unit)
    assert Case.objects.visible_to(clerks[which]).exists()
    accuse([case], section)
    assert not Case.objects.visible_to(clerks[which]).exists()
    assert not Assignment.objects.visible_to(clerks[which]).exists()


def test_a_report_is_secret_whatever_is_ticked(cast):
    for number, ticked in enumerate(("normal", "confidential", "secret")):
        case = wang_says(cast, **REPORT, secrecy=ticked, key=f"form-{number}")
        assert case.secrecy == "secret"


def test_a_case_that_becomes_a_report_becomes_secret_and_waits(cast):
    case = accepted(cast, secrecy="confidential")
    case.reclassify(demand_type="report", by=cast.dispatcher, at=LATER)
    assert (case.secrecy, case.respondent_state) == ("secret", "open")
    changed = case.events.get(kind="reclassified").payload["changed"]
    assert changed["secrecy"] == ["confidential", "secret"]


def test_what_a_unit_asked_lapses_with_the_task_taken_from_it(cast):
    case = accepted(cast, demand_type="complaint")
    sent(cast, case, cast.water)
    task = case.lead().sign(by=cast.other_clerk, at=LATER)
    task.ask_extension(
        reason=cast.needs_works, text="等配件", days=2, by=cast.other_clerk, at=LATER
    )
    settled(cast, case, units=[cast.water])
    asked = task.requests.get()
    assert (asked.state, asked.decided_at) == ("refused", LATER)
    assert not Request.objects.pending().exists()


def test_the_state_and_the_rows_never_come_apart(cast):
    """Pages read the rows only where the state says that there are some."""
    case = accepted(cast, demand_type="complaint")
    by_another = {"note": "核实无关", "by": cast.supervisor, "at": LATER}

    def agree():
        case_now = Case.objects.get(pk=case.pk)
        rows = set(case.respondents.accused().values_list("unit", flat=True))
        assert (case_now.respondent_state == "unit") == bool(rows)
        assert case.accused_ids == case_now.accused_ids == rows
        return len(rows)

    assert agree() == 0
    case.deny_respondent(units=[cast.housing], by=cast.dispatcher, at=LATER)
    assert agree() == 0
    settled(cast, case, units=[cast.water])
    settled(cast, case, units=[cast.housing, cast.water])
    assert agree() == 2
    case.withdraw_respondent(unit=cast.water, **by_another)
    assert agree() == 1
    case.withdraw_respondent(unit=cast.housing, **by_another)
    assert agree() == 0
    settled(cast, case, units=[cast.town])
    assert agree() == 1
    settled(cast, case, is_outside=True, note="核实无关", by=cast.supervisor)
    assert (agree(), case.respondent_state) == (0, "outside")
    settled(cast, case, units=[cast.water])
    case.reclassify(demand_type="report", by=cast.dispatcher, at=LATER)
    assert agree() == 1


def test_the_condition_in_a_query_says_what_the_rows_say(cast):
    accused, named, withdrawn, other = (wang_says(cast, key=str(n)) for n in range(4))
    for case, said in [
        (accused, {}),
        (named, {"is_accused": False}),
        (withdrawn, {"withdrawn_at": LATER}),
    ]:
        Respondent.objects.create(case=case, unit=cast.water, named_at=NOON, **said)
    by_rows = Respondent.objects.accused().filter(unit=cast.water).values("case")
    units = {cast.water.pk, cast.housing.pk}
    assert list(Case.objects.filter(is_about(units))) == list(Case.objects.filter(pk__in=by_rows))
    assert set(Case.objects.filter(~is_about(units))) == {named, withdrawn, other}
    assert not Case.objects.filter(is_about([])).exists()
    assert Case.objects.filter(~is_about([])).count() == 4
