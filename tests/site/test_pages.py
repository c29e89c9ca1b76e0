"""The site as a whole: made once, no dead link, both languages, light, nothing inline."""

import re
from html.parser import HTMLParser

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, Site

from cases.models import Case
from hotline.models import ContentPage, HomePage, MailboxPage
from hotline.publishing import publishing
from tests.cast import NOON
from tests.site.conftest import sent, to_contact
from tests.site.test_publication import AFTER, COPY, letter

HAN = re.compile(r"[\u4e00-\u9fff]")
PUBLIC = [
    "/",
    "/file/",
    "/progress/",
    "/mailbox/",
    "/mailbox/mayor/",
    "/mailbox/magistrate/",
    "/answers/",
    "/search/",
    "/guides/",
    "/guides/privacy/",
    "/guides/accessibility/",
    "/guides/how-to-tell-us/",
    "/notices/",
]


class Links(HTMLParser):
    """Collects where a page leads and what of it is written in Chinese."""

    def __init__(self):
        super().__init__()
        self.found, self.chinese, self.inline, self.inside = set(), [], [], []

    def handle_starttag(self, tag, attrs):  # noqa: D102
        attrs = dict(attrs)
        if tag == "a":
            self.found.add(attrs.get("href", ""))
        if "style" in attrs or any(name.startswith("on") for name in attrs):
            self.inline.append(self.get_starttag_text())
        if tag == "style" or (tag == "script" and "src" not in attrs):
            self.inline.append(self.get_starttag_text())
        if tag not in {"input", "meta", "link", "br", "img", "hr", "use", "path", "circle"}:
            self.inside.append(attrs.get("lang", "").lower().startswith("zh"))

    def handle_endtag(self, tag):  # noqa: D102
        if self.inside:
            self.inside.pop()

    def handle_data(self, data):  # noqa: D102
        if HAN.search(data) and not any(self.inside[1:]):
            self.chinese.append(data.strip())


def read(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    links = Links()
    links.feed(answer.content.decode())
    return answer, links


def test_made_once_and_then_the_editors_own(pages):
    before = Page.objects.count()
    MailboxPage.objects.get(channel="mayor").unpublish()
    page = ContentPage.objects.get(slug="privacy")
    page.title = "改过的标题"
    page.save()
    call_command("make_site", verbosity=0)
    assert Page.objects.count() == before
    assert ContentPage.objects.get(slug="privacy").title == "改过的标题"
    assert not MailboxPage.objects.get(channel="mayor").live
    assert Site.objects.get().root_page_id == HomePage.objects.get().pk
    assert not Page.objects.filter(title__startswith="Welcome").exists()


def test_every_link_leads_somewhere(pages, client):
    seen, waiting = set(), ["/"]
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        _, links = read(client, address)
        inner = {link.split("#")[0] for link in links.found if link.startswith("/")}
        waiting += sorted(inner - seen - {""})
    assert set(PUBLIC) - {"/notices/", "/search/"} <= seen  # the search is a form, not a link


@pytest.mark.parametrize("address", PUBLIC)
def test_light_and_nothing_inline(pages, client, address):
    answer, links = read(client, address)
    assert links.inline == []
    assert len(answer.content) < 40_000
    assert "script-src 'self'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("address", PUBLIC)
def test_english_is_complete(pages, client, address):
    client.cookies["django_language"] = "en"
    _, links = read(client, address)
    places = {"石桥镇", "中文"}
    assert [said for said in links.chinese if said not in places] == []


def test_english_form_from_end_to_end(pages, client):
    client.cookies["django_language"] = "en"
    address = to_contact(client)
    for step in ("kind", "matter", "contact"):
        _, links = read(client, address.replace("contact", step))
        mine = ("石桥镇", "中文", "人民路", "尽快")
        assert [said for said in links.chinese if not said.startswith(mine)] == []
    case = sent(client)
    for page in (f"/receipts/{case.number}/", f"/progress/{case.number}/"):
        _, links = read(client, page)
        assert [s for s in links.chinese if not s.startswith(("人民路", "中文"))] == []


def test_front_page_shows_last_months_figures_with_both_numbers(pages, client, monkeypatch):
    Case.objects.all().delete()
    letter(pages)
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON + timezone.timedelta(days=20))
    page = client.get("/").content.decode()
    assert "2026年11月办得怎么样" in page
    assert re.search(r"100\.0%</b> <span class=\"n muted\">1 / 1", page)
    assert "还没有可统计的件" in page  # nobody has rated: no 0 %, no 100 %


def test_an_empty_office_shows_no_blank_column(pages, client):
    page = client.get("/").content.decode()
    assert "办得怎么样" not in page
    assert "还没有公开的答复" in page


def test_front_page_asks_little_of_the_database(pages, client, django_assert_max_num_queries):
    copy = publishing.draft(letter(pages), **COPY, by=pages.reviewer, at=AFTER)
    publishing.publish(copy, 1, by=pages.supervisor, at=AFTER)
    client.get("/")
    with django_assert_max_num_queries(14):
        client.get("/")


def test_a_notice_appears_on_the_front_page(pages, client):
    folder = ContentPage.objects.get(slug="notices")
    notice = ContentPage(title="停电通知", slug="power", body="<p>周六停电。</p>")
    folder.add_child(instance=notice)
    notice.save_revision().publish()
    assert "停电通知" in client.get("/").content.decode()
    assert "周六停电" in client.get("/notices/power/").content.decode()


def test_pages_do_not_set_cookies_on_readers(pages):
    answer = Client().get("/answers/")
    assert "sessionid" not in answer.cookies
