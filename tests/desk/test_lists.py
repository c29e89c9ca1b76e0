"""The unit's list: order, tabs with true counts, one next step, export, a constant query count."""

from io import BytesIO

import pytest
from django.urls import reverse
from django.utils.translation import gettext
from openpyxl import load_workbook

from cases.pages.spreadsheet import harmless
from cases.words import Role
from hotline.desk.worklist.todo import tabs_for, tasks_of
from tests.cast import NOON, person
from tests.desk.stages import LATER, contacted, dispatched, drafted, signed

NOW = NOON + 12 * LATER


def counts(user, now=NOW):
    return {tab.slug: tab.count for tab in tabs_for(user, now)}


def test_tabs_count_what_they_show(cast):
    dispatched(cast, key="a")
    signed(cast, key="b", content="b")
    drafted(cast, key="c", content="c")
    assert counts(cast.clerk) == {
        "all": 3,
        "overdue": 0,
        "today": 0,
        "unsigned": 1,
        "leader": 1,
        "completion": 0,
        "assisting": 0,
    }
    assert counts(cast.other_clerk)["assisting"] == 3
    task = tasks_of(cast.clerk).get(state="dispatched")
    at_end = counts(cast.clerk, task.sign_due_at)
    assert (at_end["overdue"], at_end["today"]) == (0, 2)
    assert counts(cast.clerk, task.sign_due_at + LATER)["overdue"] == 2


def test_what_ends_next_comes_first(cast, browser):
    contacted(cast, key="a", title="已经联系过的")
    dispatched(cast, key="b", content="b", title="还没签收的")
    page = browser(cast.clerk).get("/desk/tasks/").content.decode()
    table = page[page.index("<table") : page.index("</table")]
    assert table.index("还没签收的") < table.index("已经联系过的")
    aside = page[page.index("<aside") :]
    assert "还没签收的" in aside
    assert "已经联系过的" not in aside


def test_each_row_offers_its_one_next_step(cast, browser):
    states = {
        "a": (dispatched, "Sign"),
        "b": (signed, "Contact first"),
        "c": (contacted, "Reply"),
    }
    clerk = browser(cast.clerk)
    for key, (stage, step) in states.items():
        case = stage(cast, key=key, content=key, title=f"件{key}")
        page = clerk.get("/desk/tasks/").content.decode()
        row = page[page.index(f'href="/desk/cases/{case.number}/"') :]
        row = row[: row.index("</tr>")]
        assert f">{gettext(step)}<" in row, key


@pytest.mark.parametrize("tab", ["all", "unsigned"])
def test_rows_cost_no_queries(cast, browser, django_assert_num_queries, tab):
    clerk = browser(cast.clerk)
    dispatched(cast, key="0")
    url = f"/desk/tasks/?tab={tab}"
    clerk.get(url)
    with django_assert_num_queries(7 if tab == "all" else 8, exact=False) as one:
        clerk.get(url)
    for n in range(1, 4):
        dispatched(cast, key=str(n), content=str(n))
    with django_assert_num_queries(len(one)):
        clerk.get(url)


def test_every_role_at_once_costs_no_more(cast, browser, django_assert_max_num_queries):
    roles = [role for role in Role.values if not role.endswith("_admin")]
    somebody = browser(person("all", "全能", cast.housing, *roles))
    case = contacted(cast, key="0")
    for url in ("/desk/tasks/", reverse("desk:case", args=[case.number]), "/desk/notices/"):
        assert somebody.get(url).status_code == 200
        with django_assert_max_num_queries(11):
            somebody.get(url)


def test_the_leaders_list_and_the_review_desk_cost_no_queries_a_row(
    cast, browser, django_assert_num_queries
):
    leader, reviewer = browser(cast.leader), browser(cast.reviewer)
    drafted(cast, key="0")
    leader.get("/desk/signoff/")
    with django_assert_num_queries(10, exact=False) as one:
        leader.get("/desk/signoff/")
    more = [drafted(cast, key=str(n), content=str(n)) for n in range(1, 4)]
    with django_assert_num_queries(len(one)):
        leader.get("/desk/signoff/")
    more[0].lead().sign_off(by=cast.leader, at=NOW)
    reviewer.get("/desk/review/")
    with django_assert_num_queries(10, exact=False) as one:
        reviewer.get("/desk/review/")
    for case in more[1:]:
        case.lead().sign_off(by=cast.leader, at=NOW)
    with django_assert_num_queries(len(one)):
        reviewer.get("/desk/review/")


def test_an_empty_list_says_what_comes_next(cast, browser):
    clerk = browser(cast.clerk)
    assert gettext("Your unit has no open task.") in clerk.get("/desk/tasks/").content.decode()
    dispatched(cast, title="下一件是这个")
    page = clerk.get("/desk/tasks/?tab=completion").content.decode()
    assert "下一件是这个" in page[page.index('class="empty"') :]


def test_the_sheet_names_no_citizen_and_no_formula(cast, browser):
    dispatched(cast, title="=HYPERLINK(1)", address="@SUM(A1)")
    answer = browser(cast.clerk).get(reverse("desk:worklist_sheet"))
    content = b"".join(answer.streaming_content)
    rows = list(load_workbook(BytesIO(content)).active.iter_rows(values_only=True))
    assert len(rows) == 2
    assert rows[1][1] == "'=HYPERLINK(1)"
    cells = load_workbook(BytesIO(content)).active[2]
    assert "f" not in {cell.data_type for cell in cells}
    assert not any("6217" in str(value) or "王" in str(value) for row in rows for value in row)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", " ="])
def test_dangerous_text_stays_text(start):
    assert harmless(f"{start}1+1") == f"'{start}1+1"
    assert harmless("普通=文字") == "普通=文字"
    assert harmless(12) == 12


def test_a_longer_history_costs_the_case_page_no_queries(cast, browser, django_assert_num_queries):
    case = contacted(cast)
    clerk, url = browser(cast.clerk), reverse("desk:case", args=[case.number])
    clerk.get(url)
    with django_assert_num_queries(15, exact=False) as one:
        clerk.get(url)
    for n in range(5):
        case.urge(note=f"第{n}次", by=cast.operator, at=NOON + (4 + n) * LATER)
    with django_assert_num_queries(len(one)):
        clerk.get(url)


def test_texts_of_a_case_are_escaped_in_its_row(cast, browser):
    dispatched(cast, title="<b>'\"&", address="<i>巷</i>")
    page = browser(cast.clerk).get("/desk/tasks/?tab=unsigned").content.decode()
    assert "&lt;b&gt;&#x27;&quot;&amp;" in page
    assert "&lt;i&gt;巷&lt;/i&gt;" in page
    assert "<b>'" not in page
    assert "<i>巷" not in page
