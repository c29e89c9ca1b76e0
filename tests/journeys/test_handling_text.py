"""Who somebody is, typed into the texts: nobody who handles the matter reads it, the citizen does."""

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from cases.events.outbox import drain
from cases.models import ViewLog
from tests.cast import NOON, wang_says
from tests.journeys.office import REPLY, Office

NAME, PHONE = "司徒雀", "13907318990"
CONTENT = "我叫司徒雀，电话1390 731 8990，人民路东段路灯从上周起整排不亮。"
MADE = "我叫〔姓名〕，电话〔号码〕，人民路东段路灯从上周起整排不亮。"
ANSWER = "司徒女士：您好。" + REPLY["public_reply"] + "已电话告知司徒雀本人。"
TELLS = ("司徒", "8990", "1390")


@pytest.fixture
def office(cast, settings, tmp_path):
    """Monday noon; a citizen wrote who they are into the text, housing signed."""
    settings.MEDIA_ROOT = tmp_path
    cache.clear()
    call_command("make_site", verbosity=0)
    with time_machine.travel(NOON, tick=False) as clock:
        made = Office(cast, clock)
        made.file({"content": CONTENT}, name=NAME, phone=PHONE, publish_consent="on")
        made.send_to("housing")
        made.act(cast.clerk, made.task("task_signature"))
        yield made


def browser(person):
    client = Client()
    client.force_login(person, backend="cases.people.signed_in.StaffBackend")
    return client


def pages_of(office):
    number = office.case.number
    drain(office.now)
    yield reverse("desk:case", args=[number])
    yield reverse("desk:case_sheet", args=[number])
    yield reverse("desk:notices")
    for words in ("路灯", NAME, "司徒"):
        yield f"{reverse('desk:search')}?q={words}"


def found_by(office, person, *more):
    pages = "".join(office.page(person, page) for page in (*pages_of(office), *more))
    for words in (NAME, "司徒"):  # what one asks for oneself stands in the box
        pages = pages.replace(f'value="{words}"', "").replace(f"“{words}”", "")
    return pages


def test_nobody_reads_it_on_any_page_and_the_citizen_reads_all(office):
    cast = office.cast
    people = [(cast.clerk, reverse("desk:worklist")), (cast.dispatcher,), (cast.operator,)]
    people += [(cast.reviewer, reverse("desk:reply_review")), (cast.supervisor,)]
    for person, *more in people:
        told = found_by(office, person, *more)
        assert "〔姓名〕" in told, person.username
        number = office.case.number
        page = office.page(person, reverse("desk:case", args=[number]))
        assert MADE in page.replace('<span class="standin">', "").replace("</span>", "")
        assert "司徒雀" not in page.replace("司＊雀", "")
        assert "1390 731 8990" not in page
    assert "人民路东段路灯从上周起整排不亮" in office.follow()


def test_the_search_does_not_find_by_the_name(office):
    drain(office.now)
    number = office.case.number
    for words in (NAME, "司徒", "我叫司徒雀"):
        assert number not in office.page(office.cast.clerk, f"{reverse('desk:search')}?q={words}")
    assert number in office.page(office.cast.clerk, f"{reverse('desk:search')}?q=路灯")


def test_the_original_opens_with_a_reason_and_leaves_a_trace(office):
    url = reverse("desk:case_original", args=[office.case.number])
    clerk = browser(office.cast.clerk)
    assert clerk.post(url, {"original-reason": ""}).status_code == 422
    assert not ViewLog.objects.exists()
    shown = clerk.post(url, {"original-reason": "核对投诉人原话"}).content.decode()
    assert "<mark>司徒雀</mark>" in shown
    assert "<mark>1390 731 8990</mark>" in shown
    look = ViewLog.objects.get()
    assert (look.user, look.fields, look.reason) == (
        office.cast.clerk,
        "original",
        "核对投诉人原话",
    )
    assert (
        browser(office.cast.other_clerk).post(url, {"original-reason": "好奇"}).status_code == 404
    )
    assert ViewLog.objects.count() == 1


