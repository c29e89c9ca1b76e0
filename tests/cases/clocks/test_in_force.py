from datetime import datetime, time
from types import SimpleNamespace

import pytest

from cases.clocks import due, in_force
from cases.clocks.counting import SHANGHAI
from cases.clocks.policy import CLOCKS, NoPolicy, PolicyFacts
from cases.models import CalendarDay, DeadlinePolicy
from cases.words import Channel, DemandType, SourceLevel, Urgency

AT = datetime(2026, 3, 2, 10, tzinfo=SHANGHAI)
LETTER = PolicyFacts(channel="mayor", demand_type="complaint", urgency="normal")


def last_day(facts, clock):
    return in_force.deadline_for(facts, clock, AT).at.date().isoformat()


@pytest.mark.usefixtures("reference")
def test_every_kind_of_case_has_every_clock():
    for channel in Channel.values:
        for demand in ("", *DemandType.values):
            for urgency in Urgency.values:
                for level in SourceLevel.values:
                    facts = PolicyFacts(channel, demand, "0101", urgency, level)
                    assert set(in_force.policy_for(facts, AT).terms) == CLOCKS


@pytest.mark.usefixtures("reference")
@pytest.mark.parametrize(
    ("facts", "policy", "unit", "promise"),
    [
        (LETTER, "mayor v1", "2026-03-09", "2026-03-11"),
        (PolicyFacts("phone", "consult"), "phone-consult v1", "2026-03-04", "2026-03-05"),
        (PolicyFacts("phone", "help"), "phone v1", "2026-03-09", "2026-03-11"),
        (PolicyFacts("web", "complaint"), "web-complaint v1", "2026-03-16", "2026-03-23"),
        (PolicyFacts("visit", "praise"), "default v1", "2026-03-09", "2026-03-11"),
        (PolicyFacts("mayor", urgency="urgent"), "urgent v1", "2026-03-03", "2026-03-04"),
        (PolicyFacts("web", urgency="critical"), "critical v1", "2026-03-03", "2026-03-04"),
    ],
)
def test_the_countys_terms(facts, policy, unit, promise):
    assert in_force.deadline_for(facts, "unit", AT).policy == policy
    assert last_day(facts, "unit") == unit
    assert last_day(facts, "promise") == promise


@pytest.mark.usefixtures("reference")
def test_a_case_is_asked_for_its_facts():
    case = SimpleNamespace(
        channel="web", demand_type="", category=None, urgency="normal", source_level="county"
    )
    assert in_force.facts_of(case) == PolicyFacts("web", "", "", "normal", "county")
    assert due.deadline(case, "intake", AT).at == AT.replace(hour=12)
    case.category = SimpleNamespace(code="010203")
    assert in_force.facts_of(case).category_code == "010203"


@pytest.mark.django_db
def test_without_policies_the_question_fails_aloud():
    with pytest.raises(NoPolicy):
        in_force.deadline_for(LETTER, "unit", AT)


@pytest.mark.usefixtures("reference")
def test_rules_are_read_once_and_again_when_forgotten(django_assert_num_queries):
    with django_assert_num_queries(3):
        assert last_day(LETTER, "sign") == "2026-03-03"
    CalendarDay.objects.create(date="2026-03-03", is_working=False, name="停电", source="local")
    DeadlinePolicy.objects.filter(code="mayor").update(terms={"sign": "2wd"})
    with django_assert_num_queries(0):
        assert last_day(LETTER, "sign") == "2026-03-03"
    in_force.forget()
    with django_assert_num_queries(3):
        assert last_day(LETTER, "sign") == "2026-03-05"


@pytest.mark.usefixtures("reference")
def test_rules_are_read_again_after_a_while(monkeypatch, django_assert_num_queries):
    now = 1000.0
    monkeypatch.setattr(in_force.clock_time, "monotonic", lambda: now)
    first = in_force.rules()
    now += in_force.KEPT_SECONDS - 1
    assert in_force.rules() is first
    now += 1
    with django_assert_num_queries(3):
        assert in_force.rules() is not first


@pytest.mark.usefixtures("reference")
def test_office_hours_and_the_end_of_the_day_are_settings(settings):
    assert in_force.day_end() == time.max
    settings.OFFICE_HOURS = "09:00-12:00,13:00-17:00"
    settings.DEADLINES_END_WITH_OFFICE_HOURS = True
    assert in_force.deadline_for(LETTER, "unit", AT).at == datetime(2026, 3, 9, 17, tzinfo=SHANGHAI)
    assert in_force.deadline_for(LETTER, "dispatch", AT).at == AT.replace(hour=15)


@pytest.mark.usefixtures("reference")
def test_the_red_alarm_keeps_to_the_hours_of_the_office(settings):
    end = due.add_workdays(AT, 5)
    assert dict(due.alarm_times(AT, end))["red"].time() == time(11)
    settings.OFFICE_HOURS = "09:00-12:00,13:00-17:00"
    assert dict(due.alarm_times(AT, end))["red"].time() == time(13)


@pytest.mark.usefixtures("reference")
def test_the_clocks_of_the_verbs():
    assert due.elapsed_term(AT, AT.replace(day=9)) == 5
    assert (
        due.elapsed_term(
            datetime(2026, 12, 31, 9, tzinfo=SHANGHAI), datetime(2027, 1, 4, 9, tzinfo=SHANGHAI)
        )
        == 2
    )
    assert due.add_workdays(AT, 5).date().isoformat() == "2026-03-09"
    stages = [stage for stage, _ in due.alarm_times(AT, due.add_workdays(AT, 5))]
    assert stages == ["warn", "red", "overdue", "escalate1", "escalate3", "escalate5"]
    task = SimpleNamespace(dispatched_at=AT, term="5wd")
    assert due.explanation(task).at == due.add_workdays(AT, 5)


@pytest.mark.usefixtures("reference")
@pytest.mark.parametrize(("term", "days"), [("5wd", 5), ("15wd", 10), ("7d", 7), ("24h", 1)])
def test_an_extension_is_at_most_the_own_term_and_the_cap(term, days):
    task = SimpleNamespace(dispatched_at=AT, term=term)
    assert due.max_extension_days(LETTER, task) == days
