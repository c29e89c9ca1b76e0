"""What citizens say again: one urge a day of the office, the same words once; calls count each."""

from datetime import timedelta

import pytest
from django.db.models import prefetch_related_objects

from cases.errors import Refused
from cases.lifecycle.asking_again import SAME, supplement, urge
from cases.lifecycle.dispatching import lead_of
from cases.models import Assignment, Case, Event, Request
from cases.people.person import CITIZEN
from cases.people.sight import stands_in
from tests.cases.lifecycle.stages import MINUTE, accepted, dispatched, fresh, signed
from tests.cases.secrecy.test_handling import as_before
from tests.cast import NOON, moment, wang_says

NOW = NOON + 10 * MINUTE
pytestmark = pytest.mark.usefixtures("english")


def test_a_citizen_urges_once_a_day_of_the_office(cast):
    case = dispatched(cast)
    case.urge(note="催", by=CITIZEN, at=moment("2026-11-23 23:59"))
    with pytest.raises(Refused, match="urged today already"):
        fresh(case).urge(note="再催", by=CITIZEN, at=moment("2026-11-23 23:59"))
    assert "urge" not in fresh(case).possible(CITIZEN, at=moment("2026-11-23 23:59"))
    fresh(case).urge(note="再催", by=CITIZEN, at=moment("2026-11-24 00:00"))
    assert fresh(case).urge_count == 2


def test_calls_count_each_and_take_nothing_from_the_citizen(cast):
    case = dispatched(cast)
    for _ in range(2):
        fresh(case).urge(note="来电催办", by=cast.operator, at=NOW)
    fresh(case).urge(note="催", by=CITIZEN, at=NOW)
    assert fresh(case).urge_count == 3


def test_the_same_words_within_ten_minutes_are_a_second_click(cast):
    case = dispatched(cast)
    words = "王桂芬的电话换了：13807316218。"  # kept with stand-ins, compared as written
    said = [
        supplement(fresh(case), text, by=CITIZEN, at=at)
        for text, at in (
            (words, NOW),
            (f" {words} ", NOW + SAME),
            ("另一盏也坏了", NOW + SAME),
            (words, NOW + SAME + timedelta(seconds=1)),
        )
    ]
    assert said == [True, False, True, True]
    assert case.contacts.filter(kind="supplement").count() == 3


def test_the_same_words_of_a_caller_are_a_second_press(cast):
    case = dispatched(cast)
    words = "王桂芬又打来：13807316218。"
    said = [
        urge(fresh(case), text, by=cast.operator, at=at)
        for text, at in ((words, NOW), (words, NOW + SAME), ("再催", NOW + SAME))
    ]
    assert said == [True, False, True]
    assert fresh(case).urge_count == 2


def test_a_case_without_a_lead_has_none_to_review(cast):
    case = accepted(cast)
    with pytest.raises(Assignment.DoesNotExist, match=case.number):
        lead_of(case)
    assert lead_of(dispatched(cast, key="form-2")).unit == cast.housing


def test_what_the_page_has_read_of_requests_is_not_asked_again(cast, django_assert_num_queries):
    task = signed(cast)
    task.ask_return(reason=cast.wrong_unit, basis="三定方案", by=cast.clerk, at=NOW)
    for state, may_ask in (("asked", False), ("refused", True)):
        Request.objects.update(state=state)
        read = fresh(task)
        prefetch_related_objects([read], "requests", "case")
        assert ("ask_return" in read.possible(cast.clerk, at=NOW)) is may_ask
        assert ("ask_return" in fresh(task).possible(cast.clerk, at=NOW)) is may_ask


def test_an_extension_without_a_day_is_a_mistake(cast):
    task = signed(cast)
    task.ask_extension(
        reason=cast.needs_works, text="需更换电缆，已告知。", days=1, by=cast.clerk, at=NOW
    )
    Request.objects.update(new_due_at=None)
    with pytest.raises(TypeError, match="asks for a day"):
        task.requests.get().grant_extension(by=cast.supervisor, at=NOW)
    assert fresh(task).due_at == task.original_due_at


def test_the_texts_of_a_case_of_before_wait_for_their_turn(cast):
    case = as_before(wang_says(cast))
    case.raise_secrecy(level="confidential", note="怕被报复", by=cast.dispatcher, at=NOW)
    assert fresh(case).secrecy == "confidential"
    assert fresh(case).handled_at is None


def test_who_has_no_account_has_no_role(cast):
    assert not CITIZEN.has_role("operator", "supervisor")


def test_rows_of_a_case_are_seen_where_the_case_is(cast):
    mine = dispatched(cast)
    accepted(cast, key="form-2")  # no unit has it
    seen = Event.objects.filter(stands_in(Case.objects.visible_to(cast.clerk), "case"))
    assert {event.case_id for event in seen} == {mine.pk}
    asked = stands_in(Case.objects.visible_to(cast.dispatcher), "case")
    assert Event.objects.filter(asked).count() == Event.objects.count()
