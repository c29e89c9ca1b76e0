"""The audit administrator and the security administrator read who looked at what; nobody else does."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse

from tests.cast import person, wang_says
from tests.desk.stages import contacted

AUDIT, PHONE = "/desk/audit/", "13807316217"


@pytest.fixture
def guard(cast):
    return person("guard", "罗琴", None, "security_admin")


@pytest.fixture
def looked(cast, browser):
    """The clerk opened a case and saw their list; the dispatcher searched for Wang."""
    case = contacted(cast)
    clerk = browser(cast.clerk)
    clerk.get(reverse("desk:case", args=[case.number]))
    clerk.get("/desk/tasks/")
    clerk.get("/desk/tasks/")
    browser(cast.dispatcher).post("/desk/search/", {"q": PHONE}, follow=True)
    return case


def rows(answer):
    """The lines of the table, without markup."""
    body = answer.content.decode().partition("<tbody>")[2].partition("</tbody>")[0]
    return [
        unescape(re.sub(r"<[^>]+>", " ", row))
        for row in re.findall("<tr>(.*?)</tr>", body, re.DOTALL)
    ]


@pytest.mark.parametrize("who", ["auditor", "guard"])
def test_looks_are_told_by_number_and_mask_only(cast, browser, looked, guard, who):
    reader = browser(guard if who == "guard" else cast.auditor)
    answer = reader.get(AUDIT, {"of": "looks"})
    told = "\n".join(rows(answer))
    assert f"打开了工单 {looked.number}" in told
    assert "查看了列表“待办”" in told
    assert "显示 2 行" in told
    assert "共 2 次" in told
    assert "按人查找：138＊＊＊＊6217" in told
    assert "找到工单：1 件" in told
    page = answer.content.decode()
    assert PHONE not in page
    assert looked.title not in page


def test_the_security_administrator_reads_looks_only(cast, browser, looked, guard):
    security = browser(guard)
    page = security.get(AUDIT).content.decode()
    assert "?of=views" in page
    assert "?of=looks" in page
    for other in ("accounts", "system", "logins", "failures"):
        assert f"?of={other}" not in page
        assert security.get(AUDIT, {"of": other}).context["record"].slug == "views"
    assert security.get("/desk/").url == AUDIT


def test_looks_are_narrowed_by_person_case_and_day(cast, browser, looked, monday):
    other = wang_says(cast, key="other")
    browser(cast.supervisor).get(reverse("desk:case", args=[other.number]))
    monday.shift(timedelta(days=1))
    browser(cast.supervisor).get(reverse("desk:case", args=[looked.number]))
    auditor = browser(cast.auditor)

    def found(**asked):
        return rows(auditor.get(AUDIT, {"of": "looks"} | asked))

    assert len(found()) == 6
    assert len(found(q=looked.number)) == 2
    assert len(found(q=looked.number, day="2026-11-24")) == 1
    assert len(found(q="陈立")) == 2
    assert len(found(day="2026-11-24")) == 1
    assert len(found(person=cast.clerk.pk)) == 2
    assert len(found(person=cast.clerk.pk, day="2026-11-24")) == 0
    other = auditor.get(AUDIT, {"of": "accounts", "person": str(cast.clerk.pk)})
    assert other.context["person"] is None  # that tab names no person so


@pytest.mark.parametrize("day", ["32", "2026-02-30", "\x00"])
def test_a_day_that_is_none_is_told(cast, browser, looked, day):
    answer = browser(cast.auditor).get(AUDIT, {"of": "looks", "day": day})
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()


def test_a_day_ends_at_the_offices_midnight(cast, browser, looked, monday):
    case = reverse("desk:case", args=[looked.number])
    monday.move_to(monday_at(23, 59))
    browser(cast.leader).get(case)
    monday.move_to(monday_at(24, 0))
    browser(cast.supervisor).get(case)
    told = rows(browser(cast.auditor).get(AUDIT, {"of": "looks", "day": "2026-11-24"}))
    assert len(told) == 1
    assert cast.supervisor.name in told[0]


def monday_at(hour, minute):
    from tests.cast import moment

    return moment("2026-11-23 00:00") + timedelta(hours=hour, minutes=minute)


@pytest.mark.parametrize("kind", ["openings", "reveals"])
def test_a_notice_leads_to_the_looks_of_that_person(cast, browser, guard, settings, kind):
    settings.OPENINGS_AN_HOUR, settings.REVEALS_A_DAY = 1, 1
    cases = [wang_says(cast, key=f"c{n}", phone=f"1390000000{n}") for n in range(2)]
    supervisor = browser(cast.supervisor)
    for case in cases:
        if kind == "openings":
            supervisor.get(reverse("desk:case", args=[case.number]))
        else:
            supervisor.post(
                reverse("desk:petitioner", args=[case.number]), {"reason": "电话核实地点"}
            )
    browser(cast.operator).get(reverse("desk:case", args=[cases[0].number]))
    security = browser(guard)
    notices = security.get("/desk/notices/").content.decode()
    links = [unescape(one) for one in re.findall(r'href="(/desk/audit/\?[^"]+)"', notices)]
    of = "looks" if kind == "openings" else "views"
    link = next(one for one in links if f"of={of}" in one)
    told = rows(security.get(link))
    assert told
    assert all(cast.supervisor.name in line for line in told)
    assert cases[0].number in "\n".join(told)


def test_one_and_many_looks_cost_the_same(cast, browser, looked, django_assert_num_queries):
    auditor = browser(cast.auditor)
    auditor.get(AUDIT, {"of": "looks"})
    asked = {"of": "looks", "q": "周明", "day": "2026-11-23", "person": cast.clerk.pk}
    with django_assert_num_queries(6, exact=False) as few:
        auditor.get(AUDIT, asked)
    before = len(few)
    for n in range(3):
        case = contacted(cast, key=f"n{n}", content=f"第{n}盏路灯")
        browser(cast.clerk).get(reverse("desk:case", args=[case.number]))
    with django_assert_num_queries(before):
        assert len(rows(auditor.get(AUDIT, asked))) == 5
