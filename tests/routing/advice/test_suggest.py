"""Suggestions: rule, catalogue, history; never the unit complained about; few queries."""

from datetime import timedelta

import pytest

from cases.models import Region, Unit
from routing.advice.question import AdviceQuestion
from routing.advice.suggest import UnitSuggestion, facts_typed, foremost, suggest, suggest_all
from routing.models import Territory
from tests.cast import NOON, wang_says
from tests.routing.folk import accepted, entry, handled, rule


def test_a_rule_comes_before_the_catalogue_and_both_say_why(cast):
    entry(cast)
    rule()
    case = accepted(cast, content="路灯旁边爆管，路灯也不亮")
    found = suggest(case, at=NOON)
    assert [(one.source, one.unit) for one in found] == [
        ("rule", cast.water),
        ("catalogue", cast.housing),
    ]
    assert found[0].sentence == "规则 10：爆管由自来水公司抢修。（提到“爆管”）"
    assert found[1].sentence == (
        "目录 0701“路灯不亮”：分类相符，提到路灯、不亮。依据：《城市照明管理规定》。"
    )
    assert found[1].assisting == (cast.town,)


@pytest.mark.parametrize("secrecy", ["confidential", "secret"])
def test_nobody_is_added_by_itself_to_a_case_that_is_kept_secret(cast, secrecy):
    entry(cast)
    case = accepted(cast, secrecy=secrecy)
    assert [(one.unit, one.assisting) for one in suggest(case, at=NOON)] == [(cast.housing, ())]
    assert suggest(accepted(cast, 2), at=NOON)[0].assisting == (cast.town,)


def test_history_is_counted_from_the_cases_themselves(cast):
    entry(cast)
    for number in range(1, 4):
        handled(cast, number, cast.housing, cast.clerk, cast.leader)
    handled(cast, 4, cast.water, cast.other_clerk, cast.other_leader)
    found = suggest(accepted(cast, 5), at=NOON + timedelta(days=1))
    assert [(one.unit, one.source) for one in found] == [
        (cast.housing, "catalogue"),
        (cast.water, "history"),
    ]
    assert found[0].sentence.endswith("同类最近 4 件有 3 件由它办结，没有退单。")
    assert found[1].sentence == "同类最近 4 件有 1 件由它办结，没有退单。"
    assert found[0].confidence == round((3 + 10 * 0.84) / 14, 3)


def test_two_earlier_cases_are_too_few_to_suggest_by_themselves(cast):
    for number in (1, 2):
        handled(cast, number, cast.housing, cast.clerk, cast.leader)
    assert suggest(accepted(cast, 3), at=NOON) == []


def test_history_of_another_town_does_not_count(cast):
    for number in (1, 2, 3):
        handled(cast, number, cast.housing, cast.clerk, cast.leader)
    county = Region.objects.get(code="430329")
    other = Region.objects.create(code="430329102", name="白沙镇", level="town", parent=county)
    assert suggest(accepted(cast, 4, region=other), at=NOON) == []
    assert len(suggest(accepted(cast, 5), at=NOON)) == 1


def test_the_unit_complained_about_and_its_sections_are_never_suggested(cast):
    section = Unit.objects.create(
        code="section", name="市政所", short_name="市政所", kind="section", parent=cast.housing
    )
    entry(cast, assisting="section water")
    entry(cast, number="0702", lead="section")
    rule(words="路灯", lead="housing")
    case = accepted(cast, respondents=(cast.housing,))
    assert suggest(case, at=NOON) == []
    free = suggest(accepted(cast, 2), at=NOON)
    assert {one.unit for one in free} == {cast.housing, section}


def test_the_town_is_found_by_name_or_by_its_territory(cast):
    entry(cast, lead="@town", assisting="")
    village = Region.objects.create(
        code="430329101002", name="新桥村", level="village", parent=cast.place
    )
    case = accepted(cast, region=village)
    assert suggest(case, at=NOON)[0].unit == cast.town
    Territory.objects.create(region=cast.place, unit=cast.water)
    assert suggest(case, at=NOON)[0].unit == cast.water


@pytest.mark.parametrize(
    "facts",
    [
        {"hours": "夜里", "order": 11},
        {"lead": "nobody", "order": 12},
        {"words": "", "order": 13},
        {"urgency": "20-06点", "order": 17},
        {"is_active": False, "order": 14},
        {"valid_from": "2027-01-01", "order": 15},
        {"valid_to": "2026-11-22", "order": 16},
    ],
)
def test_a_rule_that_cannot_be_applied_is_passed_over(cast, facts):
    rule(**facts)
    rule(order=99, lead="housing")
    assert [one.unit for one in suggest(wang_says(cast, content="爆管"), at=NOON)] == [cast.housing]


def test_a_faulty_rule_tells_its_owner(cast):
    assert "夜里" in rule(hours="夜里").fault
    assert "“boiling”不是已知的紧急程度" in rule(order=5, urgency="boiling").fault
    assert "nobody" in rule(order=2, lead="nobody").fault
    assert "条件" in rule(order=3, words="").fault
    assert rule(order=4).fault == ""


def test_facts_typed_need_nothing_but_a_text(cast):
    rule()
    assert suggest(facts_typed("水管爆管了", at=NOON))[0].unit == cast.water
    assert suggest(facts_typed("", at=NOON)) == []


def test_full_width_and_traditional_writing_match_too(cast):
    rule(words="爆管 ATM")
    assert suggest(facts_typed("ａｔｍ", at=NOON))[0].unit == cast.water


def test_one_or_three_matters_cost_four_queries_and_two_while_the_rules_are_kept(
    cast, django_assert_num_queries
):
    entry(cast)
    rule()
    handled(cast, 9, cast.housing, cast.clerk, cast.leader)
    questions = [AdviceQuestion.of(accepted(cast, number)) for number in (1, 2, 3)]
    with django_assert_num_queries(4):
        suggest_all(questions[:1], at=NOON)
    with django_assert_num_queries(2):
        suggest_all(questions, at=NOON)
    with django_assert_num_queries(0):
        assert suggest_all([], at=NOON) == []


@pytest.mark.parametrize(
    ("shares", "taken"),
    [
        ([], None),
        ([0.84], 0),
        ([0.84, 0.34], 0),
        ([0.34, 0.34], None),
        ([0.34, 0.21, 0.34], None),
        ([0.341, 0.339], None),  # both shown as 34 %
        ([0.84, 0.34, 0.34], 0),
        ([None, None], 0),  # named by the unit that returned it: no share to compare
    ],
)
def test_of_two_as_likely_none_is_taken_without_a_choice(cast, shares, taken):
    found = [UnitSuggestion(cast.housing, share, "目录", "catalogue") for share in shares]
    assert foremost(found) is (None if taken is None else found[taken])
