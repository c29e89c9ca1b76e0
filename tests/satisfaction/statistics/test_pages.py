"""The desks and the figures as pages: what they show, to whom, and what their forms do."""

import io

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from cases.pages.spreadsheet import harmless
from satisfaction.calling.recording import record_attempt
from satisfaction.metrics import REGISTRY, MetricScope
from satisfaction.periods import month_of, today
from satisfaction.tasks import recount_months
from tests.satisfaction.looking import browser, get
from tests.satisfaction.matters import DAY, accepted, answered, dispatched
from tests.satisfaction.rolling import drain


def test_the_board_shows_what_hangs(cast, now):
    dispatched(cast, now - 30 * DAY, title="城北市场夜间占道烧烤")
    case = answered(cast, now - 8 * DAY, now - 7 * DAY)
    record_attempt(
        case, result="reached", satisfaction=1, reason="slow", by=cast.agent, at=now - DAY
    )
    page = get(cast.supervisor, "board").content.decode()
    assert "城北市场夜间占道烧烤" in page
    assert f"/desk/dissatisfied/?case={case.number}" in page
    assert "县住建局" in page


def test_the_board_of_an_empty_office_says_so(cast):
    answer = get(cast.supervisor, "board")
    assert answer.status_code == 200
    assert "0.0%" not in answer.content.decode()


@pytest.mark.parametrize("kind", ["county", "town", "nonsense"])
def test_the_class_narrows_the_units(cast, now, kind):
    dispatched(cast, now - 30 * DAY)
    answer = get(cast.supervisor, "board", query=f"?class={kind}")
    assert answer.status_code == 200
    units = [row.unit for row in answer.context["units"]]
    assert units == ([] if kind == "town" else [cast.housing])


SEEN = {
    "board": {"supervisor", "dispatcher", "reviewer"},
    "figures": {"supervisor", "dispatcher", "reviewer", "clerk", "leader", "other_clerk"},
    "callbacks": {"agent"},
    "dissatisfied": {"supervisor", "reviewer"},
}
EVERYBODY = (
    "operator dispatcher reviewer agent supervisor clerk leader other_clerk sysadmin auditor"
)


@pytest.mark.parametrize("name", SEEN)
def test_who_sees_which_page(cast, name):
    answers = {who: get(getattr(cast, who), name).status_code for who in EVERYBODY.split()}
    assert answers == {who: 200 if who in SEEN[name] else 404 for who in answers}
    assert Client().get(reverse(f"satisfaction:{name}")).status_code == 302


def test_every_list_shows_exactly_the_rows_of_its_figure(cast, now):
    for _ in range(2):
        answered(cast, now - 8 * DAY, now - 7 * DAY)
    dispatched(cast, now - 20 * DAY)
    accepted(cast, now - DAY, channel="phone", by=cast.operator)
    scope = MetricScope(month_of(today(now)), now)
    for slug, metric in REGISTRY.items():
        figure = metric.count(scope)
        expected = figure.N if metric.is_rate else figure.n
        answer = get(cast.supervisor, "figure_cases", slug)
        assert answer.status_code == 200, slug
        if not slug.startswith("handling_hours_p"):
            assert answer.context["page"].paginator.count == expected, slug


def test_a_unit_cannot_open_the_lists_of_others(cast, now):
    dispatched(cast, now - 20 * DAY, title="只属于住建局的事")
    month = f"?from={today(now) - 60 * DAY}&to={today(now)}"
    for query in (month, f"{month}&unit=housing"):
        answer = get(cast.other_clerk, "figure_cases", "replied_on_time", query=query)
        assert "只属于住建局的事" not in answer.content.decode()
        assert answer.context["page"].paginator.count == 0
        page = get(cast.other_clerk, "figures", query=query).content.decode()
        assert "县住建局" not in page
    assert get(cast.other_clerk, "figure_cases", "return_rate").status_code == 404
    own = get(cast.clerk, "figure_cases", "replied_on_time", query=month)
    assert "只属于住建局的事" in own.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "?month=2018-13",
        "?year=abc",
        "?year=99999",
        "?from=x&to=y",
        "?from=2018-02-01&to=2018-01-01",
    ],
)
def test_a_period_that_cannot_be_read_is_told(cast, query):
    answer = get(cast.supervisor, "figures", query=query)
    assert answer.status_code == 200
    assert len(answer.context["chosen"].faults) == 1


