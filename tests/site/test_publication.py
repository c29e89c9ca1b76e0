"""Publication: consent, a de-identified copy, a second person; nothing else ever becomes public."""

import re

import pytest
from django.db import IntegrityError
from django.test import Client

from cases.errors import IllegalStep, NotPermitted, Refused
from cases.lifecycle.book import CASES
from cases.models import Case
from hotline.models import Publication
from hotline.publishing import publishing
from tests.cast import NOON
from tests.site.test_progress import CANARY, LATER, approved, replied

SAYS = "我是王桂芬，电话 138-0731-6217，住石桥路27号3栋2单元501室，车牌湘A12345，人民路路灯不亮。"
COPY = {"title": "人民路路灯", "letter": "人民路路灯不亮。", "reply": "已修复。"}
AFTER = NOON + 8 * LATER


def letter(cast, **said):
    about = (cast.water,) if said.get("demand_type") == "report" else ()
    return approved(cast, channel="magistrate", content=SAYS, respondents=about, **said)


def published(cast, **said):
    copy = publishing.draft(letter(cast, **said), **COPY, by=cast.reviewer, at=AFTER)
    return publishing.publish(copy, 1, by=cast.supervisor, at=AFTER + LATER)


def unmarked(answer):
    """The page without the marks around what was found."""
    return re.sub("</?mark>", "", answer.content.decode())


def as_(person):
    client = Client()
    client.force_login(person)
    return client


def test_the_whole_way_through_the_desk(pages, client):
    case = letter(pages)
    first, second = as_(pages.reviewer), as_(pages.supervisor)
    assert case.title in first.get("/desk/publication/?tab=candidates").content.decode()
    page = first.get(f"/desk/publication/cases/{case.number}/")
    proposed = page.context["form"].initial["letter"]
    for told in ("王桂芬", "6217", "27号", "501", "湘A12345"):
        assert told not in proposed
    assert "人民路路灯不亮" in proposed
    kept = first.post(
        f"/desk/publication/cases/{case.number}/",
        {"revision": 0, "title": "人民路路灯", "letter": proposed, "reply": "已修复。"},
    )
    assert kept.status_code == 303
    copy = Publication.objects.get()
    assert client.get(f"/answers/{copy.pk}/").status_code == 404
    own = first.post(f"/desk/publication/{copy.pk}/approval/", {"revision": 1})
    assert own.status_code == 422
    assert "另一个人核对" in own.content.decode()
    assert second.post(f"/desk/publication/{copy.pk}/approval/", {"revision": 1}).status_code == 303
    public = client.get(f"/answers/{copy.pk}/").content.decode()
    assert proposed.split("，")[-1] in public
    assert "县住建局" in public
    assert "当天答复" in public
    assert "人民路路灯" in client.get("/answers/").content.decode()
    kinds = list(Case.objects.get().events.values_list("kind", flat=True))
    assert kinds[-2:] == ["publication_drafted", "published"]
    assert [fault for _, fault in CASES.faults() if fault] == []


def test_nothing_of_the_case_leaks_on_public_pages(pages, client):
    copy = published(pages)
    for address in ("/", "/answers/", "/answers/?q=路灯", f"/answers/{copy.pk}/"):
        page = unmarked(client.get(address))
        assert "人民路路灯" in page
        secrets = [CANARY, "王桂芬", "6217", "湘A12345", copy.case.number, "周明", "赵敏", "陈立"]
        assert [secret for secret in secrets if secret in page] == []


def test_a_search_finds_only_what_is_public(pages, client):
    published(pages)
    assert "人民路路灯" in unmarked(client.get("/answers/?q=修复 路灯"))
    assert "人民路路灯" in unmarked(client.get("/answers/?q=人民路路燈"))
    for query in ("王桂芬", "6217", "湘A12345", CANARY, "%", "_", "'", "\x00" * 5 + "没有"):
        page = client.get("/answers/", {"q": query})
        assert page.status_code == 200
        assert "没有公开答复包含这些词" in page.content.decode()


def test_the_same_person_cannot_even_by_the_database(pages):
    copy = publishing.draft(letter(pages), **COPY, by=pages.reviewer, at=AFTER)
    with pytest.raises(Refused):
        publishing.publish(copy, 1, by=pages.reviewer, at=AFTER)
    with pytest.raises(IntegrityError):
        Publication.objects.filter(pk=copy.pk).update(state="published", checked_by=pages.reviewer)


def test_who_changed_it_last_is_not_its_checker(pages):
    copy = publishing.draft(letter(pages), **COPY, by=pages.reviewer, at=AFTER)
    copy = copy.revise(revision=1, **COPY | {"title": "改"}, by=pages.supervisor, at=AFTER)
    with pytest.raises(Refused):
        publishing.publish(copy, 2, by=pages.supervisor, at=AFTER)
    assert publishing.publish(copy, 2, by=pages.reviewer, at=AFTER).state == "published"


