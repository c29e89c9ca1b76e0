"""The public search page: guides beside letters, kept by caches, calm under load, both languages."""

import re

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.test import Client
from wagtail.models import PageViewRestriction

from hotline.models import ContentPage
from hotline.publishing import publishing
from hotline.site.search import find
from search.public import upkeep
from search.public.finding import find_public
from tests.cast import NOON
from tests.site.test_progress import LATER, approved
from tests.site.test_publication import AFTER, published, unmarked


@pytest.fixture
def site(pages):
    """The first pages, indexed by the worker, and one published letter."""
    caches["process"].clear()
    pages.copy = published(pages)
    upkeep.serve()
    return pages


def guide(slug="how-to-tell-us"):
    return ContentPage.objects.get(slug=slug)


def test_guides_are_found_beside_letters(site, client):
    page = unmarked(client.get("/search/?q=查询码"))
    assert "怎样反映问题" in page
    assert "/guides/how-to-tell-us/" in page
    assert "人民路路灯" in unmarked(client.get("/search/?q=路灯"))
    assert "怎样反映问题" not in unmarked(client.get("/answers/?q=查询码"))
    assert "/search/?q=" in client.get("/answers/?q=查询码").content.decode()


def test_an_editors_change_is_followed(site, client):
    page = guide()
    page.body = "<p>新修订的<b>龙舟</b>赛事指南</p>"
    page.save_revision().publish()
    upkeep.serve()
    assert find_public("龙舟赛事").total == 1
    page.unpublish()
    assert find_public("龙舟赛事").total == 0  # before the worker comes
    upkeep.serve()
    page.save_revision().publish()
    upkeep.serve()
    assert find_public("龙舟赛事").total == 1
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert find_public("龙舟赛事").total == 0
    PageViewRestriction.objects.all().delete()
    page.delete()
    assert find_public("龙舟赛事").total == 0


def test_a_draft_of_a_page_is_not_public(site):
    page = guide()
    page.body = "<p>未发布的龙舟</p>"
    page.save_revision()
    upkeep.serve()
    assert find_public("龙舟").total == 0


def test_a_page_of_another_language_is_found_by_its_words(site, client):
    assert find_public("wrongdoing").total >= 1
    client.cookies["django_language"] = "en"
    answer = client.get("/search/?q=wrongdoing")
    page = answer.content.decode()
    assert "How your data are protected" in page
    assert "found" in page
    assert answer["Content-Language"] == "en"


def test_readers_get_no_cookie_and_caches_may_keep_it(site, client):
    answer = client.get("/search/?q=路灯")
    assert answer.status_code == 200
    assert not answer.cookies
    assert answer["Cache-Control"] == "public, max-age=30"
    assert answer["Vary"] == "Cookie"
    assert "nonce" not in answer.content.decode()
    assert "csrf" not in answer.content.decode()
    again = client.get("/search/?q=路灯", headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get("/search/?q=修复", headers={"If-None-Match": answer["ETag"]})
    assert other.status_code == 200
    client.cookies["django_language"] = "en"
    english = client.get("/search/?q=路灯")
    assert english["ETag"] != answer["ETag"]


def test_a_withdrawn_letter_changes_the_page(site, client):
    answer = client.get("/search/?q=路灯")
    publishing.withdraw(site.copy, reason="本人要求", by=site.supervisor, at=AFTER + 2 * LATER)
    again = client.get("/search/?q=路灯", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 200
    assert "没有公开答复包含这些词" in again.content.decode()


def test_nobody_keeps_the_page_of_who_is_signed_in(site):
    staff = Client()
    staff.force_login(site.operator)
    answer = staff.get("/search/?q=路灯")
    assert answer["Cache-Control"] == "private, no-cache, no-store"
    assert not answer.has_header("ETag")


def test_heavy_use_is_slowed_down(site, client, monkeypatch):
    monkeypatch.setattr(find, "TRIES", 2)
    monkeypatch.setattr(find.timezone, "now", lambda: NOON)
    answers = [client.get("/search/?q=路灯") for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert answers[-1]["Retry-After"] == "60"
    assert "等一分钟" in answers[-1].content.decode()
    assert client.get("/search/", REMOTE_ADDR="10.0.0.9").status_code == 200


def test_what_was_typed_and_chosen_is_kept(site, client):
    page = client.get('/search/?q="路灯 <b>&channel=magistrate&sort=relevance').content.decode()
    assert 'value="&quot;路灯 &lt;b&gt;"' in page
    assert re.search(r'value="magistrate" selected', page)
    assert 'name="sort" value="relevance"' in page


def test_nothing_found_helps(site, client):
    page = client.get("/search/?q=路灯 火星").content.decode()
    assert "只查“路灯”" in page
    assert "/file/" in page
    page = client.get("/search/?q=路灯&channel=phone").content.decode()
    assert "不限“来信渠道”" in page


def test_pages_are_turned(site, client, monkeypatch):
    monkeypatch.setattr("search.public.finding.PAGE", 2)
    for n in range(3):
        case = approved(site, key=f"more-{n}", content=f"第{n}件事情，路灯不亮了。")
        said = {"title": f"第{n}件", "letter": "路灯。", "reply": "好。"}
        copy = publishing.draft(case, **said, by=site.reviewer, at=AFTER)
        publishing.publish(copy, 1, by=site.supervisor, at=AFTER)
    shown = []
    address = "/search/?q=路灯"
    for _ in range(2):
        answer = client.get(address)
        shown += re.findall(r'href="/answers/(\d+)/"', answer.content.decode())
        following = re.search(r'rel="next" href="([^"]+)"', answer.content.decode())
        address = "/search/" + following[1].replace("&amp;", "&") if following else ""
    assert len(set(shown)) == 4
    assert not address


@pytest.mark.parametrize(
    "query",
    [
        "page=0",
        "page=-1",
        "page=x",
        "page=99999999999",
        "channel=x",
        "when=2026-99",
        "kind='",
        "sort=x",
        "unit=%00",
        "q=%00",
        "category=' OR 1=1",
        "q=" + "路" * 3000,
        "q=%ff%fe",
        "when=0000",
    ],
)
def test_hostile_addresses_are_answered(site, client, query):
    assert client.get(f"/search/?{query}").status_code == 200


def test_the_commands_cover_the_public_index(site, capsys):
    from search.public.entries import PublicEntry

    PublicEntry.objects.all().delete()
    with pytest.raises(Exception, match="drifted"):
        call_command("check_index")
    call_command("rebuild_index")
    call_command("check_index")
    assert find_public("路灯").total == 1