def test_a_channel_or_unit_that_does_not_exist_is_told(cast):
    answer = get(cast.supervisor, "figures", query="?channel=pigeon&unit=nowhere")
    assert len(answer.context["chosen"].faults) == 2


def test_the_year_shows_twelve_months(cast):
    answer = get(cast.supervisor, "figures", query="?year=2018")
    assert [len(table.rows) for table in answer.context["tables"]] == [0, 0, 12]


@pytest.mark.parametrize(
    ("name", "who", "args"),
    [
        ("board", "supervisor", ()),
        ("figures", "supervisor", ()),
        ("figure_cases", "supervisor", ("handled",)),
        ("figure_cases", "clerk", ("replied_on_time",)),
        ("callbacks", "agent", ()),
        ("dissatisfied", "supervisor", ()),
    ],
)
def test_the_number_of_queries_does_not_grow(
    cast, now, django_assert_max_num_queries, name, who, args
):
    def add():
        dispatched(cast, now - 9 * DAY)
        waiting = answered(cast, now - 9 * DAY, now - 8 * DAY)
        unhappy = answered(cast, now - 9 * DAY, now - 8 * DAY, lead=cast.water)
        record_attempt(
            unhappy, result="reached", satisfaction=1, reason="slow", by=cast.agent, at=now
        )
        return waiting

    client = browser(getattr(cast, who))
    address = reverse(f"satisfaction:{name}", args=args)
    add()
    client.get(address)
    caches["pages"].clear()
    with django_assert_max_num_queries(24) as one:
        client.get(address)
    add(), add()
    caches["pages"].clear()
    with django_assert_max_num_queries(24) as three:
        client.get(address)
    assert len(three.captured_queries) == len(one.captured_queries)


@pytest.mark.parametrize(
    ("name", "query", "limit"),
    [("board", "", 19), ("figures", "", 13), ("figures", "?month=2018-10", 13)],
)
def test_each_table_is_read_once(cast, now, django_assert_max_num_queries, name, query, limit):
    dispatched(cast, now - 9 * DAY)
    client = browser(cast.supervisor)
    with django_assert_max_num_queries(limit):
        client.get(reverse(f"satisfaction:{name}") + query)


def test_a_rolled_up_month_needs_no_case(cast, now, django_assert_max_num_queries):
    at = now - 100 * DAY
    dispatched(cast, at)
    drain()
    while recount_months():
        pass
    client, month = browser(cast.supervisor), month_of(timezone.localtime(at).date())
    address = reverse("satisfaction:figures") + f"?month={month.first:%Y-%m}"
    with django_assert_max_num_queries(11) as first:
        client.get(address)
    with django_assert_max_num_queries(11):  # the drawn page is kept: nothing is asked for it
        client.get(address)
    assert not [one for one in first.captured_queries if 'FROM "cases_assignment"' in one["sql"]]


def test_an_act_shows_at_once_in_earlier_months(cast, now):
    def replied_in_earlier_months():
        by_month = get(cast.supervisor, "figures").context["tables"][2]
        return sum(cells[1].figure.N for _, cells in by_month.rows[:-1])

    dispatched(cast, now - 90 * DAY)
    assert [replied_in_earlier_months(), replied_in_earlier_months()] == [1, 1]
    dispatched(cast, now - 90 * DAY)
    assert replied_in_earlier_months() == 2


