"""Words sent again from an outage's page come back when the log-in was lost meanwhile, and to nobody else."""

import re

import pytest

from tests.config.test_outage import FOREVER, STORY, form, posted
from tests.config.test_pages import text

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.config.outages")]
OWN = {"HTTP_ORIGIN": "http://testserver"}


def sent_again(fails, visitor, cast):
    """What a page of an outage holds for somebody who was logged in, ready to be sent."""
    visitor.force_login(cast.operator)
    fails(FOREVER)
    page = text(visitor.post("/away/", form(content=STORY, phone="13907317766", act="send")))
    fails(0)
    return posted(page)


def test_words_sent_again_after_the_log_in_was_lost_come_back(fails, visitor, cast):
    again = sent_again(fails, visitor, cast)
    visitor.logout()
    visitor.cookies["csrftoken"] = "b" * 32
    answer = visitor.post("/staff/", again, **OWN)
    page = text(answer)
    assert answer.status_code == 403
    assert "您的登录已失效" in page
    assert "夜里看不见路" in page
    assert "13907317766" in page
    assert 'href="/login/" target="_blank"' in page
    assert "no-store" in answer["Cache-Control"]
    visitor.force_login(cast.operator)
    assert visitor.post("/staff/", posted(page), **OWN).status_code == 200


def test_words_sent_again_with_a_token_of_before_come_back_with_a_name(fails, visitor, cast):
    again = sent_again(fails, visitor, cast)
    visitor.force_login(cast.dispatcher)
    visitor.cookies["csrftoken"] = "c" * 32  # whoever logs in gets a new one
    answer = visitor.post("/staff/", again, **OWN)
    page = text(answer)
    assert answer.status_code == 403
    assert f"以{cast.dispatcher.name}的名义" in page
    assert "夜里看不见路" in page
    assert visitor.post("/staff/", posted(page), **OWN).status_code == 200


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", None])
def test_another_site_cannot_have_its_words_in_a_form_of_ours(visitor, cast, origin):
    visitor.force_login(cast.operator)
    headers = {"HTTP_ORIGIN": origin} if origin else {}
    answer = visitor.post("/staff/", {"_again": "1", "content": STORY}, **headers)
    assert answer.status_code == 403
    assert "夜里看不见路" not in text(answer)


def test_numbers_are_shown_with_their_names_and_stamps_are_not(fails, visitor):
    fails(FOREVER)
    page = text(visitor.post("/away/", form(phone="13907317766", stamp="x1" * 40, act="send")))
    assert "<span>电话</span>" in page
    assert re.search(r"<textarea[^>]*>\n13907317766", page)
    assert not re.search(r"<textarea[^>]*>\nx1x1", page)
    assert not re.search(r"<textarea[^>]*>\nsend", page)


def test_beside_a_password_everything_else_is_shown_and_the_way_back_is_the_form(fails, visitor):
    fails(FOREVER)
    answer = visitor.post(
        "/away/",
        form(username="newone", staff_number="S-77", password="青溪 qingxi-secret"),
        HTTP_REFERER="http://testserver/desk/settings/accounts/new/?x=1",
    )
    page = text(answer)
    assert "newone" in page
    assert "S-77" in page
    assert 'href="/desk/settings/accounts/new/?x=1"' in page