def test_what_was_not_seen_is_not_published(pages):
    copy = publishing.draft(letter(pages), **COPY, by=pages.reviewer, at=AFTER)
    copy.revise(revision=1, **COPY | {"title": "改"}, by=pages.reviewer, at=AFTER)
    with pytest.raises(IllegalStep):
        publishing.publish(copy, 1, by=pages.supervisor, at=AFTER)
    assert Publication.objects.get().state == "drafted"


def test_two_people_prepare_at_once_one_wins(pages):
    case = letter(pages)
    publishing.draft(case, **COPY, by=pages.reviewer, at=AFTER)
    with pytest.raises(IllegalStep):
        publishing.draft(case, **COPY, by=pages.supervisor, at=AFTER)
    assert Publication.objects.count() == 1


@pytest.mark.parametrize(
    "said",
    [
        {"publish_consent": False},
        {"secrecy": "confidential"},
        {"secrecy": "secret"},
        {"demand_type": "report"},
        {"is_test": True},
    ],
)
def test_what_may_not_be_published_is_no_candidate_and_refused(pages, said):
    case = letter(pages, **said)
    assert not publishing.candidates(pages.reviewer).exists()
    with pytest.raises(Refused):
        publishing.draft(case, **COPY, by=pages.reviewer, at=AFTER)
    page = as_(pages.reviewer).get(f"/desk/publication/cases/{case.number}/")
    assert page.status_code == 303
    assert not Publication.objects.exists()


def test_an_unapproved_reply_is_no_candidate(pages):
    case = replied(pages)
    assert not publishing.candidates(pages.reviewer).exists()
    with pytest.raises(Refused):
        publishing.draft(case, **COPY, by=pages.reviewer, at=AFTER)


@pytest.mark.parametrize(
    "left", ["王桂芬", "王 桂 芬", "13807316217", "138 0731 6217", "１３８０７３１６２１７"]
)
def test_a_name_or_number_left_over_is_refused(pages, left):
    with pytest.raises(Refused):
        publishing.draft(
            letter(pages), **COPY | {"letter": f"来信人{left}"}, by=pages.reviewer, at=AFTER
        )


def test_withdrawn_is_gone_and_may_be_prepared_again(pages, client):
    copy = published(pages)
    with pytest.raises(Refused):
        publishing.withdraw(copy, reason=" ", by=pages.reviewer, at=AFTER)
    desk = as_(pages.reviewer)
    answer = desk.post(f"/desk/publication/{copy.pk}/withdrawal/", {"reason": "来信人要求"})
    assert answer.status_code == 303
    assert client.get(f"/answers/{copy.pk}/").status_code == 404
    assert "人民路路灯" not in client.get("/answers/").content.decode()
    event = copy.case.events.get(kind="withdrawn_publication")
    assert event.payload["reason"] == "来信人要求"
    assert publishing.candidates(pages.reviewer).get() == copy.case


def test_only_reviewers_and_supervisors(pages):
    copy = publishing.draft(letter(pages), **COPY, by=pages.reviewer, at=AFTER)
    for person in (pages.operator, pages.clerk, pages.leader, pages.agent, pages.sysadmin):
        with pytest.raises(NotPermitted):
            publishing.publish(copy, 1, by=person, at=AFTER)
        desk = as_(person)
        assert desk.get("/desk/publication/").status_code == 404
        assert desk.get(f"/desk/publication/{copy.pk}/").status_code == 404
        assert desk.post(f"/desk/publication/{copy.pk}/approval/").status_code == 404
        assert desk.post(f"/desk/publication/{copy.pk}/withdrawal/").status_code == 404
    assert Publication.objects.get().state == "drafted"


def test_the_public_page_knows_no_other_number(pages, client):
    published(pages)
    for address in ("/answers/0/", "/answers/999999999999999999999999/", "/answers/x/"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_ask_the_same_however_long(pages, client, rows, django_assert_max_num_queries):
    for n in range(rows):
        case = approved(pages, key=f"form-{n}", content=f"第{n}件事情，路灯不亮了。")
        copy = publishing.draft(case, **COPY, by=pages.reviewer, at=AFTER)
        publishing.publish(copy, 1, by=pages.supervisor, at=AFTER)
        approved(pages, key=f"other-{n}", content=f"另{n}件事情，路灯不亮了。")
    client.get("/answers/")
    with django_assert_max_num_queries(9):
        assert client.get("/answers/").content.decode().count('class="bit"') == rows
    desk = as_(pages.reviewer)
    for tab in ("candidates", "published"):
        with django_assert_max_num_queries(18):
            desk.get(f"/desk/publication/?tab={tab}")
