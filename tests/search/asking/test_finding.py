"""What is found, on SQLite and on PostgreSQL alike."""

from datetime import timedelta

import pytest

from cases.people.person import SYSTEM
from search.asking.finding import find
from search.engines.chosen import engine
from search.engines.port import Filters, Sort
from search.indexing.upkeep import refresh
from tests.cast import NOON, wang_says

LETTER = (
    "尊敬的领导：石桥镇幸福家园二期３栋自上月起连续停水，物业说是管道老化，居民訴求多次无人答复。"
    "夜间烧烤摊油烟扰民，KTV噪音到凌晨2点，恳请协调自来水公司与城管执法局尽快处理，谢谢！𬱟先生"
)


@pytest.mark.parametrize(
    ("typed", "hit"),
    [
        ("停水", True),
        ("诉求", True),
        ("訴求", True),
        ("「訴求」", True),
        ("3栋", True),
        ("水", True),
        ("𬱟", True),
        ("ktv", True),
        ("ＫＴＶ噪音", True),
        ("幸福家园 油烟", True),
        ("幸福油烟", False),
        ('"连续停水，物业"', True),
        ('"物业停水"', False),
        ("停水 -油烟", False),
        ("停水 -电费", True),
        ("-油烟", False),
        ("-电费", True),
        ("标题:停水", False),
        ("标题:供水", True),
        ("分类:停水", False),
        ("kt", False),
        ("水公司与城管", True),
    ],
)
def test_words_phrases_folding_and_minus(say, found, typed, hit):
    case = say(LETTER, title="供水与噪音")
    assert found(typed) == ([case.number] if hit else [])


