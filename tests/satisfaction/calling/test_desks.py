"""The call-back desk and the review desk: what their forms do, and to whom they answer."""

from django.urls import reverse

from cases.models import Case, ViewLog
from satisfaction.calling.recording import record_attempt
from satisfaction.models import CallbackAttempt, Evaluation
from tests.satisfaction.looking import browser
from tests.satisfaction.matters import DAY, answered


def test_an_agent_notes_the_answers_and_gets_the_next(cast, now):
    first = answered(cast, now - 8 * DAY, now - 7 * DAY)
    second = answered(cast, now - 6 * DAY, now - 5 * DAY)
    client = browser(cast.agent)
    assert client.get(reverse("satisfaction:callbacks")).context["case"] == first
    answer = client.post(
        reverse("satisfaction:callback_attempts", args=[first.number]),
        {"result": "reached", "contacted": "yes", "solved": "no", "satisfaction": "4"},
    )
    assert answer.status_code == 303
    kept = Evaluation.objects.get()
    assert (kept.score, kept.contacted, kept.solved) == (4, True, False)
    following = client.get(answer.url)
    assert following.context["case"] == second
    assert first.title in following.content.decode()


def test_what_was_typed_stays_when_an_answer_is_missing(cast, now):
    case = answered(cast, now - 8 * DAY, now - 7 * DAY)
    answer = browser(cast.agent).post(
        reverse("satisfaction:callback_attempts", args=[case.number]),
        {"result": "reached", "satisfaction": "1", "note": "灯还是不亮，很失望"},
    )
    assert answer.status_code == 422
    assert "灯还是不亮，很失望" in answer.content.decode()
    assert not CallbackAttempt.objects.exists()


def test_a_second_agent_is_told_that_somebody_was_first(cast, now):
    case = answered(cast, now - 8 * DAY, now - 7 * DAY)
    record_attempt(case, result="reached", satisfaction=5, by=cast.agent, at=now)
    answer = browser(cast.agent).post(
        reverse("satisfaction:callback_attempts", args=[case.number]), {"result": "no_answer"}
    )
    assert answer.status_code == 409
    assert CallbackAttempt.objects.count() == 1


def test_the_number_is_shown_only_after_it_was_logged(cast, now):
    case = answered(cast, now - 8 * DAY, now - 7 * DAY)
    client = browser(cast.agent)
    assert "13807316217" not in client.get(reverse("satisfaction:callbacks")).content.decode()
    shown = client.post(reverse("satisfaction:callback_phone", args=[case.number]))
    assert "13807316217" in shown.content.decode()
    log = ViewLog.objects.get()
    assert (log.user, log.case, log.fields) == (cast.agent, case, "phone")


def test_a_citizen_without_a_number_is_not_called(cast, now):
    case = answered(cast, now - 8 * DAY, now - 7 * DAY, name="", phone="")
    answer = browser(cast.agent).post(reverse("satisfaction:callback_closing", args=[case.number]))
    assert answer.status_code == 303
    assert Case.objects.get().state == "closed"
    assert not Evaluation.objects.exists()
    other = answered(cast, now - 8 * DAY, now - 7 * DAY)
    refused = browser(cast.agent).post(
        reverse("satisfaction:callback_closing", args=[other.number])
    )
    assert refused.status_code == 422
    assert Case.objects.get(pk=other.pk).state == "callback"


def unhappy(cast, now):
    case = answered(cast, now - 8 * DAY, now - 7 * DAY)
    record_attempt(
        case, result="reached", satisfaction=1, reason="slow", note="太慢", by=cast.agent, at=now
    )
    return case


def test_a_reviewer_sends_it_to_another_unit(cast, now):
    case = unhappy(cast, now)
    answer = browser(cast.reviewer).post(
        reverse("satisfaction:dissatisfied_decision", args=[case.number]),
        {"decision": "rework", "unit": "water", "reason": "属供水管线"},
    )
    assert answer.status_code == 303
    now_ = Case.objects.get()
    assert (now_.state, now_.round, now_.lead_unit) == ("rework", 2, cast.water)


def test_a_decision_without_reason_is_refused_and_kept(cast, now):
    case = unhappy(cast, now)
    answer = browser(cast.reviewer).post(
        reverse("satisfaction:dissatisfied_decision", args=[case.number]),
        {"decision": "explained", "reason": ""},
    )
    assert answer.status_code == 422
    assert Case.objects.get().state == "dissatisfied"


def test_the_agent_who_called_cannot_decide(cast, now):
    cast.agent.give("reviewer")
    case = unhappy(cast, now)
    client = browser(cast.agent)
    assert client.get(reverse("satisfaction:dissatisfied")).context["is_own"]
    answer = client.post(
        reverse("satisfaction:dissatisfied_decision", args=[case.number]),
        {"decision": "rework", "reason": "确实"},
    )
    assert answer.status_code == 422
    assert Case.objects.get().state == "dissatisfied"
