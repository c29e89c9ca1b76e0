"""Case numbers, telephones, digits among Chinese, initials, and the fields of the query language."""

from datetime import timedelta

from search.asking.finding import jump
from search.indexing.upkeep import refresh
from tests.cast import NOON


def test_a_number_is_found_whole_by_its_tail_and_jumps(say, found, cast):
    case = say("路灯不亮")
    other = say("停水")
    assert found(f"单号:{case.number}") == [case.number]
    assert found(case.number[-6:]) == [case.number]
    assert jump(f"{case.number[:6]} {case.number[6:]}", cast.dispatcher) == case
    assert jump(f"单号：{case.number}", cast.dispatcher) == case
    assert jump(other.number[:-1], cast.dispatcher) is None
    assert jump(case.number, cast.clerk) is None


def test_phones_are_for_the_office_only_and_never_in_the_index(say, found, cast):
    case = say("路灯不亮", name="王桂芬", phone="13807316217")
    case.accept(category=cast.street_lights, by=cast.dispatcher, at=NOON)
    case.dispatch(lead=cast.housing, basis="目录", by=cast.dispatcher, at=NOON)
    refresh([case.pk])
    assert found("电话:6217") == [case.number]
    assert found("电话:138 0731 6217".replace(" ", "")) == [case.number]
    assert found("电话:13807316218") == []
    assert found("路灯", cast.clerk) == [case.number]
    for typed in ("电话:6217", "电话:13807316217", "6217", "13807316217", "王桂芬", "桂芬"):
        assert found(typed, cast.clerk) == []
    for typed in ("13807316217", "王桂芬"):
        assert found(typed) == []


def test_a_part_of_a_number_is_found_wherever_it_stands(say, found):
    case, other = say("路灯不亮"), say("停水", at=NOON - timedelta(days=3))
    number = case.number
    for part in (number[:8], number[6:12], number[7:13], number[8:17], number[-4:], number[-9:]):
        assert number in found(part), part
        assert number in found(f"单号:{part}"), part
    assert found(number[8:17]) == [number]
    assert found(f"{number[:6]} {number[6:12]} {number[12:14]} {number[14:19]}") == [number]
    assert found(f"{number[6:12]}-{number[14:19]}") == [number]
    assert found("".join(chr(ord(c) + 0xFEE0) for c in number[8:17])) == [number]
    assert other.number in found(other.number[6:12])
    assert found("99999999") == []


def test_digits_with_chinese_and_days_however_written(say, found):
    case = say("2026年11月5日，幸福家园十二栋2单元三楼漏水，6路公交站旁")
    say("2026年11月15日，幸福家园112栋22单元15楼漏水，16路公交站旁")
    for typed in (
        *("12栋", "十二栋", "12栋2单元", "２单元", "3楼", "六路公交", "2026-11-05", "2026/11/5"),
        *("11月5日", "11月05日", "11月5号", "幸福家园12栋二单元"),
    ):
        assert found(typed) == [case.number], typed


def test_everybody_who_was_in_touch_about_a_case_finds_it(say, found, cast):
    from cases.models import Contact, Petitioner

    case = say("路灯不亮", phone="13807316217")
    neighbour = Petitioner.keep(name="李四海", phone="138 7311 9042")
    Contact.objects.create(
        channel="phone",
        kind="urge",
        at=NOON,
        case=case,
        petitioner=neighbour,
        phone_hash=neighbour.phone_hash,
    )
    nobody = Petitioner.keep(phone="13873119042")
    Contact.objects.create(channel="phone", at=NOON, petitioner=nobody)  # about no case
    for typed in ("电话:9042", "电话:13873119042", "电话:6217", "尾号:9042"):
        assert found(typed) == [case.number], typed
    for typed in ("电话:904", "电话:0042", "电话:13873119043"):
        assert found(typed) == [], typed
    case.accept(category=cast.street_lights, by=cast.dispatcher, at=NOON)
    case.dispatch(lead=cast.housing, basis="目录", by=cast.dispatcher, at=NOON)
    for who in (cast.clerk, cast.leader, cast.sysadmin, cast.auditor):
        for typed in ("电话:9042", "电话:13873119042", "电话:6217", "9042", "13873119042"):
            assert found(typed, who) == [], (who, typed)


def test_a_short_number_has_no_tail(db):
    from cases.models import Petitioner

    tails = {
        phone: Petitioner.of(phone=phone, pk=1).phone_tail
        for phone in ("13807316217", "5551234", "0731-55551234", "12345", "", "55551234转8")
    }
    assert tails == {
        "13807316217": "6217",
        "5551234": "",
        "0731-55551234": "1234",
        "12345": "",
        "": "",
        "55551234转8": "",
    }


def test_letters_that_stand_nowhere_are_initials(say, found, cast):
    case = say("家里没有水")
    say("路灯不亮")
    case.accept(category=cast.leaks, by=cast.dispatcher, at=NOON)
    case.dispatch(lead=cast.water, basis="目录", by=cast.dispatcher, at=NOON)
    refresh([case.pk])
    for typed in ("zls", "ZLS", "zilaishui", "xzls", "单位:zls", "单位:zilaishui", "unit:zls"):
        assert found(typed) == [case.number], typed
    for typed in ("ls", "szl", '"zls"', "标题:zls", "单位:ls", "诉求 zls"):
        assert found(typed) == [], typed
    written = say("ZLS设备响")
    assert found("zls") == [written.number]  # what stands in a text comes before a guess


def test_places_bodies_and_addresses_have_their_fields(say, found, cast):
    case = say("路灯不亮", address="人民路东段", region=cast.place)
    other = say("人民路停水", address="解放路", region=None)
    assert found("地址:人民路") == [case.number]
    assert found("内容:人民路") == [other.number]
    assert found("区域:石桥") == [case.number]
    assert found("区域:430329101") == [case.number]
    assert found("人民路 -地址:人民路") == [other.number]