def test_every_substring_of_two_to_four_characters_is_found(say, found):
    texts = [
        LETTER,
        "东门菜市场门口占道经营，早高峰堵得走不动路",
        "老旧小区加装电梯补贴标准是多少？",
    ]
    numbers = [say(text, title="来信").number for text in texts]
    pieces = [
        (number, text[at : at + size])
        for size in (2, 3, 4)
        for number, text in zip(numbers, texts, strict=True)
        for at in range(len(text) - size + 1)
    ]
    pieces = [(n, piece) for n, piece in pieces if all("一" <= c <= "鿿" for c in piece)]
    step = max(1, len(pieces) // 300)
    chosen = pieces[::step][:300]
    assert len(chosen) >= 200
    missed = [piece for number, piece in chosen if number not in found(piece)]
    assert missed == []


def test_units_and_categories_by_name_or_pinyin_initials(say, found, cast):
    case = say("路灯不亮")
    say("别的事")
    case.accept(category=cast.street_lights, by=cast.dispatcher, at=NOON)
    case.dispatch(lead=cast.housing, basis="目录", by=cast.dispatcher, at=NOON)
    refresh([case.pk])
    for typed in ("单位:住建", "单位:xzjj", "分类:路灯", "分类:ld", "分类:0701"):
        assert found(typed) == [case.number]
    assert found("单位:自来水") == []


def test_replies_are_found_once_signed_off_and_drafts_are_not(say, found, cast):
    case = say("路灯不亮")
    case.accept(category=cast.street_lights, by=cast.dispatcher, at=NOON)
    case.dispatch(lead=cast.housing, basis="目录", by=cast.dispatcher, at=NOON)
    task = case.lead()
    task.sign(by=cast.clerk, at=NOON)
    task.record_first_contact(
        method="phone", note="已联系", contacted_at=NOON, by=cast.clerk, at=NOON
    )
    task.submit_reply(
        public_reply="已更换电缆。",
        internal_note="内部口令翡翠",
        fact_true="true",
        solved="solved",
        by=cast.clerk,
        at=NOON,
    )
    refresh([case.pk])
    assert found("更换电缆") == []
    task.sign_off(by=cast.leader, at=NOON)
    refresh([case.pk])
    assert found("更换电缆") == [case.number]
    assert found("答复:电缆") == [case.number]
    assert found("翡翠") == []


def test_order_filters_facets_and_pages(say, cast):
    old = say("停水一", at=NOON - timedelta(days=60), channel="phone")
    new = say("停水二，停水又停水", demand_type="complaint")
    say("路灯")
    result = find("停水", cast.dispatcher, at=NOON)
    assert [hit.case for hit in result.hits] == [new, old]
    assert result.total == 2
    facets = {name: {c.value: c.count for c in counts} for name, counts in result.facets.items()}
    assert facets["state"] == {"submitted": 2}
    assert facets["channel"] == {"web": 1, "phone": 1}
    assert facets["demand_type"] == {"help": 1, "complaint": 1}
    assert facets["month"] == {"2026-11": 1, "2026-09": 1}

    chosen = find("停水", cast.dispatcher, at=NOON, filters=Filters(channel=("phone",)))
    assert ([hit.case for hit in chosen.hits], chosen.total) == ([old], 1)
    facets = {name: {c.value: c.count for c in counts} for name, counts in chosen.facets.items()}
    assert facets["channel"] == {"web": 1, "phone": 1}  # its own choice leaves the others countable
    assert facets["month"] == {"2026-09": 1}
    month = find("停水", cast.dispatcher, at=NOON, filters=Filters(month=("2026-09",)))
    assert [hit.case for hit in month.hits] == [old]
    days = Filters(since=(NOON - timedelta(days=1)).date(), until=NOON.date())
    assert [h.case for h in find("停水", cast.dispatcher, at=NOON, filters=days).hits] == [new]
    ranked = find("停水", cast.dispatcher, at=NOON, sort=Sort.RELEVANCE)
    assert {hit.case for hit in ranked.hits} == {new, old}


@pytest.mark.parametrize("sort", list(Sort))
def test_pages_hold_every_case_once(say, cast, sort):
    numbers = {say(f"停水第{word}次").number for word in "一二三四五"}
    seen, cursor, firsts = [], "", []
    for _ in range(3):
        result = find("停水", cast.dispatcher, at=NOON, sort=sort, cursor=cursor, size=2)
        seen += [hit.case.number for hit in result.hits]
        firsts.append(result.first)
        cursor = result.next_cursor
    assert (set(seen), len(seen), firsts, cursor) == (numbers, 5, [1, 3, 5], "")


def test_a_broken_cursor_is_the_first_page(say, cast):
    case = say("停水")
    for cursor in ("x", "1_2", "nan_nan_nan", "-5_0_0", f"1_{10**40}_2", f"1_0_{10**40}"):
        result = find("停水", cast.dispatcher, at=NOON, cursor=cursor)
        assert result.total == 1, cursor
    assert [h.case for h in find("停水", cast.dispatcher, at=NOON, cursor="x").hits] == [case]


def test_overdue(say, cast):
    case = say("停水")
    say("停水又来")
    case.accept(category=cast.leaks, by=cast.dispatcher, at=NOON)
    case.dispatch(lead=cast.water, basis="目录", by=cast.dispatcher, at=NOON)
    refresh([case.pk])
    late = find(
        "停水", cast.dispatcher, at=NOON + timedelta(days=60), filters=Filters(overdue=("yes",))
    )
    assert [hit.case for hit in late.hits] == [case]
    assert find("停水", cast.dispatcher, at=NOON, filters=Filters(overdue=("yes",))).total == 0


def test_marks_and_snippets_are_escaped(say, cast):
    say("前文<script>alert(1)</script>" + "长" * 90 + "訴求<b>在此</b>", title="<i>訴求</i>标题")
    hit = find("诉求", cast.dispatcher, at=NOON).hits[0]
    assert hit.title == "&lt;i&gt;<mark>訴求</mark>&lt;/i&gt;标题"
    assert "<mark>訴求</mark>&lt;b&gt;在此" in hit.snippet
    assert "<script" not in hit.snippet + hit.title


def test_three_rows_cost_no_more_queries_than_one(say, cast, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    say("停水一")
    assert cast.dispatcher.roles  # read once for each request
    find("停水", cast.dispatcher, at=NOON)  # names are kept for a while
    with CaptureQueriesContext(connection) as one:
        assert find("停水", cast.dispatcher, at=NOON).total == 1
    say("停水二")
    say("停水三")
    with django_assert_num_queries(len(one)):
        assert find("停水", cast.dispatcher, at=NOON).total == 3
    assert len(one) <= 9  # two are a savepoint, one reads the synonyms, one how large the index is


def test_likeness_prefers_shared_rare_wording_within_sight(say, cast):
    first = say("幸福家园二期三栋水管爆裂，地下车库被淹")
    second = say("幸福家园地下车库被淹，水管爆裂无人修")
    other = say("建议增设护学岗")
    alike = engine().similar(
        "幸福家园水管爆裂车库被淹", type(first).objects.visible_to(cast.dispatcher), 5
    )
    assert {like.case_id for like in alike} == {first.pk, second.pk}
    assert other.pk not in {like.case_id for like in alike}
    assert all(0 < like.score <= 1 for like in alike)
    hidden = engine().similar("幸福家园水管爆裂", type(first).objects.visible_to(cast.clerk), 5)
    assert hidden == []
    assert engine().similar("", type(first).objects.visible_to(cast.dispatcher)) == []
    assert engine().similar("，。！", type(first).objects.visible_to(cast.dispatcher)) == []


def test_the_system_registers_and_the_outbox_indexes(cast, found):
    from cases.events.outbox import drain
    from cases.models import Duty

    case = wang_says(cast, content="停水很久", title="停水", by=SYSTEM)
    assert found("停水") == []
    assert Duty.objects.filter(consumer="index", case=case).exists()
    drain(at=NOON)
    assert found("停水") == [case.number]
    assert not Duty.objects.filter(consumer="index").exists()


def test_a_minus_before_a_name_leaves_its_cases_out(say, cast, found):
    ours, theirs = say("停水甲"), say("停水乙")
    for case, unit in ((ours, cast.water), (theirs, cast.housing)):
        case.accept(category=cast.leaks, by=cast.dispatcher, at=NOON)
        case.dispatch(lead=unit, basis="目录", by=cast.dispatcher, at=NOON)
        refresh([case.pk])
    assert found("停水 单位:自来水") == [ours.number]
    assert found("停水 -单位:自来水") == [theirs.number]