def test_what_the_rule_missed_is_left_out_by_the_office(office):
    office.citizen.post(
        "/progress/", {"number": office.case.number, "code": office.case.query_code}
    )
    said = {"text": "隔壁卖豆腐的老孙头可以作证"}
    office.citizen.post(reverse("site:supplement", args=[office.case.number]), said)
    page = reverse("desk:case", args=[office.case.number])
    assert "老孙头" in office.page(office.cast.clerk, page)
    url = reverse("desk:case_handling", args=[office.case.number])
    office.act(office.cast.dispatcher, url, {"handling-hide": "老孙头"})
    assert "老孙头" not in office.page(office.cast.clerk, page)
    answer = browser(office.cast.dispatcher).post(url, {"handling-hide": "孙"})
    assert answer.status_code == 422
    assert "请照文中原样填写" in answer.content.decode()
    assert browser(office.cast.clerk).post(url, {"handling-keep": NAME}).status_code == 404


def test_the_reply_reaches_the_citizen_in_the_units_own_words(office):
    cast = office.cast
    office.act(
        cast.clerk, office.task("task_first_contact"), {"method": "phone", "note": "已联系司徒雀"}
    )
    office.act(cast.clerk, office.task("task_reply"), REPLY | {"public_reply": ANSWER}, hours=3)
    url = reverse("desk:case", args=[office.case.number])
    assert "司徒女士" not in office.page(cast.leader, url)
    office.act(cast.leader, office.task("task_send_back"), {"note": "写明加装数量"})
    assert "已电话告知司徒雀本人" in office.page(cast.clerk, url)  # their own words, to go on with
    office.act(cast.clerk, office.task("task_reply"), REPLY | {"public_reply": ANSWER}, hours=1)
    office.act(cast.leader, office.task("task_sign_off"))
    desk = office.page(cast.reviewer, f"{reverse('desk:reply_review')}?case={office.case.number}")
    assert "群众看到的答复含有本页已隐去的姓名或号码" in desk
    assert "司徒" not in desk.replace("司＊雀", "")
    shown = office.case.lead().public_reply
    approval = reverse("desk:reply_review_approval", args=[office.case.number])
    office.act(cast.reviewer, approval, {"public_reply": shown + "请您监督。", "note": ""})
    assert "已电话告知司徒雀本人。请您监督。" in office.follow()
    assert "司徒" not in office.case.answer_text
    for person in (cast.clerk, cast.supervisor):
        assert "司徒女士" not in office.page(person, url)


def test_a_reviewer_who_edits_in_a_browser_loses_no_name(office):
    cast = office.cast
    office.act(cast.clerk, office.task("task_first_contact"), {"method": "phone", "note": "联系"})
    told = f"{NAME}女士您好：\r\n{REPLY['public_reply']}\r\n已致电{NAME}{PHONE}告知。"
    office.act(cast.clerk, office.task("task_reply"), REPLY | {"public_reply": told}, hours=3)
    office.act(cast.leader, office.task("task_sign_off"))
    shown = office.case.lead().public_reply.replace("告知", "当面告知")
    approval = reverse("desk:reply_review_approval", args=[office.case.number])
    lost = {"public_reply": shown.replace("〔号码〕", ""), "note": ""}  # which name is which now?
    answer = browser(cast.reviewer).post(approval, lost)
    assert answer.status_code == 422
    assert "群众将看到〔姓名〕或〔号码〕" in answer.content.decode()
    office.act(cast.reviewer, approval, {"public_reply": shown, "note": ""})
    page = office.follow()
    assert f"{NAME}女士您好" in page
    assert f"已致电{NAME}{PHONE}当面告知" in page


def test_nobody_shows_again_who_brought_the_matter(office):
    url = reverse("desk:case_handling", args=[office.case.number])
    for word in (NAME, "司徒", "司徒女士", PHONE, "8990", "13907318990转1"):
        answer = browser(office.cast.dispatcher).post(url, {"handling-keep": word})
        assert answer.status_code == 422, word
        assert "一直隐去" in answer.content.decode()
    assert "司徒" not in office.case.content


def test_no_title_is_cut_through_a_name(cast):
    said = (
        "路灯不亮已经有一个多星期了，晚上摔了两个人了，" + "我叫司徒雀和我的家人都住在这里，请尽快"
    )
    case = wang_says(cast, content=said, title="", key="cut")
    assert "司" not in case.title


def test_a_title_is_made_of_the_beginning(office):
    assert office.case.title == "人民路东段路灯从上周起整排不亮"
