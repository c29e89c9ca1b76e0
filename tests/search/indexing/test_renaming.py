"""What is renamed is found by its new name, soon, in bounded portions, whoever renamed it."""

from cases.models import Category, Region, Unit
from search.indexing.renaming import follow_names
from search.indexing.upkeep import refresh
from search.models import IndexedName
from tests.cast import NOON


def handled(say, cast, *contents):
    cases = []
    for content in contents:
        case = say(content)
        case.accept(category=cast.street_lights, by=cast.dispatcher, at=NOON)
        case.dispatch(lead=cast.housing, basis="目录", by=cast.dispatcher, at=NOON)
        refresh([case.pk])
        cases.append(case)
    return cases


def test_units_categories_and_places(say, found, cast):
    (case,) = handled(say, cast, "不亮")
    assert follow_names() == 0  # the first look learns the names
    Unit.objects.filter(pk=cast.housing.pk).update(name="青溪县建设局", short_name="县建设局")
    Category.objects.filter(pk=cast.street_lights.pk).update(path="市政 › 街头照明")
    Region.objects.filter(pk=cast.place.pk).update(path="青溪县 › 石桥街道")
    for word in ("县建设局", "街头照明", "石桥街道"):
        assert found(word) == []
    assert follow_names() == 3
    for word in ("县建设局", "街头照明", "石桥街道", "住房和城乡建设局"):
        assert found(word) == [case.number], word  # the unit's name of that day stays findable
    for word in ("城市管理", "石桥镇"):
        assert found(word) == [], word
    assert follow_names() == 0


def test_a_run_is_bounded_and_the_next_goes_on(say, found, cast, monkeypatch):
    monkeypatch.setattr("search.indexing.renaming.BATCH", 2)
    cases = handled(say, cast, *(f"不亮{n}" for n in range(5)))
    follow_names()
    Unit.objects.filter(pk=cast.housing.pk).update(short_name="县建设局")
    assert follow_names(most=3) == 3
    assert set(found("县建设局")) == {case.number for case in cases[:3]}
    assert IndexedName.objects.get(kind="unit", subject_id=cast.housing.pk).cursor == cases[2].pk
    assert follow_names(most=3) == 2
    assert set(found("县建设局")) == {case.number for case in cases}
    assert IndexedName.objects.get(kind="unit", subject_id=cast.housing.pk).cursor is None
    assert follow_names() == 0


def test_the_task_is_on_the_schedule(db):
    from config.celery import app
    from config.schedule import SCHEDULE

    assert any(entry["task"] == "search.follow_names" for entry in SCHEDULE.values())
    app.loader.import_default_modules()
    assert app.tasks["search.follow_names"]() == 0
