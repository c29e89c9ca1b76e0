"""The people and units of the tests. Wang is a citizen; the others work for the county."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from cases.lifecycle.registering import IntakeData, register
from cases.models import Case, Category, Reason, Region, Respondent, Unit, User
from cases.people.person import CITIZEN

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=SHANGHAI)  # a Monday with ordinary weeks around it


def moment(text: str) -> datetime:
    """``"2026-11-23 09:30"`` in the office's time."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@dataclass
class Cast:
    """Everybody, by the name tests use."""

    office: Unit
    housing: Unit
    water: Unit
    town: Unit
    street_lights: Category
    leaks: Category
    place: Region
    operator: User
    dispatcher: User
    reviewer: User
    agent: User
    supervisor: User
    clerk: User
    leader: User
    other_clerk: User
    other_leader: User
    sysadmin: User
    auditor: User
    not_ours: Reason
    wrong_unit: Reason
    needs_works: Reason


def person(username: str, name: str, unit: Unit | None, *roles: str) -> User:
    """A member of staff with password ``password`` (hashed quickly in tests)."""
    user = User.objects.create_user(username, password="password", name=name, unit=unit)
    user.give(*roles)
    return user


def _units() -> dict[str, Unit]:
    office = Unit.objects.create(
        code="office", name="青溪县政务服务热线办公室", short_name="热线办", kind="office"
    )
    housing = Unit.objects.create(
        code="housing",
        name="青溪县住房和城乡建设局",
        short_name="县住建局",
        kind="county",
        pinyin="xzjj",
    )
    water = Unit.objects.create(
        code="water",
        name="青溪县自来水公司",
        short_name="县自来水公司",
        kind="utility",
        pinyin="xzlsgs",
    )
    town = Unit.objects.create(
        code="town", name="石桥镇人民政府", short_name="石桥镇", kind="town", pinyin="sqz"
    )
    return {"office": office, "housing": housing, "water": water, "town": town}


def _places_and_subjects() -> dict[str, Any]:
    top = Category.objects.create(code="07", name="城市管理", path="城市管理", level=1)
    lights = Category.objects.create(
        code="0701", name="路灯", parent=top, path="城市管理 › 路灯", pinyin="ld", level=2
    )
    leaks = Category.objects.create(
        code="0702", name="停水", parent=top, path="城市管理 › 停水", pinyin="ts", level=2
    )
    county = Region.objects.create(code="430329", name="青溪县", level="county", path="青溪县")
    place = Region.objects.create(
        code="430329101", name="石桥镇", parent=county, level="town", path="青溪县 › 石桥镇"
    )
    return {"street_lights": lights, "leaks": leaks, "place": place}


def make_cast() -> Cast:
    """Create the whole cast; deadline policies and calendar come from ``load_reference`` fixtures."""
    units = _units()
    office, housing, water = units["office"], units["housing"], units["water"]
    return Cast(
        **units,
        **_places_and_subjects(),
        operator=person("operator", "李婧", office, "operator"),
        dispatcher=person("dispatcher", "张蕾", office, "dispatcher"),
        reviewer=person("reviewer", "赵敏", office, "reviewer"),
        agent=person("agent", "孙洁", office, "callback"),
        supervisor=person("supervisor", "陈立", office, "supervisor"),
        clerk=person("clerk", "周明", housing, "clerk"),
        leader=person("leader", "吴刚", housing, "leader"),
        other_clerk=person("other_clerk", "郑凯", water, "clerk"),
        other_leader=person("other_leader", "冯涛", water, "leader"),
        sysadmin=person("sysadmin", "何平", None, "system_admin"),
        auditor=person("auditor", "许静", None, "audit_admin"),
        not_ours=Reason.objects.create(
            kind="reject",
            code="litigation",
            name="应通过诉讼解决",
            guidance="请向人民法院提起诉讼。",
        ),
        wrong_unit=Reason.objects.create(kind="return", code="not_duty", name="职责不符"),
        needs_works=Reason.objects.create(kind="extension", code="engineering", name="需工程施工"),
    )


def wang_says(cast: Cast, **said: Any) -> Any:
    """Wang reports broken street lights on the website; returns the submitted case."""
    at = said.pop("at", NOON)
    key = said.pop("key", "form-1")
    facts = {
        "channel": "web",
        "title": "人民路路灯整排不亮",
        "content": "人民路东段路灯从上周起整排不亮，夜里看不见路。",
        "demand_type": "help",
        "region": cast.place,
        "address": "人民路东段",
        "name": "王桂芬",
        "phone": "138 0731 6217",
        "contact_at": at,
        "publish_consent": True,
    }
    by = said.pop("by", CITIZEN)
    return register(IntakeData(**(facts | said)), key=key, by=by, at=at)


def accuse(cases: Any, unit: Unit) -> None:
    """Say of cases that units already hold that ``unit`` is complained about, taking nothing back.

    As such cases stood before there was a recusal: only what asks for them can hide them now.
    """
    for case in cases:
        Respondent.objects.create(case=case, unit=unit, named_at=NOON)
        Case.objects.filter(pk=case.pk).update(respondent_state="unit")
