"""What clocks, dates, rates and states say."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.template import engines
from django.utils import translation

from cases import words
from cases.clocks.term import Term
from cases.templatetags import timewords
from cases.templatetags.parts import STATE_LOOKS
from search.exports.models.export import ExportState
from tests.cast import moment

NOW = moment("2026-11-23 11:20")  # a Monday


def said(source: str, **context) -> str:
    """Render a template with the parts loaded, as one line without tags."""
    from django.utils.html import strip_tags

    page = engines["django"].from_string("{% load parts %}" + source).render(context)
    return " ".join(strip_tags(page).split())


def read(due: str | None, **facts) -> tuple[str, str, str]:
    for name in ("start", "done"):
        if name in facts:
            facts[name] = moment(facts[name])
    reading = timewords.read_clock(moment(due) if due else None, NOW, **facts)
    return reading.tone, reading.left, reading.by


@pytest.mark.parametrize(
    ("due", "facts", "expected"),
    [
        ("2026-11-20 17:20", {}, ("late", "已超 2 天 18 小时", "应于 11月20日 17:20")),
        ("2026-11-23 11:19", {}, ("late", "已超 1 分", "应于 今天 11:19")),
        ("2026-11-23 17:30", {}, ("soon", "今天 17:30 到期", "还剩 6 小时 10 分")),
        (
            "2026-11-23 12:20",
            {"start": "2026-11-23 11:19"},
            ("ok", "今天 12:20 到期", "还剩 1 小时"),
        ),
        (
            "2026-11-23 11:30",
            {"start": "2026-11-23 10:30"},
            ("soon", "今天 11:30 到期", "还剩 10 分"),
        ),
        ("2026-11-23 11:20", {}, ("soon", "今天 11:20 到期", "还剩 不到 1 分钟")),
        ("2026-11-24 23:59", {"workdays": 1}, ("soon", "明天 24:00 到期", "还剩 1 天 12 小时")),
        ("2026-11-25 17:30", {"workdays": 2}, ("ok", "还剩 2 个工作日", "11月25日 17:30 前")),
        ("2026-11-27 17:30", {}, ("ok", "还剩 4 天", "11月27日 17:30 前")),
        (
            "2027-01-15 17:30",
            {"provisional": True, "label": "对群众承诺"},
            ("ok", "还剩 53 天", "2027年1月15日 17:30 前 · 暂定 · 对群众承诺"),
        ),
        (
            "2026-11-23 09:00",
            {"done": "2026-11-23 08:20"},
            ("rest", "已按时完成", "今天 08:20 · 提前 40 分"),
        ),
        (
            "2026-11-23 09:00",
            {"done": "2026-11-23 09:00", "label": "已签收"},
            ("rest", "已签收", "今天 09:00 · 提前 不到 1 分钟"),
        ),
        (
            "2026-11-22 09:00",
            {"done": "2026-11-23 09:01", "label": "签收"},
            ("late", "签收 · 晚了 1 天", "今天 09:01"),
        ),
        (None, {"done": "2026-11-22 09:01"}, ("rest", "已完成", "昨天 09:01")),
        ("2026-11-20 17:20", {"paused": "挂账中"}, ("rest", "挂账中", "")),
        (None, {}, ("rest", "没有时限", "")),
    ],
)
def test_clock_reads(due, facts, expected):
    assert read(due, **facts) == expected


def test_clock_speaks_english():
    with translation.override("en"):
        assert read("2026-11-20 17:20") == (
            "late",
            "2 days 18 hours overdue",
            "was due 20 Nov 17:20",
        )


def test_clock_has_shape_word_and_colour():
    source = "{% load parts %}{% clock due start now %}"
    context = {"due": moment("2026-11-20 17:20"), "start": None, "now": NOW}
    page = engines["django"].from_string(source).render(context)
    assert "clock--late" in page
    assert "#i-late" in page
    assert "已超" in page


def test_year_is_said_only_when_another():
    assert timewords.when(moment("2026-03-02 08:05"), NOW) == "3月2日 08:05"
    assert timewords.when(moment("2025-07-03 08:05"), NOW) == "2025年7月3日 08:05"


def test_a_deadline_in_full_has_its_year_and_ends_a_day_at_24():
    assert timewords.due_in_full(moment("2026-11-23 23:59")) == "2026年11月23日 24:00"
    assert timewords.due_in_full(moment("2026-03-02 08:05")) == "2026年3月2日 08:05"
    assert timewords.due_stamp(moment("2026-11-23 23:59")) == "2026-11-23 24:00"
    assert timewords.due_stamp(moment("2026-03-02 08:05")) == "2026-03-02 08:05"
    assert timewords.stamp(moment("2026-03-02 08:05")) == "2026-03-02 08:05"


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(seconds=59), "已超 不到 1 分钟"),
        (timedelta(minutes=59), "已超 59 分"),
        (timedelta(hours=23, minutes=59), "已超 23 小时"),
        (timedelta(hours=24), "已超 1 天"),
        (timedelta(days=12, hours=23), "已超 12 天"),
    ],
)
def test_how_late_is_said_in_the_largest_unit(length, said):
    assert timewords.time_over(length) == said


@pytest.mark.parametrize(
    ("term", "said"),
    [
        ("5wd", "5 个工作日"),
        ("3d", "3 天"),
        ("2wh", "2 个工作小时"),
        ("24h", "24 小时"),
        ("30min", "30 分钟"),
    ],
)
def test_a_term_is_said_in_its_unit(term, said):
    assert timewords.term_words(Term.parse(term)) == said


def test_where_it_matters_days_are_said_to_be_natural():
    assert timewords.term_words(Term.parse("3d"), natural=True) == "3 天（自然日）"


def test_moment_is_said_in_the_office_zone():
    from datetime import UTC, datetime

    assert timewords.when(datetime(2026, 11, 22, 16, 5, tzinfo=UTC), NOW) == "今天 00:05"


@pytest.mark.parametrize(
    ("n", "total", "expected"),
    [
        (1706, 1827, "93.4% 1,706 / 1,827"),
        (0, 12, "0.0% 0 / 12"),
        (0, 0, "— 还没有可统计的件"),
        (None, None, "— 还没有可统计的件"),
    ],
)
def test_rate_never_stands_alone(n, total, expected):
    assert said("{% rate n total %}", n=n, total=total) == expected


def test_small_number_is_said_when_asked():
    assert said("{% rate 3 4 say_few=True %}") == "75.0% 3 / 4 件数少"
    assert said("{% rate 29 30 say_few=True %}") == "96.7% 29 / 30"


def test_scale_stays_within_its_ends_and_marks_what_is_below_target():
    def drawn(value):
        source = "{% load parts %}{% scale value 80 100 90 %}"
        return engines["django"].from_string(source).render({"value": value})

    assert 'cx="0.0%"' in drawn(12.0)
    assert 'class="below"' in drawn(12.0)
    assert 'cx="100.0%"' in drawn(100.0)
    assert 'class="below"' not in drawn(90.0)
    assert "<circle" not in drawn(None)


def test_every_state_has_a_look():
    known = {
        *words.CaseState.values,
        *words.AssignmentState.values,
        *words.RequestState.values,
        *ExportState.values,
    }
    assert set(STATE_LOOKS) == known


def test_state_is_said_in_words():
    thing = SimpleNamespace(
        state="in_progress", get_state_display=lambda: words.CaseState("in_progress").label
    )
    assert said("{% state thing %}", thing=thing) == "办理中"


def test_numbers_are_grouped():
    assert said("{{ n|grouped }}|{{ none|grouped }}", n=12070, none=None) == "12,070|"


def test_what_a_person_wrote_is_escaped():
    from django import forms

    class Form(forms.Form):
        title = forms.CharField(label="<b>标题</b>")

    source = "{% load parts %}{% field form.title %}"
    page = engines["django"].from_string(source).render({"form": Form({"title": '"><script>'})})
    assert "<script>" not in page
    assert "<b>" not in page


def drawn(source: str, **context) -> str:
    return engines["django"].from_string(f"{{% load parts %}}{source}").render(context)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<b>", '<dt>Basis</dt><dd class="said">&lt;b&gt;</dd>'),
        (0, '<dt>Basis</dt><dd class="said">0</dd>'),
        ("", ""),
        (None, ""),
    ],
)
def test_a_fact_is_one_line_or_none(text, expected):
    assert drawn('{% fact "Basis" text "said" %}', text=text) == expected
    assert drawn('{% fact "Basis" nobody.name %}', nobody=None) == ""


def test_a_head_may_be_empty():
    page = drawn('{% heads _("When") "" %}')
    assert page == "<thead><tr><th>时间</th><th></th></tr></thead>"


def test_what_is_not_solved_says_why():
    task = SimpleNamespace(get_solved_display=lambda: "未解决", unsolved_reason="等材料")
    assert drawn("{{ task|solved }}", task=task) == "未解决: 等材料"
    task.unsolved_reason = ""
    assert drawn("{{ task|solved }}", task=task) == "未解决"
    assert drawn('{{ task|solved|default:"—" }}', task=None) == "—"
