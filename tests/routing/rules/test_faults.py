"""A row that cannot be applied says why to its owner, and is left out of the rule book."""

from datetime import time

import pytest
from django.utils import translation

from cases.models import Region, Unit
from routing.models import CatalogueEntry, Rule, Territory
from routing.rules.faults import fault_of, known_codes, shape_fault, units_fault
from routing.rules.matching import TOWN, Hours, RoutingEntry, RoutingRule
from routing.rules.rulebook import read
from routing.rules.towns import town_name, units_of
from tests.cast import NOON
from tests.routing.folk import entry, rule


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("facts", "fault"),
    [
        ({}, ""),
        ({"hours": "20:00-06:00"}, ""),
        ({"channel": "phone", "urgency": "urgent", "demand_type": "help"}, ""),
        (
            {"words": ""},
            "The rule has no condition and would catch everything. Fill in at least one.",
        ),
        ({"channel": "fax"}, "“fax” is no known channel."),
        ({"urgency": "soon"}, "“soon” is no known urgency."),
        ({"demand_type": "wish"}, "“wish” is no known type."),
        ({"hours": "夜里"}, "The hours “夜里” cannot be read; write them as 20:00-06:00."),
    ],
)
def test_the_shape_of_a_rule(facts, fault):
    row = Rule(**{"name": "爆管", "words": "爆管", "lead": "water"} | facts)
    assert shape_fault(row) == fault
    assert fault_of(row, {"water"}) == fault


@pytest.mark.parametrize(
    ("lead", "assisting", "fault"),
    [
        ("water", "", ""),
        (TOWN, f"water {TOWN}", ""),
        ("gone", "", "No unit in use has the code “gone”."),
        ("water", "b a", "No unit in use has the code “a、b”."),
    ],
)
def test_the_units_of_a_row(lead, assisting, fault):
    row = CatalogueEntry(lead=lead, assisting=assisting)
    assert units_fault(row, {"water"}) == fault
    assert fault_of(Rule(words="爆管", lead=lead, assisting=assisting), {"water"}) == fault


def test_only_units_in_use_are_known(cast):
    assert "water" in known_codes()
    Unit.objects.filter(code="water").update(is_active=False)
    assert "water" not in known_codes()


def test_the_rule_book_holds_the_rules_that_can_be_read(cast):
    asked = {
        "region_code": "430329101", "channel": "phone", "urgency": "urgent", "demand_type": "help",
    }  # fmt: skip
    whole = rule(
        words="爆管 噴水", category_code="0702", hours="20:00-06:00", assisting="housing town",
        order=20, **asked,
    )  # fmt: skip
    bare = rule(order=30, words="漏水", assisting="", lead="@town", name="漏水")
    rule(name="坏", hours="夜里")
    book = read(NOON.date())
    assert book.rules == (
        RoutingRule(
            key=whole.pk, order=20, name="爆管", lead="water", assisting=("housing", "town"),
            sentence="爆管由自来水公司抢修。", category="0702", region="430329101",
            words=("爆管", "喷水"), channel="phone", urgency="urgent", demand_type="help",
            hours=Hours(time(20), time(6)),
        ),
        RoutingRule(
            key=bare.pk, order=30, name="漏水", lead=TOWN, assisting=(),
            sentence="爆管由自来水公司抢修。", category="", region="", words=("漏水",), channel="",
            urgency="", demand_type="", hours=None,
        ),
    )  # fmt: skip


def test_the_rule_book_holds_the_entries_and_is_read_at_once(cast, django_assert_num_queries):
    rule()
    light = entry(cast)
    plain = entry(cast, number="0702", category=None, keywords="")
    with django_assert_num_queries(2):
        book = read(NOON.date())
    assert {one.key: one for one in book.entries} == {
        light.pk: RoutingEntry(
            light.pk,
            "0701",
            "路灯不亮",
            "housing",
            (TOWN,),
            cast.street_lights.code,
            ("路灯", "不亮"),
            "《城市照明管理规定》",
        ),
        plain.pk: RoutingEntry(
            plain.pk, "0702", "路灯不亮", "housing", (TOWN,), "", (), "《城市照明管理规定》"
        ),
    }


def test_the_township_of_a_place():
    county = Region(name="青溪县", level=Region.Level.COUNTY)
    town = Region(name="石桥镇", level=Region.Level.TOWN, parent=county)
    village = Region(name="桥头村", level=Region.Level.VILLAGE, parent=town)
    alone = Region(name="飞地", level=Region.Level.VILLAGE)
    places = [None, county, town, village, alone]
    assert [town_name(place) for place in places] == ["", "", "石桥镇", "石桥镇", "飞地"]


def test_a_township_is_governed_by_its_territory_or_else_by_its_namesake(cast):
    code = cast.place.code
    named = units_of({"water"}, {cast.housing.pk}, {code: "石桥镇", "430329999": "无名镇"})
    assert named.resolve(TOWN, code) == cast.town
    assert named.resolve(TOWN, "430329999") is None
    assert named.resolve("water", code) == cast.water
    assert named.resolve("gone", code) is None
    assert named.by_id[cast.housing.pk] == cast.housing
    Territory.objects.create(region=cast.place, unit=cast.housing)
    assert units_of(set(), set(), {code: "石桥镇"}).resolve(TOWN, code) == cast.housing
    assert units_of({"water"}, set(), {}).by_town == {}


def test_only_the_units_that_are_meant_are_read_and_with_them_what_is_above(
    cast, django_assert_num_queries
):
    Unit.objects.create(code="baisha", name="白沙镇人民政府", short_name="白沙镇", kind="town")
    meters = Unit.objects.create(
        code="meters", name="抄表所", short_name="石桥镇", kind="section", parent=cast.water
    )
    with django_assert_num_queries(1):
        found = units_of({"meters"}, {cast.housing.pk}, {cast.place.code: "石桥镇"})
        assert found.by_code["meters"].parent == cast.water
    assert set(found.by_id) == {meters.pk, cast.housing.pk, cast.town.pk}
    assert units_of(set(), set(), {cast.place.code: "石桥镇"}).by_code == {"town": cast.town}
    assert found.by_town == {cast.place.code: cast.town}
