"""The operator's screen through the HTTP client: every way to finish, and nothing typed is lost."""

import re

import pytest
from django.urls import reverse
from django.utils.translation import gettext

from cases.events.outbox import drain
from cases.models import Case, Contact
from hotline.models import Draft
from routing.dispatching.dispatch import to_whom
from tests.cast import NOON, wang_says
from tests.desk.calling import IN_PLACE, SAID, finish
from tests.routing.folk import entry


@pytest.fixture
def desk(client, cast):
    client.force_login(cast.operator)
    return client


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


def test_nothing_written_makes_no_draft_and_the_key_says_so(desk):
    nothing = {"content": "", "title": "", "name": "", "address": ""}
    page = finish(desk, "draft", **nothing)
    assert gettext("Nothing is written yet, so there is nothing to keep.") in page.content.decode()
    assert SAID["phone"] in page.content.decode()
    finish(desk, "draft")
    data = SAID | {"act": "draft"} | nothing
    desk.post(reverse("desk:operator"), data, headers=IN_PLACE)
    assert not Draft.objects.exists()  # what was written was taken out again


def test_what_the_caller_asks_for_is_kept(desk):
    assert 'name="request"' in desk.get(reverse("desk:operator")).content.decode()
    finish(desk, "accept", request="三天内修好路灯")
    assert Case.objects.get().request == "三天内修好路灯"


def test_each_key_is_printed_where_it_acts(desk, cast):
    case = wang_says(cast)
    case.accept(category=cast.street_lights, by=cast.dispatcher, at=NOON)
    pages = [finish(desk, "look_up").content.decode()]
    desk.force_login(cast.dispatcher)
    pages.append(desk.get(reverse("routing:dispatch")).content.decode())
    for page in pages:
        keys = set(re.findall(r'data-key="([^"]+)"', page))
        printed = set(re.findall(r"<kbd>([^<]+)</kbd>", page))
        assert len(keys) > 3
        assert {{"Enter": "⏎"}.get(key, key) for key in keys} <= printed


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


def squeezed(part):
    """A part of the page in one line."""
    return re.sub(r"\s+", " ", part)


def advice(desk, **typed):
    """The advice on what is typed, and its part of the page."""
    answer = desk.post(reverse("desk:advice"), SAID | typed, headers=IN_PLACE)
    return answer.context["advice"], answer.content.decode()


def test_who_assists_is_seen_and_can_be_left_out_before_sending(desk, cast):
    entry(cast, lead="housing", assisting="water")
    found, part = advice(desk)
    assert found.chosen.to == to_whom(cast.housing, [cast.water])
    assert 'name="assisting" value="housing/water" data-assists="县自来水公司" checked' in squeezed(
        part
    )
    found, part = advice(desk, offered="housing/water")  # unticked; it stays so
    assert found.chosen.to == "县住建局"
    assert 'data-assists="县自来水公司">' in squeezed(part)
    finish(desk, "dispatch", suggested="housing", offered="housing/water")
    assert [task.unit for task in Case.objects.get().assignments.all()] == [cast.housing]


def test_only_those_left_ticked_assist_and_the_page_says_whom_it_went_to(desk, cast):
    entry(cast, lead="housing", assisting="water @town")
    ticked = {"offered": ["housing/water", "housing/town"], "assisting": ["housing/water"]}
    answer = finish(desk, "dispatch", suggested="housing", **ticked)
    case = Case.objects.get()
    assert {task.unit for task in case.assignments.all()} == {cast.housing, cast.water}
    page = desk.get(answer["Location"]).content.decode()
    assert to_whom(cast.housing, [cast.water]) in page


def test_a_unit_named_by_hand_brings_nobody_along_unseen(desk, cast):
    entry(cast, lead="housing", assisting="water")
    finish(desk, "dispatch", lead="县住建局", suggested="housing", assisting="housing/water")
    assert [task.unit for task in Case.objects.get().assignments.all()] == [cast.housing]
    assert advice(desk, lead="石桥镇", suggested="housing")[0].chosen is None


def test_units_that_are_as_likely_are_chosen_by_a_person(desk, cast):
    entry(cast)
    entry(cast, number="0702", lead="water")
    found, part = advice(desk, suggested="water")  # ticked by nobody
    assert found.is_tied
    assert found.chosen is None
    assert 'data-category="城市管理 › 路灯">' in squeezed(part)
    assert gettext("Several units are as likely: choose one.") in part
    found, _part = advice(desk, suggested="water", chose="1")
    assert found.chosen.suggestion.unit == cast.water
    assert 'name="chose" value="1"' in _part
    page = finish(
        desk, "dispatch", suggested="water", category="没有"
    ).context  # sent without script
    assert page["advice"].chosen.suggestion.unit == cast.water
    assert (page["lead"], page["others"]) == (cast.water, [cast.town])


def test_a_suggestion_found_through_the_catalogue_brings_its_category(desk, cast):
    entry(cast)
    page = finish(desk, "look_up", category="").content.decode()
    assert 'data-proposed="城市管理 › 路灯"' in page
    assert (
        'data-proposed="'
        not in finish(desk, "look_up", category="城市管理 › 停水").content.decode()
    )
    cast.street_lights.children.create(code="070101", name="整排", path="整排", level=3)
    assert 'data-proposed="' not in finish(desk, "look_up", category="").content.decode()


def test_a_draft_remembers_what_was_chosen_and_left_out(desk, cast):
    entry(cast, lead="housing", assisting="water")
    entry(cast, number="0702", lead="water")
    finish(desk, "draft", suggested="housing", chose="1", offered="housing/water")
    page = desk.get(reverse("desk:operator") + f"?draft={SAID['token']}").context
    assert page["advice"].chosen.to == "县住建局"


def test_words_of_danger_propose_urgent_with_the_reason(desk, cast):
    found, part = advice(desk, content="楼道里有煤气味")
    assert found.hazard.name == "燃气泄漏"
    assert "data-urgent" in part
    assert "煤气味" in part
    assert advice(desk)[0].hazard is None
    assert advice(desk, content="", title="煤气味", address="")[0].hazard  # few words are enough
