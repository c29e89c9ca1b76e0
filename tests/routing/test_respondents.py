"""Units meant or named in what a citizen writes, whatever is missing of the unit and however it is spelt."""

import pytest

from cases.models import Unit
from routing.respondents import meant, proposed

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "said", ["县自来水公司", " 自来水 公司 ", "縣自來水公司", "青溪县自来水公司"]
)
def test_a_unit_is_meant_by_its_name_alone(cast, said):
    assert meant(said) == cast.water


@pytest.mark.parametrize("said", ["", "  ", "公司", "自来水公司的王某", "县自来水公司和县住建局"])
def test_words_mean_no_unit(cast, said):
    assert meant(said) is None


def test_a_unit_without_a_short_name_harms_nobody(cast):
    Unit.objects.create(code="roads", name="青溪县公路局", short_name="", kind="county")
    assert meant("青溪县公路局").code == "roads"
    assert proposed("举报青溪县公路局的人") == [Unit.objects.get(code="roads")]


def test_units_are_proposed_as_the_text_names_them_the_longer_name_first(cast):
    meters = Unit.objects.create(
        code="m", name="青溪县自来水公司抄表所", short_name="县自来水公司抄表所", kind="section",
        parent=cast.water,
    )  # fmt: skip
    assert proposed("县自来水公司抄表所的人收钱，县住建局不管") == [meters, cast.housing]
    assert proposed("邻居吵闹") == []