def test_the_export_holds_numbers_and_no_formulas(cast, now):
    cast.housing.short_name = "=HYPERLINK(1)"
    cast.housing.save()
    dispatched(cast, now - 9 * DAY)
    query = f"?from={today(now) - 60 * DAY}&to={today(now)}"
    book = load_workbook(
        io.BytesIO(get(cast.supervisor, "figures_export", "xlsx", query=query).content)
    )
    values = [cell.value for sheet in book for row in sheet for cell in row]
    assert "'=HYPERLINK(1)" in values
    assert {cell.data_type for sheet in book for row in sheet for cell in row} <= {"s", "n"}
    text = get(cast.supervisor, "figures_export", "csv", query=query).content.decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in text
    assert get(cast.supervisor, "figures_export", "pdf").status_code == 404


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", "＋"])
def test_texts_that_start_a_formula_are_defused(start):
    assert harmless(f"{start}1") == f"'{start}1"
    assert (harmless(-1), harmless("县住建局")) == (-1, "县住建局")


def test_the_table_of_units_adds_up_to_all_cases(cast, now):
    dispatched(cast, now - 2 * DAY)
    accepted(cast, now - 2 * DAY).answer(text="请到二楼。", by=cast.dispatcher, at=now - 2 * DAY)
    query = f"?from={today(now) - 9 * DAY}&to={today(now)}"
    tables = get(cast.supervisor, "figures", query=query).context["tables"]
    units = [cells[0].figure.n for _, cells in tables[0].rows]
    assert (sorted(units), sum(cells[0].figure.n for _, cells in tables[1].rows)) == ([1, 1], 2)


def test_the_rows_behind_can_be_switched(cast, now):
    dispatched(cast, now - 30 * DAY)
    query = f"?from={today(now) - 60 * DAY}&to={today(now)}&which=missed"
    page = get(cast.supervisor, "figure_cases", "replied_on_time", query=query).content.decode()
    assert "which=counted" in page
    assert "which=missed" in page


def test_a_line_of_the_units_table_opens_that_unit_alone(cast, now):
    cast.town.parent = cast.housing
    cast.town.save()
    dispatched(cast, now - 30 * DAY)
    dispatched(cast, now - 30 * DAY, lead=cast.town)
    query = f"?from={today(now) - 60 * DAY}&to={today(now)}"
    tables = get(cast.supervisor, "figures", query=query).context["tables"]
    for _, cells in tables[0].rows:
        listed = browser(cast.supervisor).get(cells[1].url).context["page"].paginator.count
        assert (listed, cells[1].figure.N) == (1, 1)
    whole = get(cast.supervisor, "figure_cases", "replied_on_time", query=f"{query}&unit=housing")
    assert whole.context["page"].paginator.count == 2


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("from=0202-11-01&to=2026-11-30", "2000 年到 2099 年"),
        ("from=2026-11-01&to=9999-12-31", "2000 年到 2099 年"),
        ("month=0001-01", "2000 年到 2099 年"),
        ("month=9999-12", "看不懂这个时间"),
        ("year=1999", "2000 年到 2099 年"),
        ("from=2014-11-30&to=2026-11-30", "最多统计十年"),
        ("from=2000-01-01&to=2099-12-31", "最多统计十年"),
        ("year=99999999999", "看不懂这个时间"),
        ("from=2026-13-01", "看不懂这个时间"),
    ],
)
def test_no_address_makes_the_figures_count_for_ever(cast, now, asked, said):
    answer = get(cast.supervisor, "figures", query=f"?{asked}")
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert answer.context["chosen"].period == month_of(today(now))


@pytest.mark.parametrize("asked", ["from=2016-12-01&to=2026-11-30", "year=2000", "month=2099-12"])
def test_ten_years_and_the_ends_of_the_century_are_counted(cast, now, asked):
    answer = get(cast.supervisor, "figures", query=f"?{asked}")
    assert answer.status_code == 200
    assert answer.context["chosen"].faults == ()
