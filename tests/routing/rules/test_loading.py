"""The CSV files: loaded twice the same, refused whole when a row is wrong."""

import shutil

import pytest
from django.core.management import CommandError, call_command

from cases.models import Category, Region, Unit
from routing.models import CatalogueEntry, Rule, Territory
from routing.rules.loading import DATA, FaultyRows, load_routing

ENTRY = (
    "number,matter,keywords,category_code,region,lead,assisting,legal_basis,valid_from\n"
    "1,路灯,路灯,{category},any,{lead},@town,《规定》,2018-01-01\n"
)
RULES = (
    "order,name,category,region,words,channel,urgency,demand_type,hours,lead,assisting,sentence\n"
    "10,夜间,{subject},,,,,,{hours},housing,,夜里由住建局值班。\n"
)


@pytest.fixture
def folder(tmp_path, cast):
    def write(category="0701", lead="housing", hours="20:00-06:00", subject="0701"):
        (tmp_path / "catalogue.csv").write_text(ENTRY.format(category=category, lead=lead))
        (tmp_path / "rules.csv").write_text(RULES.format(hours=hours, subject=subject))
        return tmp_path

    return write


def test_loading_twice_changes_nothing(folder, cast, capsys):
    for _ in range(2):
        call_command("load_routing", folder=folder())
        assert "派单目录 1 项、规则 1 条、乡镇 1 个" in capsys.readouterr().out
    assert CatalogueEntry.objects.get().category == cast.street_lights
    assert Rule.objects.get().hours == "20:00-06:00"
    assert Territory.objects.get().unit == cast.town


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"category": "9999"}, "catalogue.csv:2"),
        ({"lead": "nobody"}, "nobody"),
        ({"hours": "夜里"}, "rules.csv:2"),
        ({"subject": "88"}, "rules.csv:2: .*88"),
    ],
)
def test_one_wrong_row_loads_nothing(folder, wrong, said):
    with pytest.raises(CommandError, match=said):
        call_command("load_routing", folder=folder(**wrong))
    assert not CatalogueEntry.objects.exists()
    assert not Rule.objects.exists()


def test_a_town_without_unit_is_named(folder, cast):
    Unit.objects.filter(pk=cast.town.pk).update(short_name="别的镇")
    assert load_routing(folder()).towns_without_unit == ("石桥镇",)


def test_a_territory_changed_by_hand_stays(folder, cast):
    Territory.objects.create(region=cast.place, unit=cast.water)
    load_routing(folder())
    assert Territory.objects.get().unit == cast.water


def test_the_shipped_files_name_only_shipped_categories_units_and_places(db):
    import csv

    from cases import models  # noqa: F401 - the app is loaded

    def rows(name):
        path = DATA.parent.parent / "cases" / "data" / name
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    for row in rows("units.csv"):
        Unit.objects.create(
            code=row["code"], name=row["name"], short_name=row["short_name"], kind=row["kind"]
        )
    for row in rows("categories.csv"):
        Category.objects.create(code=row["code"], name=row["name"], path=row["name"])
    for row in rows("regions.csv"):
        Region.objects.create(code=row["code"], name=row["name"], level=row["level"])
    loaded = load_routing()
    assert loaded.entries > 200
    assert loaded.rules > 40
    assert loaded.towns_without_unit == ()


def test_a_folder_without_files_is_an_error(tmp_path, db):
    shutil.rmtree(tmp_path)
    with pytest.raises(FileNotFoundError):
        load_routing(tmp_path)
    assert issubclass(FaultyRows, Exception)
