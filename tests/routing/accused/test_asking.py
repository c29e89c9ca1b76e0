"""Is the complaint about the unit it goes to: who is asked, what an answer says, what is kept of it."""

from datetime import timedelta

import pytest
from django.http import QueryDict

from cases.errors import Refused
from cases.models import Case, Unit
from routing.accused.asking import MOST, Answer, Unasked, must_be_asked
from routing.accused.proposing import Names, is_asked, named_in
from tests.cast import NOON, person, wang_says

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(minutes=10)
AGAINST_WATER = {"demand_type": "complaint", "content": "县自来水公司三天不来修，态度恶劣。"}


def complaint(cast, **said):
    """Not yet settled whom it is about, though its text names the water company."""
    return Case.objects.get(pk=wang_says(cast, **(AGAINST_WATER | said)).pk)


def asked(cast, case, *units, not_about=(), **said):
    must_be_asked(case, units, not_about, by=cast.dispatcher, at=LATER, **said)


def about(case):
    """What was said of units: by code, whether it is complained about."""
    return dict(case.respondents.values_list("unit__code", "is_accused"))


def test_what_goes_to_the_unit_it_names_is_asked_about(cast):
    case = complaint(cast)
    with pytest.raises(Unasked, match="县自来水公司") as refused:
        asked(cast, case, cast.water)
    assert [one.unit for one in refused.value.proposals] == [cast.water]
    assert "文中提到" in str(refused.value)
    assert about(case) == {}


def test_an_answer_is_kept_and_not_asked_for_again(cast):
    case = complaint(cast)
    asked(cast, case, cast.water, not_about=[cast.water])
    assert about(case) == {"water": False}
    assert case.events.last().kind == "respondent_denied"
    asked(cast, case, cast.water)
    assert case.events.filter(kind="respondent_denied").count() == 1


def test_nothing_is_asked_of_a_unit_that_the_text_does_not_name(cast):
    case = complaint(cast)
    asked(cast, case, cast.housing)
    assert about(case) == {}


def test_one_answer_of_two_is_no_answer(cast):
    case = complaint(cast, content="县自来水公司和县住建局互相推诿")
    with pytest.raises(Unasked, match="县住建局") as refused:
        asked(cast, case, cast.water, cast.housing, not_about=[cast.water])
    assert [one.unit for one in refused.value.proposals] == [cast.housing]
    assert about(case) == {}
    asked(cast, case, cast.water, cast.housing, not_about=None)  # of all that are named
    assert about(case) == {"water": False, "housing": False}


def test_a_section_that_is_named_is_asked_about_when_its_bureau_gets_it(cast):
    meters = Unit.objects.create(
        code="m", name="青溪县自来水公司抄表所", short_name="县自来水公司抄表所",
        kind="section", parent=cast.water,
    )  # fmt: skip
    case = complaint(cast, content="县自来水公司抄表所的人收钱")
    with pytest.raises(Unasked) as refused:
        asked(cast, case, cast.water)
    assert [one.unit for one in refused.value.proposals] == [meters]


def test_of_a_report_about_none_of_ours_each_unit_is_asked_about(cast):
    case = complaint(cast, demand_type="report", content="老张收水费不开票")
    case.name_respondent(is_outside=True, by=cast.dispatcher, at=NOON)
    with pytest.raises(Unasked) as refused:
        asked(cast, case, cast.housing, cast.town)
    assert str(refused.value) == "先说明：举报的是不是县住建局、石桥镇，或在那里工作的人。"
    asked(cast, case, cast.housing, not_about=[cast.housing])
    assert about(case) == {"housing": False}
    asked(cast, case, cast.housing)
    named = complaint(cast, demand_type="report", key="named")
    named.name_respondent(is_outside=True, by=cast.dispatcher, at=NOON)
    units = [one.unit for one in Names().unasked(named, [cast.water, cast.housing])]
    assert units == [cast.water, cast.housing]  # each once


@pytest.mark.parametrize(
    ("said", "was", "is_one"),
    [
        ({"demand_type": "complaint"}, "", True),
        ({"demand_type": "help"}, "", False),
        ({"demand_type": "help"}, "complaint", True),
        ({"demand_type": "help", "content": "我要举报抄表员收钱"}, "", True),
        ({"demand_type": "complaint", "respondent_text": "某公司"}, "", False),  # still open
    ],
)
def test_who_is_asked(cast, said, was, is_one):
    case = complaint(cast, **({"content": "县自来水公司三天没来水"} | said))
    assert is_asked(case, was) is is_one


def test_a_question_does_not_end_with_the_type_it_was_asked_of(cast):
    case = complaint(cast, demand_type="help", content="县自来水公司三天没来水")
    asked(cast, case, cast.water)
    with pytest.raises(Unasked):
        asked(cast, case, cast.water, was="complaint")


def test_a_person_who_works_there_is_a_name_of_the_unit(cast):
    case = complaint(cast, content="抄表的郑凯收钱")
    person("short", "何", cast.housing, "clerk")
    person("retired", "石建国", cast.housing, "clerk")
    type(cast.clerk).objects.filter(username="retired").update(is_active=False)
    case = Case.objects.get(pk=case.pk)
    found = named_in(case)
    assert [(one.unit, one.words, one.is_likely) for one in found] == [(cast.water, "郑凯", False)]
    person("long", "欧阳建国", cast.housing, "clerk")
    whole = complaint(cast, content="欧阳建国收钱，石建国看着，赵敏知道", key="whole")
    assert [(one.unit, one.is_likely) for one in named_in(whole)] == [(cast.housing, True)]
    whole.name_respondent(units=[cast.housing], by=cast.dispatcher, at=NOON)
    assert named_in(whole) == []


def answer(**posted):
    form = QueryDict(mutable=True)
    for name, values in posted.items():
        form.setlist(name, values)
    return Answer.of(form)


@pytest.mark.parametrize("word", ["", "perhaps"])
def test_without_a_yes_or_a_no_there_is_no_answer(cast, django_assert_num_queries, word):
    with django_assert_num_queries(0):
        found = answer(about=[word], asked=["water"], accused=["water"])
    assert found == Answer()
    assert (found.not_about, found.settled) == ((), ())


def test_a_no_is_about_the_units_that_were_asked_about(cast):
    found = answer(about=["no"], asked=["water", "water", "nowhere"], accused=["housing"])
    assert (found.not_about, found.settled) == ((cast.water,), ())


def test_a_yes_is_about_the_units_that_were_ticked(cast):
    Unit.objects.filter(pk=cast.town.pk).update(is_active=False)
    found = answer(about=["yes"], asked=["water"], accused=["housing", "town"])
    assert (found.not_about, found.settled) == ((), (cast.housing,))


def test_a_yes_that_ticks_nobody_is_refused(cast):
    with pytest.raises(Refused, match="勾选"):
        _ = answer(about=["yes"], asked=["water"]).settled


def test_an_answer_has_no_more_units_than_a_form_shows(cast):
    codes = [f"n{n}" for n in range(MOST)]
    assert answer(about=["yes"], accused=[*codes, "water"]).accused == ()
    assert answer(about=["yes"], accused=[*codes[1:], "water"]).accused == (cast.water,)
