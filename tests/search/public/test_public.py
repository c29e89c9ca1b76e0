"""The public index: finds what staff's search finds, holds only what is public, forgets at once."""

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hotline.models import Publication
from hotline.publishing import publishing
from search.engines.port import Sort
from search.public import drift, upkeep
from search.public.asking import PublicFilters
from search.public.entries import PublicChange, PublicEntry
from search.public.finding import find_public
from search.public.sources import SOURCES
from tests.site.test_progress import LATER, approved
from tests.site.test_publication import AFTER

CANARY = "金丝雀密语"
LETTERS = [
    ("幸福家园二期停水三天", "幸福家园二期从周一起停水，没有通知。", "管道抢修已完成，恢复供水。"),
    ("人民路路灯不亮", "人民路东段路灯整排不亮。", "已更换灯头12个，全部修复。"),
    ("公交线路调整建议", "建议K12路延伸到高铁站。", "已列入明年线网优化计划。"),
    ("广场舞噪音", "夜里十点后广场舞噪音大。", "已约定二十一点后关闭音响。"),
]


@pytest.fixture
def letters(cast):
    """Four published letters, each of a case whose own text holds more; by title's first word."""
    made = {}
    for n, (title, letter, reply) in enumerate(LETTERS):
        case = approved(
            cast,
            key=f"letter-{n}",
            title=title,
            content=f"{letter}我家住三栋{CANARY}。",
            channel="magistrate" if n % 2 else "web",
        )
        said = {"title": title, "letter": letter, "reply": reply}
        copy = publishing.draft(case, **said, by=cast.reviewer, at=AFTER)
        made[title[:2]] = publishing.publish(copy, 1, by=cast.supervisor, at=AFTER + LATER)
    return made


def titles(text, **asked):
    result = find_public(text, **asked)
    assert not result.degraded
    assert result.total == len(result.hits)
    return [hit.text.title for hit in result.hits]


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ("停水", 1),
        ("路灯", 1),
        ("灯整", 1),  # any two neighbours, also across what a dictionary calls a word
        ("水", 1),
        ("人民路路燈", 1),
        ("Ｋ１２", 1),
        ("k12路", 1),
        ("12", 1),
        ("二期 管道", 1),
        ('"家园二期从"', 1),
        ('"家园从"', 0),
        ("不亮 -路灯", 0),
        ("-路灯", 3),
        ("标题:噪音", 1),
        ("答复:停水", 0),
        ("答复:抢修", 1),
        ("单位:住建", 4),
        ("分类:路灯", 0),
        ("日期:2026-11", 0),  # days are no field here: words like others
        ("", 4),
        ("火星", 0),
    ],
)
def test_the_words_find_what_they_say(letters, asked, count):
    assert len(titles(asked)) == count


def test_synonyms_and_spellings_find_too(letters, cast):
    from search.asking.synonyms import keep_set

    assert titles("断水") == []
    keep_set(None, text="停水\n断水", note="", by=cast.sysadmin, at=AFTER)
    assert titles("断水") == ["幸福家园二期停水三天"]
    assert "<mark>停水</mark>" in find_public("断水").hits[0].title
    assert titles('"断水"') == []
    assert len(titles("-断水")) == 3


def test_every_substring_of_two_and_more_is_found(letters):
    for title, letter, reply in LETTERS:
        for text in (title, letter, reply):
            run = text.split("，")[0].strip("。")
            for start in range(len(run) - 1):
                for size in (2, 3, 4):
                    piece = run[start : start + size]
                    if len(piece) == size and not any(c.isascii() for c in piece):
                        assert title in titles(piece), piece


def test_what_was_found_is_marked_and_escaped(cast, letters):
    hit = find_public("路燈").hits[0]
    assert hit.title == "人民路<mark>路灯</mark>不亮"
    assert "<mark>路灯</mark>" in hit.snippet
    Publication.objects.filter(pk=letters["人民"].pk).update(letter="<script>路灯</script>")
    hit = find_public("路灯").hits[0]
    assert "&lt;script&gt;<mark>路灯</mark>" in hit.snippet


