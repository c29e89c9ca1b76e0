"""The operator's screen through the HTTP client: every way to finish, and nothing typed is lost."""

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from cases.events.outbox import drain
from cases.models import Case, Contact
from hotline.models import Draft
from tests.cast import NOON, wang_says

SAID = {
    "token": "a" * 32,
    "phone": "138 0731 6217",
    "name": "王桂芬",
    "gender": "f",
    "demand_type": "help",
    "content": "人民路东段路灯整排不亮，夜里看不见路。",
    "title": "路灯不亮",
    "region": "青溪县 › 石桥镇",
    "address": "人民路东段",
    "category": "ld",
    "urgency": "normal",
}


@pytest.fixture
def desk(client, cast):
    client.force_login(cast.operator)
    return client


def finish(desk, act, **changed):
    return desk.post(reverse("desk:operator"), SAID | {"act": act} | changed)


def test_a_call_is_answered_directly(desk, cast):
    answer = finish(desk, "answer", answer="已告知报修电话，今晚抢修。")
    case = Case.objects.get()
    assert (case.state, case.channel, case.category) == ("answered", "phone", cast.street_lights)
    assert answer["Location"] == reverse("desk:receipt", args=[case.number])
    page = desk.get(answer["Location"]).content.decode()
    assert case.query_code[6:] in page
    assert [event.kind for event in case.events.all()] == ["registered", "accepted", "answered"]


def test_a_call_goes_straight_to_a_unit(desk, cast):
    finish(desk, "dispatch", lead="xzjj", note="请尽快")
    case = Case.objects.get()
    assert (case.state, case.lead_unit) == ("dispatched", cast.housing)
    assert case.lead().note == "请尽快"


def test_a_call_waits_for_the_dispatcher(desk):
    finish(desk, "accept")
    assert Case.objects.get().state == "accepted"


def test_a_call_is_not_accepted_with_the_legal_route(desk, cast):
    finish(desk, "reject", reason=cast.not_ours.pk, category="")
    case = Case.objects.get()
    assert (case.state, case.legal_route) == ("rejected", "请向人民法院提起诉讼。")


def test_a_call_without_a_matter_is_only_counted(desk):
    finish(desk, "log", content="打错了", category="")
    assert not Case.objects.exists()
    assert Contact.objects.get().channel == "phone"


