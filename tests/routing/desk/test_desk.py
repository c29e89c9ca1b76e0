"""The dispatcher's desk through the browser's eyes: queue, send, accept and send, reject, refuse."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from cases.models import Case, Reason
from routing.dispatching.dispatch import dispatch_case
from routing.models import Decision
from tests.acts import acts
from tests.cast import NOON, wang_says
from tests.routing.folk import MINUTE, accepted, entry, returned

CLASSED = {
    "category": "城市管理 › 路灯",
    "region": "青溪县 › 石桥镇",
    "demand_type": "help",
    "urgency": "normal",
}


@pytest.fixture
def desk(client, cast):
    client.force_login(cast.dispatcher)
    return client


def send(desk, case, **fields):
    said = CLASSED | {"unit": "housing", "other": "", "assisting": "", "note": ""} | fields
    return desk.post(reverse("routing:assignment", args=[case.number]), said)


def said_by(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def fresh(case):
    return Case.objects.get(pk=case.pk)


def test_the_most_pressing_case_is_open_with_its_suggestion(desk, cast):
    entry(cast)
    urgent = accepted(cast, 1, urgency="critical", title="路灯杆要倒了")
    accepted(cast, 2)
    page = desk.get(reverse("routing:dispatch"))
    text = page.content.decode()
    assert page.context["case"] == urgent
    assert "目录 0701“路灯不亮”：分类相符" in text
    assert urgent.petitioner.phone_mask in text
    assert "13807316217" not in text
    assert "138 0731 6217" not in text


def test_sending_says_what_happens_next_and_shows_the_next_case(desk, cast):
    entry(cast)
    case, other = accepted(cast, 1, urgency="urgent"), accepted(cast, 2)
    answer = send(desk, case, assisting="石桥镇", note="请今天去看")
    assert (answer.status_code, answer.url) == (303, reverse("routing:dispatch"))
    (said,) = said_by(answer)
    assert said.startswith("已派给县住建局，协办石桥镇，")
    assert said.endswith("内应签收。")
    case = fresh(case)
    assert (case.state, case.lead_unit) == ("dispatched", cast.housing)
    assert [(t.unit, t.role, t.note) for t in case.assignments.order_by("pk")] == [
        (cast.housing, "lead", "请今天去看"),
        (cast.town, "assist", "请今天去看"),
    ]
    assert Decision.objects.get().kind == "catalogue"
    assert acts(case).last().kind == "dispatched"
    assert desk.get(answer.url).context["case"] == other


def test_the_page_says_whom_it_goes_to_before_it_is_sent(desk, cast):
    entry(cast)
    accepted(cast)
    page = desk.get(reverse("routing:dispatch")).content.decode()
    assert "派给县住建局，协办石桥镇" in page


def test_of_two_units_as_likely_none_is_chosen(desk, cast):
    entry(cast)
    entry(cast, number="0702", lead="water")
    case = accepted(cast)
    answer = desk.get(reverse("routing:dispatch"))
    shown = answer.context["advice"].suggestions
    assert [one.percent for one in shown] == [84, 84]
    assert (answer.context["form"].initial.get("unit"), answer.context["chosen_lead"]) == (None, "")
    assert "还没有选承办单位" in answer.content.decode()
    assert answer.context["rows"][0].best is None
    dispatch_case(case, cast.housing, by=cast.dispatcher, at=NOON + 2 * MINUTE)
    assert Decision.objects.get().suggested_unit is None


GAS = "楼道里有一股天然气的刺鼻气味"


def test_a_danger_comes_first_and_proposes_urgent(desk, cast):
    first = accepted(cast, 1)
    danger = accepted(cast, 2, content=GAS, at=NOON + MINUTE)
    answer = desk.get(reverse("routing:dispatch"))
    assert [row.case for row in answer.context["rows"]] == [danger, first]
    assert answer.context["case"] == danger
    assert answer.context["form"].initial["urgency"] == "urgent"
    page = answer.content.decode()
    assert "文中说“天然气、气味”，可能是险情（燃气泄漏）" in page
    urgent = answer.context["advice"].promise.due
    desk.post(reverse("routing:class", args=[danger.number]), CLASSED | {"urgency": "normal"})
    send(desk, danger, urgency="urgent")
    assert fresh(danger).urgency == "urgent"
    answer = desk.get(reverse("routing:dispatch"))
    assert answer.context["hazard"] is None
    assert answer.context["advice"].promise.due > urgent  # the deadline shown was that of urgent


def test_a_danger_that_is_called_urgent_is_proposed_no_more(desk, cast):
    danger = accepted(cast, 1, content=GAS, urgency="critical")
    answer = desk.get(reverse("routing:dispatch"))
    assert answer.context["hazard"] is None
    assert answer.context["rows"][0].hazard.name == "燃气泄漏"
    assert answer.context["form"].initial["urgency"] == "critical"
    assert fresh(danger).urgency == "critical"


def test_a_submitted_letter_is_accepted_and_sent_in_one_act(desk, cast):
    case = wang_says(cast)
    page = desk.get(reverse("routing:dispatch"))
    assert "受理并派出，看下一件" in page.content.decode()
    assert send(desk, case, unit="other", other="xzlsgs").status_code == 303
    case = fresh(case)
    assert (case.state, case.category, case.lead_unit) == (
        "dispatched",
        cast.street_lights,
        cast.water,
    )
    kinds = list(acts(case).values_list("kind", flat=True))
    assert kinds == ["registered", "accepted", "dispatched"]
    assert Decision.objects.get().kind == "manual"


def test_the_class_can_change_in_place_without_sending(desk, cast):
    case = accepted(cast)
    said = CLASSED | {"category": "0702", "urgency": "urgent"}
    answer = desk.post(reverse("routing:class", args=[case.number]), said)
    assert answer.url == f"{reverse('routing:dispatch')}?case={case.number}"
    case = fresh(case)
    assert (case.category, case.urgency, case.state) == (cast.leaks, "urgent", "accepted")
    assert acts(case).last().kind == "reclassified"


def test_accept_only_leaves_it_for_dispatch(desk, cast):
    case = wang_says(cast)
    desk.post(reverse("routing:class", args=[case.number]), CLASSED)
    assert fresh(case).state == "accepted"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"other": "没有这个局"}, "没有“没有这个局”这个单位"),
        ({"unit": "", "other": ""}, "请选择由哪个单位主办"),
        ({"category": ""}, "请选择分类"),
        ({"category": "天上"}, "分类“天上”没有找到"),
        ({"assisting": "石桥镇 月球局"}, "没有“月球局”这个单位"),
        ({"urgency": "boiling"}, "boiling"),
    ],
)
def test_bad_input_is_said_and_what_was_typed_stays(desk, cast, wrong, sentence):
    case = accepted(cast)
    answer = send(desk, case, note="这是我写的意见", **wrong)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in text
    assert "这是我写的意见" in text
    for typed in wrong.values():
        assert typed in text
    assert fresh(case).state == "accepted"


def test_the_unit_complained_about_is_refused_with_a_sentence(desk, cast):
    case = accepted(cast, respondents=(cast.housing,))
    answer = send(desk, case, note="我的意见")
    assert answer.status_code == 422
    assert "被反映" in answer.content.decode()
    assert "我的意见" in answer.content.decode()
    assert fresh(case).state == "accepted"


def test_who_comes_second_gets_409_and_nothing_changes(desk, cast):
    case = accepted(cast)
    send(desk, case)
    answer = send(desk, case, unit="water")
    assert answer.status_code == 409
    assert fresh(case).lead_unit == cast.housing
    assert Decision.objects.count() == 1


def test_not_accepting_tells_the_legal_route(desk, cast):
    case = wang_says(cast)
    address = reverse("routing:rejection", args=[case.number])
    assert desk.post(address, {"reason": "", "legal_route": "已写的话"}).status_code == 422
    answer = desk.post(address, {"reason": "litigation", "legal_route": ""})
    assert answer.status_code == 303
    case = fresh(case)
    assert (case.state, case.reject_reason) == ("rejected", cast.not_ours)
    assert case.legal_route == "请向人民法院提起诉讼。"
    assert acts(case).last().kind == "rejected"


def test_a_reason_without_guidance_needs_a_written_route(desk, cast):
    Reason.objects.create(kind="reject", code="bare", name="其他")
    case = wang_says(cast)
    address = reverse("routing:rejection", args=[case.number])
    assert desk.post(address, {"reason": "bare"}).status_code == 422
    assert fresh(case).state == "submitted"
    desk.post(address, {"reason": "bare", "legal_route": "请找居委会。"})
    assert fresh(case).legal_route == "请找居委会。"


def test_transfer_hands_over(desk, cast):
    Reason.objects.create(kind="transfer", code="120", name="急救120")
    case = wang_says(cast)
    address = reverse("routing:transfer", args=[case.number])
    assert desk.post(address, {"reason": "nothing"}).status_code == 422
    answer = desk.post(address, {"reason": "120", "target": ""})
    assert said_by(answer) == [f"{case.number} 已转接：急救120。"]
    assert fresh(case).state == "transferred"


def test_a_returned_case_suggests_the_named_unit_and_not_the_one_that_gave_it_back(desk, cast):
    entry(cast)
    case = accepted(cast)
    request = returned(cast, case, suggested=cast.water)
    request.grant_return(by=cast.dispatcher, at=request.signed_at + MINUTE)
    page = desk.get(reverse("routing:dispatch"))
    options = [option.suggestion for option in page.context["advice"].options]
    assert [(one.unit, one.source) for one in options] == [(cast.water, "return")]
    assert "退回过的单位" in page.content.decode()
    send(desk, case, unit="water")
    assert Decision.objects.get().kind == "return"


def test_advice_follows_the_class_in_the_form(desk, cast):
    entry(cast)
    case = wang_says(cast)
    address = reverse("routing:advice", args=[case.number])
    text = desk.post(address, CLASSED).content.decode()
    assert 'value="housing"' in text
    assert "工作日" in text
    assert fresh(case).category is None


def test_an_empty_queue_says_why(desk):
    text = desk.get(reverse("routing:dispatch")).content.decode()
    assert "没有等着派的工单" in text
    assert "批准退单的也会回到这里" in text


def test_a_case_sent_meanwhile_is_named_not_shown(desk, cast):
    case = accepted(cast)
    send(desk, case)
    answer = desk.get(reverse("routing:dispatch"), {"case": case.number}, follow=True)
    assert f"{case.number} 已经不在派单台" in answer.content.decode()


def test_tabs_narrow_the_queue(desk, cast):
    one, two = wang_says(cast, key="new"), accepted(cast, 2)
    shown = {
        state: [row.case for row in desk.get("/desk/dispatch/", {"queue": state}).context["rows"]]
        for state in ("submitted", "accepted")
    }
    assert shown == {"submitted": [one], "accepted": [two]}


@pytest.mark.parametrize(
    "name", ["clerk", "leader", "reviewer", "agent", "supervisor", "sysadmin", "auditor"]
)
def test_other_roles_find_nothing(client, cast, name):
    case = accepted(cast)
    client.force_login(getattr(cast, name))
    assert client.get(reverse("routing:dispatch")).status_code == 404
    for act in ("assignment", "class", "advice", "rejection", "transfer"):
        assert client.post(reverse(f"routing:{act}", args=[case.number])).status_code == 404
    assert fresh(case).state == "accepted"


def test_a_stranger_is_sent_to_the_log_in(client, cast):
    assert client.get(reverse("routing:dispatch")).status_code == 302


def test_a_secret_report_stays_hidden_from_the_operator(client, cast):
    case = wang_says(cast, demand_type="report")
    client.force_login(cast.operator)
    page = client.get(reverse("routing:dispatch"))
    assert case.title not in page.content.decode()
    assert page.context["counts"].every == 0
    assert client.get(reverse("routing:dispatch"), {"case": case.number}).status_code == 404
    assert client.post(reverse("routing:class", args=[case.number]), CLASSED).status_code == 404
