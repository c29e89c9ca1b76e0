"""The mailboxes: a letter per addressee, with a real name, through the same intake."""

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from cases.models import Case
from hotline.channels.forms import guards
from hotline.models import MailboxPage

LETTER = {
    "title": "盼和平巷装上路灯",
    "demand_type": "suggestion",
    "content": "和平巷晚上很暗，学生下晚自习看不见路，建议装几盏路灯。",
    "region": "430329101",
    "name": "王桂芬",
    "phone": "13807316217",
    "publish_consent": "on",
}


def stamp(minutes=2, sheet=1):
    return guards.new_stamp(f"sheet-{sheet}", timezone.now() - timezone.timedelta(minutes=minutes))


@pytest.mark.parametrize("box", ["mayor", "magistrate"])
def test_a_letter_becomes_a_case_of_its_box(pages, client, box):
    answer = client.post(f"/mailbox/{box}/", LETTER | {"stamp": stamp()})
    case = Case.objects.get()
    assert answer["Location"] == f"/receipts/{case.number}/"
    assert (case.channel, case.title, case.state) == (box, LETTER["title"], "submitted")
    assert (case.publish_consent, case.is_anonymous, case.region) == (True, False, pages.place)
    assert case.petitioner.name == "王桂芬"
    assert client.get(answer["Location"]).status_code == 200


def test_the_sheet_names_the_addressee_and_the_promise(pages, client):
    page = client.get("/mailbox/magistrate/").content.decode()
    assert "县长：" in page
    assert "7 个工作日" in page
    assert 'maxlength="2000"' in page


def test_sent_twice_is_one_letter(pages, client):
    said = LETTER | {"stamp": stamp()}
    first, second = client.post("/mailbox/mayor/", said), client.post("/mailbox/mayor/", said)
    assert first["Location"] == second["Location"]
    assert Case.objects.count() == 1


def test_another_letter_on_the_same_sheet_is_refused(pages, client):
    said = LETTER | {"stamp": stamp()}
    client.post("/mailbox/mayor/", said)
    assert client.post("/mailbox/mayor/", said | {"content": "换了一封信" * 3}).status_code == 409
    assert Case.objects.get().content == LETTER["content"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"title": "长" * 41},
        {"content": ""},
        {"content": "长" * 2001},
        {"name": ""},
        {"phone": ""},
        {"phone": "123"},
        {"demand_type": "other"},
        {"website": "spam"},
        {"content": "看不见的字\x00看不见的字"},
    ],
)
def test_what_is_missing_is_said_and_the_letter_kept(pages, client, wrong):
    answer = client.post("/mailbox/mayor/", LETTER | {"stamp": stamp()} | wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "您写的内容都还在" in page
    kept = "content" if "content" not in wrong else "title"
    assert LETTER[kept] in page
    assert not Case.objects.exists()


@pytest.mark.parametrize("sent", ["", "forged", None])
def test_a_sheet_that_is_too_old_or_not_ours_gets_a_new_stamp(pages, client, sent):
    old = stamp(minutes=60 * 25) if sent is None else sent
    answer = client.post("/mailbox/mayor/", LETTER | {"stamp": old})
    assert answer.status_code == 422
    fresh = answer.context["form"]["stamp"].value()
    assert guards.read_stamp(fresh, timezone.now()) is not None
    assert not Case.objects.exists()


def test_too_quick_is_asked_to_read_again(pages, client):
    answer = client.post("/mailbox/mayor/", LETTER | {"stamp": stamp(minutes=0)})
    assert answer.status_code == 422
    assert not Case.objects.exists()


def test_a_box_that_is_closed_or_unknown_is_not_there(pages, client):
    MailboxPage.objects.get(channel="mayor").unpublish()
    assert client.get("/mailbox/mayor/").status_code == 404
    assert client.get("/mailbox/secretary/").status_code == 404
    page = client.get("/mailbox/").content.decode()
    assert "市长信箱" not in page
    assert "县长信箱" in page


def test_too_many_letters_from_one_address(pages):
    codes = [
        Client().post("/mailbox/mayor/", LETTER | {"stamp": stamp(sheet=n)}).status_code
        for n in range(11)
    ]
    assert codes == [303] * 10 + [429]
    assert Case.objects.count() == 10


def test_an_editor_may_move_a_box_and_its_form_goes_along(pages, client):
    page = MailboxPage.objects.get(channel="mayor")
    page.slug = "the-mayor"
    page.save_revision().publish()
    assert (
        Page.objects.get(pk=page.pk).specific.serve(client.get("/").wsgi_request).status_code == 200
    )