def test_filters_and_their_true_counts(letters):
    result = find_public("", filters=PublicFilters(channel="magistrate"))
    assert result.total == 2
    counts = {name: [(c.value, c.count) for c in found] for name, found in result.facets.items()}
    assert counts["channel"] == [("magistrate", 2), ("web", 2)]  # under every choice but its own
    assert counts["kind"] == [("letter", 2)]
    assert [c.label for c in result.facets["category"]] == ["城市管理"]
    month = f"{timezone.localtime(letters['人民'].answered_at):%Y-%m}"
    assert counts["month"] == [(month, 2)]
    for filters, total in (
        (PublicFilters(month=month), 4),
        (PublicFilters(month=month[:4]), 4),
        (PublicFilters(month="1999"), 0),
        (PublicFilters(category="07"), 4),
        (PublicFilters(unit="县住建局"), 4),
        (PublicFilters(kind="guide"), 0),
    ):
        assert find_public("", filters=filters).total == total


def test_nothing_found_says_what_would_find_something(letters):
    ways = find_public("路灯 火星", filters=PublicFilters(channel="web")).ways
    assert [(way.word, way.without, way.count) for way in ways] == []
    ways = find_public("路灯", filters=PublicFilters(channel="web")).ways
    assert [(way.without, way.count) for way in ways] == [("channel", 1)]
    ways = find_public("路灯 火星").ways
    assert [(way.word, way.count) for way in ways] == [("路灯", 1)]


def test_the_best_match_comes_first_when_asked(letters):
    Publication.objects.filter(pk=letters["广场"].pk).update(letter="噪音。路灯旁边。")
    upkeep.refresh_public("letter", [letters["广场"].pk])
    assert titles("路灯", sort=Sort.RELEVANCE)[0] == "人民路路灯不亮"


def test_nothing_of_a_case_is_in_the_index(letters, cast):
    assert Publication.objects.get(pk=letters["人民"].pk).case.content.count(CANARY) == 1
    for asked in (CANARY, "金丝", "雀密", "三栋", "王桂芬", "6217", f'"{CANARY}"', "路灯 三栋"):
        result = find_public(asked)
        assert (result.total, result.hits, any(result.facets.values())) == (0, [], False)
    drafted = approved(cast, key="drafted", content=f"{CANARY}待核对")
    publishing.draft(drafted, title="题", letter=CANARY, reply="答", by=cast.reviewer, at=AFTER)
    assert find_public(CANARY).total == 0


def test_the_canary_would_be_found_if_it_were_published(letters):
    Publication.objects.filter(pk=letters["人民"].pk).update(letter=CANARY)
    upkeep.refresh_public("letter", [letters["人民"].pk])
    assert find_public(CANARY).total == 1


def test_what_is_withdrawn_is_gone_at_once(letters, cast):
    publishing.withdraw(
        letters["人民"], reason="本人要求", by=cast.supervisor, at=AFTER + 2 * LATER
    )
    assert titles("路灯") == []
    assert not PublicEntry.objects.filter(key=letters["人民"].pk).exists()


def test_what_is_withdrawn_is_gone_even_when_the_index_does_not_follow(letters, cast, monkeypatch):
    def broken(*_args):
        raise DatabaseError("no such index")

    monkeypatch.setattr(upkeep, "refresh_public", broken)
    publishing.withdraw(
        letters["人民"], reason="本人要求", by=cast.supervisor, at=AFTER + 2 * LATER
    )
    assert PublicEntry.objects.filter(key=letters["人民"].pk).exists()
    result = find_public("路灯")
    assert (result.total, list(result.hits), any(result.facets.values())) == (0, [], False)
    assert find_public("").total == 3
    assert PublicChange.objects.count() == 1  # left to the worker
    monkeypatch.undo()
    assert upkeep.serve() == 1
    assert not PublicEntry.objects.filter(key=letters["人民"].pk).exists()
    assert PublicChange.objects.count() == 0


