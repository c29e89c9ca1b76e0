"""What a person chooses from while typing."""

from django import forms
from django.template import Context, Template

from cases.models import Category, Region, Unit
from cases.reference import options
from cases.reference.options import ListOption


def labels(rows):
    return [one.label for one in rows]


def test_places_are_found_by_the_initials_of_their_own_name(cast):
    village = Region.objects.create(
        code="430329101001",
        name="和平社区",
        parent=cast.place,
        level="village",
        path="青溪县 › 石桥镇 › 和平社区",
    )
    found = {one.label: one.keys for one in options.places()}
    assert found[village.path] == "和平社区 hpsq"
    assert len(options.places(with_county=False)) == Region.objects.exclude(level="county").count()
    Region.objects.filter(pk=village.pk).update(is_active=False)
    assert village.path not in labels(options.places())


def test_categories_are_those_one_may_choose(cast):
    assert labels(options.leaf_categories()) == ["城市管理 › 路灯", "城市管理 › 停水"]
    Category.objects.create(
        code="070101",
        name="整排",
        parent=cast.street_lights,
        level=3,
        path="城市管理 › 路灯 › 整排",
    )
    assert labels(options.leaf_categories()) == ["城市管理 › 路灯 › 整排", "城市管理 › 停水"]
    assert "城市管理 › 路灯" in labels(options.all_categories())


def test_units_go_by_their_short_name_with_the_full_one_beside(cast):
    found = options.units(Unit.objects.filter(pk=cast.housing.pk))
    assert found == [
        ListOption("县住建局", f"{cast.housing.name} xzjj", cast.housing.name),
    ]
    Unit.objects.filter(pk=cast.housing.pk).update(short_name="")
    assert options.units(Unit.objects.filter(pk=cast.housing.pk))[0].more == ""
    assert len(options.units()) == Unit.objects.count()


class Classed(forms.Form):
    """A form with one such field."""

    category = forms.CharField(required=False)


def drawn(initial, proposed=""):
    form = Classed(initial=initial)
    words = "{% load comboboxes %}{% combobox form.category rows proposed=proposed %}"
    rows = [ListOption("路灯 › <灯>", "灯 d"), ListOption("停水", "停水 ts")]
    facts = {"form": form, "rows": rows, "proposed": proposed}
    return Template(words).render(Context(facts))


def test_a_select_shows_what_stands_in_the_field():
    page = drawn({"category": "停水"})
    assert 'value="停水" data-keys="停水 ts" selected' in page
    assert "路灯 › &lt;灯&gt;" in page
    assert "data-proposed=" not in page


def test_what_is_no_option_stays_in_the_field():
    assert '<option value="没有&lt;" selected>没有&lt;</option>' in drawn({"category": "没有<"})


def test_a_proposal_is_chosen_where_nothing_stands():
    page = drawn({}, proposed="停水")
    assert 'value="停水" data-keys="停水 ts" selected' in page
    assert 'data-proposed="停水"' in page
    assert "data-proposed=" not in drawn({"category": "路灯 › <灯>"}, proposed="停水")
    assert "selected" not in drawn({})
