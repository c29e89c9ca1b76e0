"""Call-backs, ratings and reviews: state, event and what is kept."""

from datetime import timedelta

import pytest

from cases.errors import IllegalStep, NotPermitted, Refused
from cases.models import Case
from cases.people.person import CITIZEN, SYSTEM
from satisfaction.calling.queue import queue
from satisfaction.calling.recording import next_try, record_attempt
from satisfaction.dissatisfied.deciding import decide_dissatisfied
from satisfaction.models import CallbackAttempt, DissatisfactionReview, Evaluation
from satisfaction.rating.rating import may_rate, rate
from tests.acts import acts
from tests.cast import NOON, moment
from tests.satisfaction.matters import DAY, answered


def last_events(case, count=2):
    return list(acts(case).order_by("-seq").values_list("kind", flat=True)[:count])[::-1]


def test_a_satisfied_citizen_closes_the_case(cast):
    case = answered(cast)
    record_attempt(
        case, result="reached", contacted=True, solved=True, satisfaction=5, by=cast.agent, at=NOON
    )
    rating = Evaluation.objects.get()
    assert (case.state, case.outcome) == ("closed", "solved")
    assert (rating.score, rating.is_valid, rating.channel, rating.unit) == (
        5,
        True,
        "phone",
        cast.housing,
    )
    assert last_events(case) == ["called_back", "closed"]


def test_a_dissatisfied_citizen_opens_a_review(cast):
    case = answered(cast)
    record_attempt(
        case, result="reached", satisfaction=2, reason="not_solved", by=cast.agent, at=NOON
    )
    assert case.state == "dissatisfied"
    assert Evaluation.objects.get().reasons == ["not_solved"]
    assert last_events(case) == ["called_back", "dissatisfied"]


@pytest.mark.parametrize(
    "said",
    [
        {"result": "reached"},
        {"result": "reached", "satisfaction": 2},
        {"result": "reached", "satisfaction": 6},
        {"result": "reached", "satisfaction": 1, "reason": "because"},
        {"result": "perhaps"},
    ],
)
def test_answers_that_do_not_fit_change_nothing(cast, said):
    case = answered(cast)
    with pytest.raises(Refused):
        record_attempt(case, by=cast.agent, at=NOON, **said)
    assert Case.objects.get().state == "callback"
    assert not CallbackAttempt.objects.exists()


def test_only_call_back_agents_call_back(cast):
    case = answered(cast)
    with pytest.raises(NotPermitted):
        record_attempt(case, result="no_answer", by=cast.clerk, at=NOON)
    assert not CallbackAttempt.objects.exists()


def test_three_days_without_reaching_anybody_end_without_rating(cast):
    case = answered(cast)
    for day in range(2):
        attempt = record_attempt(case, result="no_answer", by=cast.agent, at=NOON + day * DAY)
        assert (case.state, attempt.next_try_at > attempt.at) == ("callback", True)
    same_day = NOON + DAY + timedelta(hours=3)
    record_attempt(case, result="busy", by=cast.agent, at=same_day)
    assert case.state == "callback"
    record_attempt(case, result="no_answer", by=cast.agent, at=NOON + 2 * DAY)
    assert (case.state, case.outcome) == ("closed", "unreachable")
    assert not Evaluation.objects.exists()
    assert list(CallbackAttempt.objects.values_list("number", flat=True)) == [1, 2, 3, 4]


def test_calls_at_night_do_not_make_a_citizen_unreachable(cast):
    case = answered(cast)
    for day in range(4):
        night = moment("2026-11-23 23:10") + day * DAY
        record_attempt(case, result="no_answer", by=cast.agent, at=night)
    assert case.state == "callback"


def test_who_does_not_want_to_answer_is_not_asked_again_and_not_satisfied(cast):
    case = answered(cast)
    record_attempt(case, result="refused", satisfaction=5, by=cast.agent, at=NOON)
    assert (case.state, case.outcome) == ("closed", "solved")
    assert not Evaluation.objects.exists()


