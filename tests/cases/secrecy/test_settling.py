"""Words, answers and second thoughts about who is complained about: what changes, and what is refused."""

from datetime import timedelta

import pytest

from cases.errors import Refused
from cases.models import Case, Unit
from cases.people.person import SYSTEM
from cases.secrecy.respondent import recused_from
from tests.acts import acts
from tests.cast import NOON, accuse, wang_says

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
LATER = NOON + 10 * MINUTE


@pytest.fixture
def case(cast):
    """A complaint about the water company, as the dispatcher settled it."""
    made = wang_says(cast, demand_type="complaint")
    made.name_respondent(units=[cast.water], by=cast.dispatcher, at=NOON)
    return Case.objects.get(pk=made.pk)


def test_the_words_alone_may_be_written_otherwise(cast, case):
    case.name_respondent(text="  抄表员 ", by=cast.dispatcher, at=LATER)
    assert (case.respondent_text, case.respondent_state) == ("抄表员", "unit")
    assert case.accused_ids == {cast.water.pk}
    case.name_respondent(text="甲" * 201, by=cast.dispatcher, at=LATER)
    assert case.respondent_text == "甲" * 200


def test_words_do_not_open_again_what_is_settled_as_none_of_ours(cast):
    case = wang_says(cast, demand_type="complaint", respondent_text="某公司")
    assert case.respondent_state == "open"
    case.name_respondent(is_outside=True, by=cast.dispatcher, at=LATER)  # nobody was shut out
    case.name_respondent(text="县外的公司", by=cast.dispatcher, at=LATER)
    assert (case.respondent_state, case.respondent_text) == ("outside", "县外的公司")


def test_a_unit_that_is_not_settled_is_not_let_in(cast, case):
    with pytest.raises(Refused, match="住建局”没有被确定"):
        case.withdraw_respondent(unit=cast.housing, note="核实", by=cast.supervisor, at=LATER)
    assert case.accused_ids == {cast.water.pk}


def test_one_of_two_is_let_in_and_the_other_stays(cast, case):
    case.name_respondent(units=[cast.housing], by=cast.dispatcher, at=LATER)
    said = {"unit": cast.water, "by": cast.supervisor, "at": LATER}
    with pytest.raises(Refused, match="为什么不再"):
        case.withdraw_respondent(**said, note=" ")
    case.withdraw_respondent(**said, note=" 核实无关 ")
    assert (case.accused_ids, case.respondent_state) == ({cast.housing.pk}, "unit")
    payload = acts(case).last().payload
    assert (payload["unit"], payload["note"]) == ("县自来水公司", "核实无关")
    assert payload["from"]["units"] == ["water", "housing"]
    assert payload["to"]["units"] == ["housing"]
    gone = case.respondents.get(unit=cast.water)
    assert (gone.withdrawn_by, gone.withdrawn_at) == (cast.supervisor, LATER)


def test_a_settled_unit_is_not_denied_in_passing(cast, case):
    with pytest.raises(Refused, match="哪个单位不是"):
        case.deny_respondent(units=[cast.water], by=cast.dispatcher, at=LATER)
    case.deny_respondent(
        units=[cast.water, cast.housing], note=" 只是承办 ", by=cast.dispatcher, at=LATER
    )
    assert case.accused_ids == {cast.water.pk}
    assert acts(case).last().payload == {
        "units": ["housing"], "unit_names": ["县住建局"], "note": "只是承办",
    }  # fmt: skip
    assert case.respondents.get(unit=cast.housing).is_accused is False


def test_a_program_is_no_first_person_and_says_why_too(cast, case):
    with pytest.raises(Refused, match="为什么不再"):
        case.name_respondent(is_outside=True, note=" ", by=SYSTEM, at=LATER)
    case.name_respondent(is_outside=True, note="单位已撤销", by=SYSTEM, at=LATER)
    assert (case.respondent_state, case.accused_ids) == ("outside", frozenset())


def test_what_is_settled_is_recorded_with_the_tasks_it_takes_back(cast):
    case = wang_says(cast, demand_type="complaint")
    case.accept(category=cast.leaks, by=cast.dispatcher, at=NOON)
    case.dispatch(lead=cast.housing, assisting=[cast.water], by=cast.dispatcher, at=NOON)
    case.name_respondent(units=[cast.water], note=" 来电确认 ", by=cast.supervisor, at=LATER)
    nobody = {"state": "", "units": [], "unit_names": [], "text": ""}
    assert case.events.get(kind="respondent_named").payload == {
        "from": nobody,
        "to": nobody | {"state": "unit", "units": ["water"], "unit_names": ["县自来水公司"]},
        "added": ["县自来水公司"],
        "note": "来电确认",
        "taken_back": ["县自来水公司"],
    }


def test_a_later_word_on_a_unit_ends_the_one_before_and_no_earlier(cast, case):
    said = {"units": [cast.housing], "by": cast.dispatcher}
    case.deny_respondent(**said, at=LATER)
    case.name_respondent(**said, at=LATER + MINUTE)
    case.withdraw_respondent(
        unit=cast.housing, note="核实无关", by=cast.supervisor, at=LATER + 2 * MINUTE
    )
    case.name_respondent(**said, at=LATER + 3 * MINUTE)
    rows = case.respondents.filter(unit=cast.housing).order_by("pk")
    assert list(rows.values_list("is_accused", "withdrawn_by", "withdrawn_at")) == [
        (False, cast.dispatcher.pk, LATER + MINUTE),
        (True, cast.supervisor.pk, LATER + 2 * MINUTE),
        (True, None, None),
    ]


def test_a_report_whose_unit_is_let_in_is_open_again(cast):
    case = wang_says(cast, demand_type="report", respondents=(cast.water,))
    case.withdraw_respondent(unit=cast.water, note="核实无关", by=cast.supervisor, at=LATER)
    assert case.respondent_state == "open"


def test_all_units_that_would_be_let_in_are_named(cast, case):
    case.name_respondent(units=[cast.housing], by=cast.dispatcher, at=LATER)
    with pytest.raises(Refused) as refused:
        case.name_respondent(is_outside=True, note="弄错了", by=cast.dispatcher, at=LATER)
    assert str(refused.value) == (
        "“县自来水公司、县住建局”已确定为被反映单位。"
        "要更改，须由另一人（督办员）在工单页上更改，并写明原因。"
    )


def test_nobody_complained_about_recuses_nobody_and_costs_no_query(cast, django_assert_num_queries):
    case = Case.objects.get(pk=wang_says(cast, demand_type="complaint").pk)
    with django_assert_num_queries(0):
        assert recused_from(case) == frozenset()


@pytest.mark.parametrize(
    ("which", "way_out"),
    [
        ("open", "，或由热线办直接办理"),
        ("closed", ""),
        ("accused", ""),
    ],
)
def test_the_way_out_is_the_office_or_a_unit_that_supervises(cast, which, way_out):
    case = wang_says(cast, demand_type="complaint")
    case.accept(category=cast.leaks, by=cast.dispatcher, at=NOON)
    accuse([case], cast.water)
    if which == "accused":
        accuse([case], cast.office)
    Unit.objects.filter(pk=cast.office.pk).update(is_active=which != "closed")
    case = Case.objects.get(pk=case.pk)
    with pytest.raises(Refused) as refused:
        case.dispatch(lead=cast.water, by=cast.dispatcher, at=LATER)
    assert str(refused.value) == (
        "“县自来水公司”是被反映单位或其上下级，须回避，不能知道这件工单。"
        f"请改派它上下级以外、对它负有监管职责的单位{way_out}。"
    )
