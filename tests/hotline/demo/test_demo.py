"""The demo tells the source article's story, exactly, and is the same every time."""

from datetime import date, datetime, timedelta

import pytest
from django.core.management import call_command

from cases.files.reading import read_waiting
from cases.lifecycle.book import CASES
from cases.models import Assignment, AttachmentText, Case, Event, User
from hotline.demo.enclosures import enclose
from hotline.demo.live import HAS_ONE, HOME, LIVE, play_live
from hotline.demo.plan import Wanted, make_plan
from hotline.demo.play import Stage
from hotline.demo.staff import crew, make_staff
from hotline.demo.timeline import at_a_desk
from hotline.demo.year import YEAR
from satisfaction.metrics import Period, figure
from tests.cast import NOON, SHANGHAI, wang_says


@pytest.fixture
def county(db):
    """The shipped reference data and everybody who works there."""
    call_command("load_reference")
    call_command("load_routing")
    make_staff()


def rates_of(plan, last):
    """On-time and satisfied counts of a plan, by the due-date cohort, reworks included."""
    handled = [story for story in plan if story.ending == "closed"]
    tasks = [(one.handling.replied_at, one.handling.sent.due_at) for one in handled]
    reworks = [one.handling.rework for one in handled if one.handling.rework]
    tasks += [(rework.replied_at, rework.due_at) for rework in reworks]
    cohort = [(done, due) for done, due in tasks if due.date() <= last]
    scores = [story.score for story in handled if story.score] + [4] * len(reworks)
    return (
        sum(done <= due for done, due in cohort) / len(cohort),
        (sum(score >= 3 for score in scores), len(scores)),
    )


@pytest.mark.parametrize("wanted", YEAR, ids=lambda wanted: wanted.channel)
def test_the_plan_of_the_year_has_the_articles_rates(county, wanted):
    plan = make_plan(wanted)
    on_time, (happy, rated) = rates_of(plan, wanted.last)
    assert len(plan) == wanted.matters
    assert abs(on_time - wanted.on_time) < 0.003
    assert (happy, rated) == (round(wanted.ratings * wanted.satisfied), wanted.ratings)
    assert plan == make_plan(wanted)


def test_a_played_plan_shows_its_rates_in_the_metrics(county):
    wanted = Wanted("phone", date(2018, 1, 1), date(2018, 4, 30), 90, 30, 3, 25, 3, 0.93, 0.92)
    plan = make_plan(wanted)
    assert sum(Stage(crew()).play_all(plan)) == 90
    period = Period(wanted.first, wanted.last)
    satisfied = figure("satisfied", period, at=NOON, channel="phone")
    on_time = figure("replied_on_time", period, at=NOON, channel="phone")
    expected, rated = rates_of(plan, wanted.last)
    assert (satisfied.n, satisfied.N) == rated
    assert abs(float(on_time.value) - expected) < 0.0001
    assert figure("handled", period, at=NOON, channel="phone").n == 90
    assert {fault for _, fault in CASES.faults()} == {None}
    assert sum(Stage(crew()).play_all(plan)) == 90
    assert Case.objects.count() == 90


def test_the_live_work_has_every_state_for_every_desk(county):
    made = play_live(NOON)
    assert made == sum(count for *_rest, count in LIVE)
    states = set(Case.objects.values_list("state", flat=True))
    assert states >= {
        "submitted",
        "accepted",
        "answered",
        "dispatched",
        "in_progress",
        "under_review",
        "callback",
        "dissatisfied",
        "rework",
    }
    tasks = set(Assignment.objects.values_list("state", flat=True))
    assert tasks >= {"dispatched", "signed", "in_progress", "awaiting_sign_off", "format_return"}
    assert Assignment.objects.overdue(NOON).exists()
    assert not Event.objects.filter(at__gt=NOON).exists()
    assert play_live(NOON) == 0


@pytest.mark.parametrize("day", ["2026-10-09T23:10+08:00", "2027-02-14T16:40+08:00"])
def test_whoever_is_shown_first_finds_something_at_each_step_on_any_day(county, day):
    play_live(datetime.fromisoformat(day))
    own = Assignment.objects.filter(unit__code=HOME, role="lead")
    assert set(own.values_list("state", flat=True)) >= HAS_ONE


def test_demo_accounts_belong_to_the_demo(county, settings, capsys):
    call_command("demo_accounts")
    told = capsys.readouterr().out
    assert "dispatcher1" in told
    assert settings.DEMO_PASSWORD in told
    assert not User.objects.get(username="caizheng-clerk").has_usable_password()
    settings.DEMO = False
    with pytest.raises(Exception, match="not a demo"):
        call_command("demo_accounts")
    with pytest.raises(Exception, match="not a demo"):
        call_command("load_demo")


def test_units_act_in_office_hours_where_there_are_any():
    night = datetime(2026, 11, 23, 4, 10, tzinfo=SHANGHAI)  # a Monday
    weekdays = lambda day: day.weekday() < 5  # noqa: E731
    friday = at_a_desk(night - timedelta(days=1), night - timedelta(days=4), night, weekdays)
    assert f"{friday:%a %H:%M}" == "Fri 16:10"
    evening = night - timedelta(hours=6)
    assert at_a_desk(evening, evening - timedelta(hours=1), night, weekdays) == evening


def test_alarms_of_the_live_work_fired_at_their_own_times(county):
    play_live(NOON)
    fired = Event.objects.filter(kind__endswith="became_overdue")
    assert fired.filter(at__lt=NOON - timedelta(hours=1)).exists()
    for case in Case.objects.all():
        moments = list(case.events.order_by("seq").values_list("at", flat=True))
        assert moments == sorted(moments)


def test_two_matters_of_the_website_have_a_file_that_can_be_read(cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    for n in range(2):
        wang_says(cast, key=f"web-{n}", content="机器响声大", title="机器响声大")
    enclose()
    enclose()
    assert [one.text_state for one in read_waiting(NOON)] == ["read", "read"]
    kept = "".join(AttachmentText.objects.values_list("text", flat=True))
    assert "联名住户二十三户" in kept
    assert "关窗仍能听到" in kept
