"""What people look at is recorded through the screens, in sum, and an unusual run is told."""

from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.urls import reverse
from django.utils import timezone

from cases.events.outbox import drain
from cases.models import Look, Notice
from tests.cast import NOON, person, wang_says
from tests.desk.stages import contacted, dispatched
from tests.permissions.people import body_of

PHONE, NAME = "13807316217", "王桂芬"


def page_of(case):
    return reverse("desk:case", args=[case.number])


def of_kind(kind):
    return Look.objects.filter(kind=kind)


@pytest.fixture
def guard(cast):
    return person("guard", "罗琴", None, "security_admin")


def test_a_case_opened_again_is_one_row_for_ten_minutes(cast, browser, monday):
    case, clerk = contacted(cast), browser(cast.clerk)
    for _ in range(3):
        clerk.get(page_of(case))
    clerk.get(reverse("desk:case_sheet", args=[case.number]))
    look = of_kind("case").get()
    assert (look.user, look.number, look.times) == (cast.clerk, case.number, 4)
    monday.shift(timedelta(minutes=10))
    clerk.get(page_of(case))
    browser(cast.leader).get(page_of(case))
    found = of_kind("case").order_by("pk").values_list("user__username", "times")
    assert list(found) == [("clerk", 4), ("clerk", 1), ("leader", 1)]


def test_who_meets_no_case_leaves_no_look_at_it(cast, browser):
    case = contacted(cast)
    stranger = browser(person("stranger", "钱多", cast.town, "clerk"))
    assert stranger.get(page_of(case)).status_code == 404
    assert not Look.objects.exists()


def test_lists_are_summed_by_person_and_hour(cast, browser, monday):
    for n in range(3):
        dispatched(cast, key=str(n), content=str(n))
    clerk = browser(cast.clerk)
    for _ in range(2):
        clerk.get("/desk/tasks/")
    body_of(clerk.get(reverse("desk:worklist_sheet")))
    found = of_kind("list").order_by("pk").values_list("subject", "times", "rows")
    assert list(found) == [("tasks", 2, 6), ("tasks_sheet", 1, 3)]
    monday.shift(timedelta(hours=1))
    clerk.get("/desk/tasks/")
    assert of_kind("list").filter(subject="tasks").count() == 2


@pytest.mark.parametrize(
    ("typed", "mask", "found"),
    [
        (PHONE, "138＊＊＊＊6217", 2),
        ("6217", "＊＊17", 2),
        ("电话:6217", "＊＊17", 2),
        ("13999999999", "139＊＊＊＊9999", 0),
        (NAME, "王＊芬", 0),  # no text holds a name
        (f"路灯 {NAME}", "王＊芬", 0),
        ("430329198501011234", "430＊＊＊＊＊＊＊＊＊＊＊1234", 0),
    ],
)
def test_a_search_for_a_person_is_recorded_masked(cast, browser, typed, mask, found):
    contacted(cast, key="a")
    contacted(cast, key="b", content=f"{NAME}家门口的路灯不亮")
    drain(at=timezone.now())
    browser(cast.dispatcher).post("/desk/search/", {"q": typed}, follow=True)
    look = of_kind("search").get()
    assert (look.user, look.subject, look.rows, look.times) == (cast.dispatcher, mask, found, 1)


@pytest.mark.parametrize("typed", ["路灯", "井盖", "石桥镇", "王平路", "停水 3天"])
def test_a_search_for_a_thing_is_none_for_a_person(cast, browser, typed):
    contacted(cast)
    browser(cast.dispatcher).post("/desk/search/", {"q": typed}, follow=True)
    assert not of_kind("search").exists()


def test_what_the_page_fetches_after_itself_counts_no_second_search(cast, browser):
    contacted(cast)
    dispatcher = browser(cast.dispatcher)
    page = dispatcher.post("/desk/search/", {"q": PHONE}, follow=True)
    part = page.context["counted_url"]
    address = f"/desk/search/{part}"
    dispatcher.get(address, headers={"HX-Request": "true"})
    assert of_kind("search").get().times == 1
    Look.objects.all().delete()
    dispatcher.get(address, headers={"HX-Request": "true"})
    assert of_kind("search").get().times == 1  # but it is no way around


