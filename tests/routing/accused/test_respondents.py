"""Units meant or named in what a citizen writes, whatever is missing of the unit and however it is spelt."""

import pytest

from cases.models import Unit
from routing.accused.proposing import Names, meant

pytestmark = pytest.mark.django_db

ROWS = (
    ("county", "青溪县城市管理和综合执法局", "县城管局"),
    ("county", "青溪县公安局", "县公安局"),
    ("county", "青溪县人力资源和社会保障局", "县人社局"),
    ("county", "青溪县自然资源局", "县自然资源局"),
    ("county", "青溪县教育局", "县教育局"),
    ("county", "青溪县卫生健康局", "县卫健局"),
    ("county", "青溪县发展和改革局", "县发改局"),
    ("county", "青溪县市场监督管理局", "县市场监管局"),
    ("vertical", "国家税务总局青溪县税务局", "县税务局"),
)
SECTIONS = (
    ("青溪县住房和城乡建设局物业管理股", "县住建局物业管理股", "县住建局"),
    ("青溪县公安局交通警察大队", "县公安局交通警察大队", "县公安局"),
    ("青溪县公安局户政管理股", "县公安局户政管理股", "县公安局"),
    ("石桥镇幸福社区居民委员会", "幸福社区", "石桥镇"),
    ("石桥镇新桥村村民委员会", "新桥村", "石桥镇"),
)


@pytest.fixture
def county(cast):
    """The units of a county as the reference data names them."""
    for number, (kind, name, short) in enumerate(ROWS):
        Unit.objects.create(code=f"u{number}", name=name, short_name=short, kind=kind)
    for number, (name, short, above) in enumerate(SECTIONS):
        Unit.objects.create(
            code=f"s{number}", name=name, short_name=short, kind="section",
            parent=Unit.objects.get(short_name=above),
        )  # fmt: skip
    return cast


@pytest.mark.parametrize(
    "said", ["县自来水公司", " 自来水 公司 ", "縣自來水公司", "青溪县自来水公司"]
)
def test_a_unit_is_meant_by_its_name_alone(cast, said):
    assert meant(said) == [cast.water]


@pytest.mark.parametrize(
    "said", ["", "  ", "公司", "自来水公司的王某", "县自来水公司和王某", "县自来水公司、物业"]
)
def test_words_mean_no_unit(cast, said):
    assert meant(said) == []


@pytest.mark.parametrize(
    "said",
    [
        "县自来水公司和县住建局",
        "县自来水公司、县住建局",
        "县自来水公司以及青溪县住房和城乡建设局",
        "自来水公司，住房和城乡建设局",
        "县自来水公司/住建局",
    ],
)
def test_two_units_are_meant_by_their_two_names(cast, said):
    assert meant(said) == [cast.water, cast.housing]


def test_a_unit_without_a_short_name_harms_nobody(cast):
    roads = Unit.objects.create(code="roads", name="青溪县公路局", short_name="", kind="county")
    assert meant("青溪县公路局") == [roads]
    assert [one.unit for one in Names().proposed("举报青溪县公路局的人")] == [roads]


def test_no_unit_at_all_is_no_fault(db):
    assert Names().proposed("投诉县住建局") == []


