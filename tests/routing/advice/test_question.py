"""What is asked of rules and history: whom the words name before anybody settled it, and what fits."""

from datetime import UTC

import pytest

from cases.models import Category, Unit
from routing.advice.question import AdviceQuestion
from routing.advice.suggest import facts_typed, suggest, suggest_all
from routing.rules.matching import MatterFacts
from tests.cast import NOON, wang_says
from tests.routing.folk import MINUTE, accepted, entry, handled, rule

ABOUT_HOUSING = "路灯不亮，举报县住建局收钱不修"


def units(matter, **said):
    return [one.unit for one in suggest(matter, at=NOON, **said)]


def test_a_unit_that_the_words_name_gets_no_case_while_nobody_settled_whom_it_is_about(cast):
    entry(cast, assisting="")
    entry(cast, number="0702", lead="water", assisting="housing town")
    case = accepted(cast, demand_type="complaint", respondent_text="张某", content=ABOUT_HOUSING)
    assert case.respondent_state == "open"
    (found,) = suggest(case, at=NOON)
    assert (found.unit, found.assisting) == (cast.water, (cast.town,))
    case.name_respondent(units=[cast.town], by=cast.dispatcher, at=NOON + 2 * MINUTE)
    assert set(units(case)) == {cast.housing, cast.water}  # settled: not the one in the text


def test_whom_the_citizen_answered_counts_where_it_was_settled_as_none_of_ours(cast):
    entry(cast)
    case = accepted(cast, demand_type="complaint", respondent_text="县住建局的人")
    case.name_respondent(is_outside=True, by=cast.dispatcher, at=NOON + 2 * MINUTE)
    assert units(case) == []
    other = accepted(
        cast, 2, demand_type="complaint", respondent_text="某公司", content=ABOUT_HOUSING
    )
    other.name_respondent(is_outside=True, by=cast.dispatcher, at=NOON + 2 * MINUTE)
    assert units(other) == [cast.housing]  # of the text a person said already that it is not


@pytest.mark.parametrize(
    "said",
    [
        {"respondent_text": "县住建局张某"},
        {"respondent_text": "张某", "title": "举报县住建局"},
        {"respondent_text": "张某", "content": "路灯不亮，举报县住建局"},
    ],
)
def test_while_it_is_open_all_that_the_citizen_said_may_name_the_unit(cast, said):
    entry(cast)
    case = accepted(cast, demand_type="complaint", **said)
    assert case.respondent_state == "open"
    assert units(case) == []


def test_words_that_a_person_settled_otherwise_bar_nobody(cast):
    entry(cast)
    case = accepted(cast, demand_type="complaint", respondent_text="县住建局的人")
    case.name_respondent(units=[cast.water], by=cast.dispatcher, at=NOON + 2 * MINUTE)
    assert units(case) == [cast.housing]


def test_rules_are_asked_what_the_case_says(cast):
    case = wang_says(
        cast, title="ＬＥＤ燈", content="不亮", channel="phone", by=cast.operator,
        demand_type="complaint", contact_at=NOON.astimezone(UTC),
    )  # fmt: skip
    case.accept(category=cast.leaks, urgency="urgent", by=cast.dispatcher, at=NOON + MINUTE)
    question = AdviceQuestion.of(case, without=[7])
    assert question == AdviceQuestion(
        text="ＬＥＤ燈\n不亮", at=NOON, category="0702", region="430329101", town="石桥镇",
        channel="phone", urgency="urgent", demand_type="complaint", without=frozenset({7}),
    )  # fmt: skip
    assert question.facts() == MatterFacts(
        text="led灯\n不亮", category="0702", region="430329101", channel="phone",
        urgency="urgent", demand_type="complaint", clock=NOON.time(),
    )  # fmt: skip


def test_a_case_without_a_place_is_of_no_town(cast):
    question = AdviceQuestion.of(wang_says(cast, region=None))
    assert (question.region, question.town) == ("", "")


def test_each_of_several_matters_has_its_own_recusal(cast):
    entry(cast)
    cases = [
        accepted(cast, 1, demand_type="report", content=ABOUT_HOUSING),
        accepted(cast, 2),
        accepted(cast, 3, respondents=(cast.housing,)),
    ]
    found = suggest_all([AdviceQuestion.of(case) for case in cases], at=NOON)
    assert [[one.unit for one in group] for group in found] == [[], [cast.housing], []]


def test_the_branch_of_a_category_is_said_too(cast):
    deeper = Category.objects.create(
        code="070101", name="路灯维修", parent=cast.street_lights, path="a", level=3
    )
    entry(cast, keywords="", legal_basis="")
    (found,) = suggest(facts_typed("灯坏了", at=NOON, category=deeper), at=NOON)
    assert found.sentence == "目录 0701“路灯不亮”：同属一类。"
    assert (found.percent, found.is_sure) == (round(100 * found.confidence), False)


def test_words_alone_are_named_alone(cast):
    entry(cast, category=cast.leaks)
    (found,) = suggest(facts_typed("路灯整夜不亮", at=NOON), at=NOON)
    assert found.sentence == "目录 0701“路灯不亮”：提到路灯、不亮。依据：《城市照明管理规定》。"


def test_a_rule_is_sure_and_only_the_first_counts(cast):
    rule()
    rule(order=20, name="爆管", lead="town", assisting="")
    (found,) = suggest(facts_typed("水管爆管", at=NOON), at=NOON)
    assert (found.unit, found.percent, found.is_sure) == (cast.water, 95, True)
    assert (found.assisting_words, found.entry_id) == ("县住建局", None)


def test_history_names_no_unit_that_may_not_get_it(cast):
    for number in range(3):
        handled(cast, number, cast.housing, cast.clerk, cast.leader)
    case = accepted(cast, 9)
    assert units(case) == [cast.housing]
    assert units(case, without=[cast.housing.pk]) == []
    Unit.objects.filter(pk=cast.housing.pk).update(is_active=False)
    assert units(case) == []


def test_no_more_than_four_are_suggested(cast):
    for number in range(3):
        Unit.objects.create(code=f"u{number}", name=f"局{number}", short_name=f"局{number}")
        entry(cast, number=f"07{number}", lead=f"u{number}", assisting="")
    for number in range(3):
        handled(cast, number, cast.housing, cast.clerk, cast.leader)
    before = suggest(accepted(cast, 8), at=NOON)
    assert [one.source for one in before] == ["catalogue"] * 3 + ["history"]
    rule(words="路灯")
    found = suggest(accepted(cast, 9), at=NOON)
    assert [one.source for one in found] == ["rule"] + ["catalogue"] * 3