def test_a_caller_who_is_looked_up_is_recorded_masked(cast, browser):
    wang_says(cast)
    browser(cast.operator).post("/desk/calls/", {"act": "look_up", "phone": PHONE})
    look = of_kind("caller").get()
    assert (look.subject, look.rows) == ("138＊＊＊＊6217", 1)
    assert of_kind("list").get().subject == "caller"


def test_no_number_or_name_stands_in_any_look(cast, browser):
    contacted(cast)
    dispatcher = browser(cast.dispatcher)
    for words in (PHONE, f"{NAME} {PHONE}", "138-0731-6217"):
        dispatcher.post("/desk/search/", {"q": words}, follow=True)
    dispatcher.post("/desk/calls/", {"act": "look_up", "phone": PHONE, "name": NAME})
    kept = str(list(Look.objects.values()))
    assert of_kind("search").exists()
    assert PHONE not in kept
    assert NAME not in kept


def test_a_look_that_cannot_be_recorded_is_none(cast, browser, monkeypatch):
    from cases.looks import looking

    def fails(*_args, **_rest):
        raise DatabaseError("gone")

    case, clerk = contacted(cast), browser(cast.clerk)
    monkeypatch.setattr(looking, "_keep", fails)
    clerk.raise_request_exception = False
    answer = clerk.get(page_of(case))
    assert answer.status_code == 500
    assert case.title not in answer.content.decode()


def cases_opened(cast, client, count):
    for n in range(count):
        client.get(page_of(wang_says(cast, key=f"c{n}", at=NOON)))


def test_too_many_cases_opened_in_an_hour_are_told_at_once(cast, browser, guard, settings, monday):
    settings.OPENINGS_AN_HOUR = 3
    supervisor = browser(cast.supervisor)
    case = wang_says(cast)
    for _ in range(5):
        supervisor.get(page_of(case))  # the same one over and over
    cases_opened(cast, supervisor, 2)
    assert not Notice.objects.exists()
    cases_opened(cast, supervisor, 4)
    told = Notice.objects.get()
    assert (told.user, told.kind, told.payload["n"]) == (guard, "openings_unusual", 4)
    text = browser(guard).get("/desk/notices/").content.decode()
    assert f"{cast.supervisor.name}在 60 分钟内打开了 4 件工单" in text


def test_openings_over_a_day_are_no_run(cast, browser, guard, settings, monday):
    settings.OPENINGS_AN_HOUR = 3
    supervisor = browser(cast.supervisor)
    for n in range(8):
        supervisor.get(page_of(wang_says(cast, key=f"c{n}")))
        monday.shift(timedelta(minutes=25))
    assert not Notice.objects.exists()


def test_too_many_searches_for_people_in_an_hour_are_told_at_once(cast, browser, guard, settings):
    settings.SEARCHES_AN_HOUR = 3
    dispatcher = browser(cast.dispatcher)
    for n in range(3):
        dispatcher.post("/desk/search/", {"q": f"1380731{n}217"}, follow=True)
        dispatcher.post("/desk/search/", {"q": "路灯"}, follow=True)
    assert not Notice.objects.exists()
    dispatcher.post("/desk/search/", {"q": "13807319217"}, follow=True)  # the same mask as another
    told = Notice.objects.get()
    assert (told.user, told.kind, told.payload["n"]) == (guard, "searches_unusual", 4)


def test_an_operator_looks_callers_up_undisturbed(cast, browser, guard, settings):
    settings.SEARCHES_AN_HOUR = 3
    operator = browser(cast.operator)
    for n in range(6):
        operator.post("/desk/calls/", {"act": "look_up", "phone": f"1380731{n}217"})
    assert not Notice.objects.exists()
    operator.post("/desk/calls/", {"act": "look_up", "phone": "13807319217"})
    assert Notice.objects.get().kind == "searches_unusual"
