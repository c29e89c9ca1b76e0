"""The public form: three steps on the server, nothing lost going back, one case whatever comes twice."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cases.models import Case, Event, IntakeKey
from hotline.channels.web import filing as filings
from hotline.models import Filing
from tests.site.conftest import CONTACT, MATTER, sent, to_contact, to_matter


def test_three_steps_make_a_case_with_a_receipt(pages, client):
    case = sent(client)
    assert (case.channel, case.state, case.demand_type) == ("web", "submitted", "help")
    assert (case.content, case.request) == (MATTER["content"], MATTER["request"])
    assert (case.region, case.address) == (pages.place, "人民路东段")
    assert (case.petitioner.name, case.petitioner.phone) == ("王桂芬", "13807316217")
    assert case.publish_consent
    assert not case.is_anonymous
    assert [e.kind for e in case.events.all()] == ["registered"]
    page = client.get(f"/receipts/{case.number}/").content.decode()
    code = case.query_code
    assert f"{code[:3]} {code[3:6]} {code[6:]}" in page


def test_the_receipt_is_for_the_sender_only(pages, client):
    case = sent(client)
    answer = Client().get(f"/receipts/{case.number}/")
    assert (answer.status_code, answer["Location"]) == (302, "/progress/")


def test_sent_twice_is_one_case(pages, client):
    address = to_contact(client)
    first, second = client.post(address, CONTACT), client.post(address, CONTACT)
    assert first["Location"] == second["Location"]
    assert Case.objects.count() == 1
    assert Event.objects.count() == 1


def test_back_and_sent_again_with_other_words_is_one_case(pages, client):
    address = to_contact(client)
    first = client.post(address, CONTACT)
    matter = client.post(address.replace("contact", "matter"), MATTER | {"content": "别的事情" * 5})
    again = client.post(address, {**CONTACT, "name": "别人"})
    assert {answer["Location"] for answer in (first, matter, again)} == {first["Location"]}
    assert Case.objects.get().content == MATTER["content"]


def test_two_servers_at_once_make_one_case(pages, client):
    to_contact(client)
    filing = Filing.objects.get()
    filing.keep({"name": "王桂芬", "phone": "13807316217"})
    stale = Filing.objects.get()
    now = timezone.now()
    assert filings.send(filing, now) == filings.send(stale, now + timedelta(seconds=1))
    assert Case.objects.count() == 1


def test_a_machine_stopped_between_case_and_files_is_made_good(pages, client):
    address = to_contact(client)
    filing = Filing.objects.get()
    filing.keep({"name": "王桂芬", "phone": "13807316217"})
    case = filings.send(filing, timezone.now())
    Filing.objects.update(case=None, fields_sealed=stale_fields(filing))
    answer = client.post(address, CONTACT | {"name": "王桂芳"})  # other content than the first
    assert answer["Location"] == f"/receipts/{case.number}/"
    assert (Case.objects.count(), IntakeKey.objects.count()) == (1, 1)


def stale_fields(filing):
    return filing.fields_sealed


def test_going_back_keeps_everything(pages, client):
    address = to_contact(client)
    back = client.post(address, {"act": "back", "name": "王桂芬", "phone": "138"})
    assert back["Location"] == address.replace("contact", "matter")
    page = client.get(back["Location"]).content.decode()
    assert MATTER["content"] in page
    further = client.post(back["Location"], MATTER | {"act": "back", "address": "改在西段"})
    assert further["Location"].endswith("/kind/")
    kinds = client.get(further["Location"]).content.decode()
    assert re.search(r'name="demand_type" value="help"[^>]*checked', kinds)
    forth = client.post(further["Location"], {"danger": "no", "demand_type": "complaint"})
    assert "改在西段" in client.get(forth["Location"]).content.decode()
    assert 'value="王桂芬"' in client.get(address).content.decode()


def test_danger_diverts_to_the_telephone_and_keeps_nothing(pages, client):
    answer = client.post("/file/", {"danger": "yes", "demand_type": "help"})
    page = answer.content.decode()
    assert all(f'href="tel:{number}"' in page for number in (110, 119, 120))
    assert not Filing.objects.exists()


def test_another_browser_cannot_open_the_form(pages, client):
    address = to_contact(client)
    for step in ("kind", "matter", "contact"):
        other = Client().get(address.replace("contact", step))
        assert (other.status_code, other["Location"]) == (303, "/file/")


def test_anonymous_keeps_neither_name_nor_number(pages, client):
    case = sent(client, is_anonymous="on")
    assert case.is_anonymous
    assert case.petitioner is None
    assert "王桂芬" not in str(Filing.objects.get().fields)


def test_confidential_and_report_and_consent_are_apart(pages, client):
    case = sent(client, is_confidential="on", publish_consent="")
    assert (case.secrecy, case.publish_consent) == ("confidential", False)
    address = to_matter(client, "report")
    matter = MATTER | {"respondent": "人民路的小店", "act": "next"}
    address = client.post(address, matter)["Location"]
    Filing.objects.update(created_at=timezone.now() - timedelta(minutes=1))
    client.post(address, CONTACT | {"is_confidential": "on"})
    assert Case.objects.get(demand_type="report").secrecy == "secret"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"content": ""}, "请写明发生了什么"),
        ({"content": "太短"}, "请再写具体一点"),
        ({"content": "很长" * 1500}, "超过 2,000 字"),
        ({"region": ""}, "请选择事情发生在哪个乡镇"),
        ({"region": "999999"}, "请从列表里选择乡镇"),
        ({"content": "路灯不亮\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd"}, "有些字无法识别"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(pages, client, said, told):
    address = to_matter(client)
    answer = client.post(address, MATTER | {"act": "next", "address": "老街口"} | said)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in page
    assert 'value="老街口"' in page
    assert re.search(r'role="alert" tabindex="-1" autofocus', page)
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"name": ""}, "请写明怎么称呼您"),
        ({"phone": ""}, "请留一个能联系上的电话"),
        ({"phone": "12"}, "电话号码不完整"),
        ({"phone": "電話"}, "电话号码不完整"),
        ({"website": "http://x"}, "像是程序自动填写"),
    ],
)
def test_contact_errors(pages, client, said, told):
    answer = client.post(to_contact(client), CONTACT | said)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Case.objects.exists()


def test_errors_are_linked_to_their_fields(pages, client):
    page = client.post(to_matter(client), MATTER | {"act": "next", "region": ""}).content.decode()
    select = re.search(r"<select[^>]*id=\"id_region\"[^>]*>", page).group()
    assert 'aria-describedby="id_region_error"' in select
    assert 'aria-invalid="true"' in select
    assert '<a href="#id_region">' in page


def test_a_program_that_is_too_quick_is_asked_to_read_again(pages, client):
    address = to_contact(client)
    Filing.objects.update(created_at=timezone.now())
    answer = client.post(address, CONTACT)
    assert answer.status_code == 422
    assert not Case.objects.exists()


def test_hostile_words_stay_words(pages, client):
    words = '<script>alert(1)</script>"><img src=x onerror=alert(1)> {{ 7*7 }}'
    case = sent(client, name=words[:40])
    assert case.petitioner.name == words[:40]
    address = to_contact(client, content=words, address=words)
    page = client.get(address).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_nul_wrong_encoding_and_broken_bodies_change_nothing(pages, client):
    address = to_matter(client)
    for content in (
        "路灯\x00不亮不亮不亮不亮",
        b"\xb5\xc6\xb2\xbb\xc1\xc1\xb5\xc6\xb2\xbb\xc1\xc1",
    ):
        answer = client.post(address, MATTER | {"act": "next", "content": content})
        assert answer.status_code == 422
    broken = client.post(address, b"--x\r\nnothing", content_type="multipart/form-data; boundary=x")
    assert broken.status_code in {400, 422}
    for act in ("remove-", "remove-99999999999999999999", "remove-x", "nonsense"):
        assert client.post(address, MATTER | {"act": act}).status_code == 303
    assert not Case.objects.exists()


def test_too_large_a_body_is_not_read(pages, client):
    answer = client.post(
        to_matter(client), b"", content_type="text/plain", CONTENT_LENGTH=str(10 * 2**30)
    )
    assert answer.status_code == 413


def test_csrf_is_checked(pages):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/file/", {"danger": "no", "demand_type": "help"}).status_code == 403
    assert not Filing.objects.exists()


def test_too_many_forms_from_one_address(pages, client):
    said = {"danger": "no", "demand_type": "help"}
    codes = [Client().post("/file/", said).status_code for _ in range(41)]
    assert codes == [303] * 40 + [429]
    other = Client(REMOTE_ADDR="10.9.8.7")
    assert other.post("/file/", said).status_code == 303


def test_forms_left_lying_are_cleared(pages, client):
    to_contact(client)
    old = Filing.objects.get()
    later = timezone.now() + timedelta(hours=25)
    filings.begin("web", {}, later)
    assert not Filing.objects.filter(pk=old.pk).exists()


def test_what_was_typed_is_sealed_and_forgotten_after_sending(pages, client):
    address = to_contact(client)
    client.post(address, {"act": "back", "name": "王桂芬"})
    kept = Filing.objects.get()
    assert "王桂芬" not in kept.fields_sealed
    client.post(address, CONTACT)
    assert Filing.objects.get().fields_sealed == ""


def test_personal_pages_are_not_stored(pages, client):
    case = sent(client)
    for address in ("/file/", f"/receipts/{case.number}/", f"/progress/{case.number}/"):
        assert "no-store" in client.get(address)["Cache-Control"]


def test_a_form_sent_again_after_its_answer_was_lost_leads_to_the_receipt(pages, client):
    """The browser has only the cookies from before: the answer that was lost took nothing along."""
    address = to_contact(client)
    before = {name: morsel.value for name, morsel in client.cookies.items()}
    client.post(address, CONTACT)
    case = Case.objects.get()
    again = Client()
    again.cookies.load(before)
    answer = again.post(address, CONTACT)
    assert answer["Location"] == f"/receipts/{case.number}/"
    page = again.get(answer["Location"]).content.decode()
    assert case.number in page.replace(" ", "")
    assert Case.objects.count() == 1


def test_a_form_sent_again_after_a_death_before_the_answer_leads_to_the_receipt(pages, client):
    """The case was kept; the process died before it could note that this browser may see it."""
    address = to_contact(client)
    filing = Filing.objects.get()
    filing.keep({"name": "王桂芬", "phone": "13807316217"})
    case = filings.send(filing, timezone.now())
    answer = client.post(address, CONTACT)
    assert client.get(answer["Location"]).status_code == 200
    assert answer["Location"] == f"/receipts/{case.number}/"


def test_a_form_that_is_begun_gives_the_session_a_new_name(pages, client):
    client.get("/file/")
    session = client.session
    session["planted"] = "by somebody"
    session.save()
    client.cookies["sessionid"] = session.session_key
    to_matter(client)
    assert client.cookies["sessionid"].value != session.session_key