def test_pressing_the_key_twice_makes_one_case(desk):
    finish(desk, "answer", answer="已答复")
    finish(desk, "answer", answer="已答复")
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("act", "changed", "sentence"),
    [
        ("answer", {"answer": ""}, "已向来电人答复"),
        ("dispatch", {"category": "不存在的分类"}, "没有这个分类"),
        ("dispatch", {}, "承办单位"),
        ("accept", {"category": ""}, "请选择分类"),
        ("answer", {"answer": "好", "phone": "12"}, "电话号码"),
        ("reject", {}, "原因"),
        ("nonsense", {}, ""),
    ],
)
def test_bad_input_changes_nothing_and_keeps_what_was_typed(desk, act, changed, sentence):
    answer = finish(desk, act, **changed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert SAID["content"] in page
    assert sentence in page
    assert not Case.objects.exists()


def test_the_draft_is_kept_sealed_and_comes_back(desk, cast):
    finish(desk, "draft", phone="13807316217")
    draft = Draft.objects.get()
    assert "王桂芬" not in draft.fields_sealed
    page = desk.get(reverse("desk:operator") + f"?draft={draft.token}").content.decode()
    assert SAID["content"] in page
    finish(desk, "answer", answer="已答复")
    assert not Draft.objects.exists()


def test_a_late_save_does_not_bring_a_finished_calls_draft_back(desk, cast):
    finish(desk, "draft")
    finish(desk, "answer", answer="已答复")
    data = SAID | {"act": "draft"}
    url = reverse("desk:operator")
    late = desk.post(url, data, headers={"HX-Request": "true"})
    assert (late.status_code, late.content) == (204, b"")
    assert not Draft.objects.exists()
    words = gettext("This call is finished already; there is nothing left to keep.")
    assert words in desk.post(url, data, follow=True).content.decode()
    assert not Draft.objects.exists()
    other_call = "b" * 32
    other = desk.post(url, data | {"token": other_call}, headers={"HX-Request": "true"})
    assert other.status_code == 200
    assert Draft.objects.get().token == other_call


def test_another_operators_draft_is_not_found(desk, cast, client):
    finish(desk, "draft")
    client.force_login(cast.dispatcher)
    answer = client.get(reverse("desk:operator") + f"?draft={SAID['token']}")
    assert answer.status_code == 404


def test_the_callers_history_pops_up_and_an_urge_is_no_new_case(desk, cast):
    case = wang_says(cast)
    page = finish(desk, "look_up", name="").content.decode()
    assert case.title in page
    assert "王＊芬" in page
    assert "王桂芬" not in page
    assert SAID["content"] in page  # what was typed is still there
    desk.post(reverse("desk:urge", args=[case.number]))
    case = Case.objects.get()
    assert case.urge_count == 1
    assert case.events.last().kind == "urged"


def test_every_call_that_asks_again_is_counted_while_it_can_be(desk, cast):
    case = wang_says(cast)
    address = reverse("desk:urge", args=[case.number])
    for count in (1, 2):
        assert address in finish(desk, "look_up").content.decode()
        desk.post(address)
        assert Case.objects.get().urge_count == count
    Case.objects.get().reject(reason=cast.not_ours, by=cast.dispatcher, at=timezone.now())
    assert address not in finish(desk, "look_up").content.decode()
    assert desk.post(address).status_code == 409
    assert Case.objects.get().urge_count == 2


def test_the_name_of_last_time_is_taken_without_being_shown(desk, cast):
    wang_says(cast)
    page = finish(desk, "look_up", name="").content.decode()
    assert 'name="known_name"' in page
    finish(desk, "accept", name="", known_name="on")
    assert Case.objects.order_by("pk").last().petitioner.name == "王桂芬"


def test_a_new_name_outweighs_that_of_last_time(desk, cast):
    wang_says(cast)
    finish(desk, "accept", name="王小红", known_name="on")
    assert Case.objects.order_by("pk").last().petitioner.name == "王小红"


def test_no_number_stands_in_an_address(desk, cast):
    wang_says(cast)
    page = desk.get(reverse("desk:operator") + "?phone=13807316217").content.decode()
    assert 'value="13807316217"' not in page  # what the address says is not looked up
    assert "王＊芬" not in page


def test_advice_gives_the_unit_and_similar_cases(desk, cast):
    twin = wang_says(cast, title="路灯整排不亮", content="人民路东段的路灯坏了，整排都不亮")
    other = wang_says(cast, key="form-2", title="下水道", content="人民路东段下水道堵了，污水外溢")
    drain(at=NOON)
    answer = desk.post(reverse("desk:advice"), SAID)
    similar = answer.context["advice"].similar
    assert [(one.case, one.is_duplicate) for one in similar] == [(twin, True)]
    page = answer.content.decode()
    assert "同一来电人 · 同一地点 · 内容相近 " in page
    assert "很可能是同一件事" in page
    assert other.number not in page
    assert (
        "同一来电人" not in desk.post(reverse("desk:advice"), SAID | {"phone": ""}).content.decode()
    )


def test_the_receipt_is_for_who_registered_only(desk, cast, client):
    finish(desk, "answer", answer="已答复")
    client.force_login(cast.dispatcher)
    url = reverse("desk:receipt", args=[Case.objects.get().number])
    assert client.get(url).status_code == 404


def test_clerks_have_no_operator_screen(client, cast):
    client.force_login(cast.clerk)
    assert client.get(reverse("desk:operator")).status_code == 404


@pytest.mark.parametrize("earlier", [1, 3])
def test_queries_do_not_grow_with_the_history(desk, cast, earlier, django_assert_max_num_queries):
    for number in range(earlier):
        wang_says(cast, key=f"k{number}", at=NOON)
    with django_assert_max_num_queries(26):
        finish(desk, "look_up", title="", content="", address="")