def test_the_next_attempt_is_another_day_at_another_time():
    assert next_try(moment("2026-11-23 09:10")) == moment("2026-11-24 15:00")
    assert next_try(moment("2026-11-23 15:10")) == moment("2026-11-24 18:30")
    assert next_try(moment("2026-11-23 18:40")) == moment("2026-11-24 09:30")


def test_the_queue_leaves_out_who_is_called_later(cast):
    case = answered(cast)
    assert list(queue(cast.agent, NOON)) == [case]
    record_attempt(case, result="busy", by=cast.agent, at=NOON)
    assert list(queue(cast.agent, NOON + timedelta(minutes=1))) == []
    assert list(queue(cast.agent, NOON + 2 * DAY)) == [case]


def test_a_citizen_rates_on_the_web_and_the_case_closes(cast):
    case = answered(cast)
    assert may_rate(case, NOON)
    rate(case, score=4, solved=True, at=NOON)
    assert (case.state, case.outcome) == ("closed", "solved")
    assert last_events(case) == ["rated", "closed"]
    assert not may_rate(case, NOON)
    with pytest.raises(Refused):
        rate(case, score=1, reasons=["slow"], at=NOON)
    assert Evaluation.objects.count() == 1


def test_the_citizens_own_word_outweighs_the_agents_and_both_are_kept(cast):
    case = answered(cast)
    record_attempt(case, result="reached", satisfaction=5, by=cast.agent, at=NOON)
    rate(case, score=1, reasons=["not_solved"], comment="还是不亮", at=NOON + DAY)
    assert case.state == "dissatisfied"
    kept = list(Evaluation.objects.order_by("pk").values_list("channel", "score", "is_valid"))
    assert kept == [("phone", 5, False), ("web", 1, True)]


def test_after_seven_days_the_window_is_shut(cast):
    case = answered(cast)
    record_attempt(case, result="reached", satisfaction=5, by=cast.agent, at=NOON)
    with pytest.raises(Refused):
        rate(case, score=1, reasons=["slow"], at=NOON + 7 * DAY + timedelta(seconds=1))
    rate(case, score=1, reasons=["slow"], at=NOON + 7 * DAY)
    assert case.state == "dissatisfied"


def test_an_open_case_cannot_be_rated(cast):
    from tests.satisfaction.matters import dispatched

    case = dispatched(cast)
    with pytest.raises(Refused):
        rate(case, score=5, by=CITIZEN, at=NOON)
    assert not Evaluation.objects.exists()


def dissatisfied(cast):
    case = answered(cast)
    record_attempt(case, result="reached", satisfaction=1, reason="empty", by=cast.agent, at=NOON)
    return case


def test_a_second_person_orders_the_rework(cast):
    case = dissatisfied(cast)
    decide_dissatisfied(case, decision="rework", reason="确实没修", by=cast.reviewer, at=NOON)
    review = DissatisfactionReview.objects.get()
    assert (case.state, case.round, review.round) == ("rework", 2, 1)
    assert last_events(case, 1) == ["reworked"]
    with pytest.raises(IllegalStep):
        decide_dissatisfied(case, decision="explained", reason="再来", by=cast.supervisor, at=NOON)


def test_explained_closing_needs_a_reason_and_keeps_the_rating(cast):
    case = dissatisfied(cast)
    with pytest.raises(Refused):
        decide_dissatisfied(case, decision="explained", reason=" ", by=cast.reviewer, at=NOON)
    decide_dissatisfied(case, decision="explained", reason="政策不允许", by=cast.reviewer, at=NOON)
    assert (case.state, case.outcome) == ("closed", "explained")
    assert Evaluation.objects.valid().get().score == 1


def test_the_agent_who_noted_it_does_not_decide(cast):
    cast.agent.give("reviewer")
    case = dissatisfied(cast)
    with pytest.raises(Refused):
        decide_dissatisfied(case, decision="rework", reason="确实", by=cast.agent, at=NOON)
    assert (case.state, DissatisfactionReview.objects.count()) == ("dissatisfied", 0)


def test_the_system_may_replay_history(cast):
    case = answered(cast)
    record_attempt(case, result="reached", satisfaction=4, by=SYSTEM, at=NOON)
    assert case.state == "closed"