def test_drift_is_told_and_mended(letters):
    PublicEntry.objects.filter(key=letters["人民"].pk).delete()
    PublicEntry.objects.filter(key=letters["公交"].pk).update(stamp=0)
    PublicEntry.objects.create(kind="letter", key=10**9, stamp=1, at=AFTER, title="鬼")
    found = drift.public_drift()
    assert found.missing >= {("letter", letters["人民"].pk)}
    assert found.stale == {("letter", letters["公交"].pk)}
    assert found.ghosts == {("letter", 10**9)}
    assert bool(found.texts) == (connection.vendor == "sqlite")
    assert sum(drift.repair_public(found)) >= 2
    assert not drift.public_drift()
    assert titles("路灯") == ["人民路路灯不亮"]


def test_rebuilding_makes_it_from_nothing(letters):
    PublicEntry.objects.all().delete()
    assert titles("路灯") == []
    assert sum(drift.rebuild_public()) == 4
    assert not drift.public_drift()
    assert titles("路灯") == ["人民路路灯不亮"]


def test_a_broken_index_leaves_titles(letters, monkeypatch):
    def broken(*_args, **_more):
        raise DatabaseError("no such index")

    monkeypatch.setattr("search.public.finding.count_public", broken)
    result = find_public("路灯")
    assert result.degraded
    assert [hit.text.title for hit in result.hits] == ["人民路路灯不亮"]
    assert result.total == 1


@pytest.mark.parametrize(
    "hostile",
    [
        "'",
        '"',
        "''\"\"",
        "%",
        "_",
        "* OR 1=1",
        "NEAR(a b)",
        "a:b:c",
        "-",
        "--",
        ":*",
        "\\",
        "ǁ",
        "&|!()",
        "<->",
        "路灯' OR '1'='1",
        "停" * 5000,
        "- - -",
        "标题:",
        "答复:-",
        "\u202e路灯",
    ],
)
def test_hostile_words_are_words(letters, hostile):
    for sort in Sort:
        result = find_public(hostile, sort=sort)
        assert not result.degraded
        assert result.total in {0, 1, 4}


@pytest.mark.parametrize("page", [-5, 0, 1, 2, 10**9])
def test_any_page_is_a_page(letters, page):
    result = find_public("", page=page)
    assert (result.page, result.pages, len(result.hits)) == (1, 1, 4)


def test_pages_hold_everything_once_newest_first(letters, monkeypatch):
    monkeypatch.setattr("search.public.finding.PAGE", 2)
    first = letters["广场"]
    PublicEntry.objects.filter(key=first.pk).update(at=AFTER + 2 * LATER)
    oldest = letters["公交"]
    PublicEntry.objects.filter(key=oldest.pk).update(at=AFTER - 9 * LATER)
    wanted = ["广场舞噪音", "人民路路灯不亮", "幸福家园二期停水三天", "公交线路调整建议"]
    for page, there, rows in ((1, 1, wanted[:2]), (2, 2, wanted[2:]), (7, 2, wanted[2:])):
        result = find_public("", page=page)
        assert [hit.text.title for hit in result.hits] == rows
        assert (result.total, result.page, result.pages) == (4, there, 2)
    narrowed = find_public("", filters=PublicFilters(channel="magistrate"), page=1)
    assert [hit.text.title for hit in narrowed.hits] == [wanted[0], wanted[1]]
    web = find_public("", filters=PublicFilters(channel="web"), page=9)
    assert ([hit.text.title for hit in web.hits], web.page) == (wanted[2:], 1)
    ranked = find_public("人民路", sort=Sort.RELEVANCE, page=9)
    assert ([hit.text.title for hit in ranked.hits], ranked.page) == ([wanted[1]], 1)


@pytest.mark.parametrize("sort", Sort)
def test_what_is_public_is_worked_out_once(letters, sort):
    with CaptureQueriesContext(connection) as asked:
        assert find_public("路灯", sort=sort).total == 1
    assert sum("EXISTS" in query["sql"] for query in asked.captured_queries) == 1


def test_every_kind_of_document_is_registered():
    assert set(SOURCES) == {"letter", "guide"}
