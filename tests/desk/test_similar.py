"""Closed cases like one: beside its page by script, on a page of their own without, within sight."""

import pytest
from django.urls import reverse
from django.utils.translation import gettext

from cases.models import Case
from search.indexing.upkeep import refresh
from tests.cast import NOON
from tests.desk.stages import LATER, contacted, replied


@pytest.fixture
def alike(cast):
    """An open case, and a closed one of the same matter."""
    old = replied(cast, key="a", content="人民路路灯不亮，夜里很黑", title="以前的路灯")
    old.approve_reply(by=cast.reviewer, at=NOON + 6 * LATER)
    Case.objects.filter(pk=old.pk).update(state="closed", closed_at=NOON + 7 * LATER)
    new = contacted(cast, key="b", content="人民路路灯又不亮了", title="现在的路灯")
    refresh([old.pk, new.pk])
    return new, old


def test_the_case_page_fetches_them_and_has_a_link(alike, cast, browser):
    new, _old = alike
    url = reverse("desk:case_similar", args=[new.number])
    page = browser(cast.clerk).get(reverse("desk:case", args=[new.number])).content.decode()
    assert f'hx-get="{url}"' in page
    assert f'href="{url}"' in page
    assert "以前的路灯" not in page


def test_the_panel_is_a_part_and_without_script_a_page(alike, cast, browser):
    new, old = alike
    url, clerk = reverse("desk:case_similar", args=[new.number]), browser(cast.clerk)
    panel = clerk.get(url, headers={"HX-Request": "true"})
    assert "<html" not in panel.content.decode()
    assert reverse("desk:case", args=[old.number]) in panel.content.decode()
    page = clerk.get(url)
    assert "<html" in page.content.decode()
    assert "以前的路灯" in page.content.decode()
    assert "HX-Request" in page.headers["Vary"]


def test_nothing_alike_is_said_on_the_page_and_the_panel_goes(cast, browser):
    case = contacted(cast)
    url, clerk = reverse("desk:case_similar", args=[case.number]), browser(cast.clerk)
    assert clerk.get(url, headers={"HX-Request": "true"}).content.strip() == b""
    words = gettext("No case that you may see is like this one.")
    assert words in clerk.get(url).content.decode()


def test_only_what_the_person_may_see(alike, cast, browser):
    new, old = alike
    url = reverse("desk:case_similar", args=[new.number])
    assert browser(cast.dispatcher).get(url).context["similar"][0].case == old
    old.assignments.update(unit=cast.town)
    assert browser(cast.clerk).get(url).context["similar"] == []
    new.assignments.update(unit=cast.town)
    assert browser(cast.clerk).get(url).status_code == 404


@pytest.mark.parametrize("kept", ["new", "old"])
def test_a_unit_is_not_told_that_a_confidential_case_is_alike(alike, cast, browser, kept):
    """The other one may name its citizen."""
    new, old = alike
    url, clerk = reverse("desk:case_similar", args=[new.number]), browser(cast.clerk)
    assert clerk.get(url).context["similar"][0].case == old
    Case.objects.filter(pk=(new if kept == "new" else old).pk).update(secrecy="confidential")
    assert clerk.get(url).context["similar"] == []
    assert browser(cast.dispatcher).get(url).context["similar"][0].case == old


def test_more_alike_cost_no_more_queries(alike, cast, browser, django_assert_num_queries):
    new, _old = alike
    url, clerk = reverse("desk:case_similar", args=[new.number]), browser(cast.clerk)
    clerk.get(url)
    with django_assert_num_queries(60, exact=False) as one:
        clerk.get(url)
    for key in ("c", "d"):
        more = replied(cast, key=key, content=f"人民路路灯不亮{key}，夜里很黑", title="以前的路灯")
        more.approve_reply(by=cast.reviewer, at=NOON + 6 * LATER)
        Case.objects.filter(pk=more.pk).update(state="closed", closed_at=NOON + 7 * LATER)
        refresh([more.pk])
    with django_assert_num_queries(len(one)):
        assert len(clerk.get(url).context["similar"]) == 3