NAMED = {  # what stands in the text -> the unit first proposed
    "住建局局长张某收钱": "县住建局",
    "县住房和城乡建设局乱收费": "县住建局",
    "青溪县住房和城乡建设局不作为": "县住建局",
    "住房和城乡建设局的窗口态度差": "县住建局",
    "縣住建局的人亂收費": "县住建局",
    "县 住 建 局 不管事": "县住建局",
    "投诉住建局，推诿扯皮": "县住建局",
    "住建局书记在外面开公司": "县住建局",
    "我县住建局把我的材料弄丢了": "县住建局",
    "住建部门不管": "县住建局",
    "房管局办证要红包": "县住建局",
    "物业管理股收好处": "县住建局物业管理股",
    "物业股股长吃拿卡要": "县住建局物业管理股",
    "物业管理科的科长": "县住建局物业管理股",
    "县住建局物业管理股的人": "县住建局物业管理股",
    "城管打人": "县城管局",
    "城管局副局长": "县城管局",
    "ＣＧ城管没收我的三轮车": "县城管局",
    "综合执法局的执法人员骂人": "县城管局",
    "城管队员掀摊子": "县城管局",
    "派出所所长不立案": "县公安局",
    "民警态度恶劣": "县公安局",
    "公安局不给办": "县公安局",
    "交警乱罚款": "县公安局交通警察大队",
    "交警大队大队长": "县公安局交通警察大队",
    "户政股不给上户口": "县公安局户政管理股",
    "劳动局收了材料没下文": "县人社局",
    "社保局主任": "县人社局",
    "国土所的人要烟": "县自然资源局",
    "教体局领导": "县教育局",
    "卫健委不处理": "县卫健局",
    "发改委科长": "县发改局",
    "工商所的人": "县市场监管局",
    "县税务局多收税": "县税务局",
    "税务所的人": "县税务局",
    "自来水公司抄表员收现金": "县自来水公司",
    "自来水厂厂长": "县自来水公司",
    "石桥镇政府不发补偿款": "石桥镇",
    "石桥镇镇长": "石桥镇",
    "石桥镇城建办的人收钱": "石桥镇",
    "石桥镇搞城建的吃回扣": "石桥镇",
    "石桥镇民政所不给办": "石桥镇",
    "石桥镇长签字不认账": "石桥镇",
    "石桥镇党委书记": "石桥镇",
    "石桥镇的干部吃低保": "石桥镇",
    "举报石桥镇": "石桥镇",
    "幸福社区主任": "幸福社区",
    "幸福社区居委会不开证明": "幸福社区",
    "新桥村支书": "新桥村",
    "新桥村村委会占地": "新桥村",
}


@pytest.mark.parametrize("said", NAMED)
def test_a_unit_is_proposed_by_what_people_call_it(county, said):
    found = Names().proposed(said)
    assert [str(one.unit) for one in found][:1] == [NAMED[said]], found


UNNAMED = (
    "邻居吵闹",
    "国家住建部的文件说可以",
    "省住建厅已经批复",
    "市住建局已经答复",
    "邻县住建局办得快",
    "市城管已处理",
    "国家税务总局的政策",
    "我住在石桥镇幸福社区3栋",
    "石桥镇长期停水",
    "石桥镇搞活动的时候停电",
    "石桥镇水利设施坏了",
    "新桥村的路灯不亮",
    "老家县住建局",
    "小城管理混乱",
    "办公室里太吵",
    "物业不作为",
    "物业管理公司乱收费",
    "停水三天了",
    "省公安厅网站打不开",
)


@pytest.mark.parametrize("said", UNNAMED)
def test_no_unit_of_ours_is_named(county, said):
    assert Names().proposed(said) == []


SPOKEN_TO = (
    "向住建局反映过两次",
    "我找过县住建局，没用",
    "请住建局尽快处理邻居违建",
    "希望县住建局管一管",
    "打电话给县住建局",
    "去住建局办证",
    "建议住建局加强管理",
    "要求青溪县住建局查处",
)


@pytest.mark.parametrize("said", SPOKEN_TO)
def test_whom_the_citizen_spoke_to_is_proposed_and_not_ticked(county, said):
    assert [(one.unit, one.is_likely) for one in Names().proposed(said)] == [
        (county.housing, False)
    ]


@pytest.mark.parametrize("said", ["住建局局长张某收钱", "投诉县住建局乱收费", "城管打人"])
def test_who_did_something_is_ticked(county, said):
    assert [one.is_likely for one in Names().proposed(said)] == [True]


@pytest.mark.parametrize("said", ["派出所所长不立案", "湘潭县住建局乱收费"])
def test_what_may_be_another_is_not_ticked(county, said):
    assert [one.is_likely for one in Names().proposed(said)] == [False]


def test_units_are_proposed_the_longer_name_first(cast):
    meters = Unit.objects.create(
        code="m", name="青溪县自来水公司抄表所", short_name="县自来水公司抄表所", kind="section",
        parent=cast.water,
    )  # fmt: skip
    found = Names().proposed("县自来水公司抄表所的人收钱，县住建局不管")
    assert [one.unit for one in found] == [meters, cast.housing]


def test_a_name_that_two_units_share_is_proposed_of_both_and_ticked_of_none(county):
    for number, above in enumerate(("县住建局", "县教育局")):
        parent = Unit.objects.get(short_name=above)
        Unit.objects.create(
            code=f"t{number}", name=f"{parent.name}安全监督股", short_name=f"{above}安全监督股",
            kind="section", parent=parent,
        )  # fmt: skip
    found = Names().proposed("安全监督股的人不接电话")
    assert {(str(one.unit), one.is_likely) for one in found} == {
        ("县住建局安全监督股", False), ("县教育局安全监督股", False),
    }  # fmt: skip
