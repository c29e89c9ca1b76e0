"""Handling texts where the citizen stays unknown: flats, the unit's own words, what is not shown again."""

from datetime import timedelta

import pytest

from cases.errors import Refused
from cases.models import Assignment, Case
from tests.cast import NOON, wang_says

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
TOLD = "我叫李小梅，电话139 0731 8990，老孙头家门口路灯整排不亮。"
FLAT = "人民路12号3栋2单元501室漏水，楼道积水"


def test_the_flat_is_left_out_where_the_citizen_stays_unknown(cast):
    open_one = wang_says(cast, content=FLAT, address="人民路3栋2单元501", key="a")
    kept = wang_says(
        cast, content=FLAT, address="人民路3栋2单元501", key="b", secrecy="confidential"
    )
    assert (open_one.content, open_one.address) == (FLAT, "人民路3栋2单元501")
    assert kept.content == "人民路12号3栋〔房号〕漏水，楼道积水"
    assert kept.address == "人民路3栋〔房号〕"
    kept.correct_handling(keep="2单元", by=cast.dispatcher, at=NOON + MINUTE)
    kept = Case.objects.get(pk=kept.pk)
    assert kept.content == "人民路12号3栋2单元〔房号〕漏水，楼道积水"
    assert kept.address == "人民路3栋2单元〔房号〕"
    assert kept.original("address") == "人民路3栋2单元501"


def test_a_room_that_one_text_or_the_place_names_is_known_in_the_others(cast):
    told = {"title": "1203漏水", "content": "501天天吵，花了501元", "address": "人民路3栋2单元501"}
    kept = wang_says(cast, request="住3栋1203", key="a", secrecy="confidential", **told)
    assert (kept.title, kept.content) == ("〔房号〕漏水", "〔房号〕天天吵，花了501元")
    kept.urge(note="501又打来", by=cast.operator, at=NOON + MINUTE)
    assert kept.contacts.get(kind="urge").note == "〔房号〕又打来"
    kept.correct_handling(keep="1203", by=cast.dispatcher, at=NOON + 2 * MINUTE)
    kept = Case.objects.get(pk=kept.pk)
    assert (kept.title, kept.content) == ("1203漏水", "〔房号〕天天吵，花了501元")
    open_one = wang_says(cast, request="住3栋1203", key="b", **told)
    assert (open_one.title, open_one.content) == (told["title"], told["content"])
    open_one.raise_secrecy(level="confidential", by=cast.dispatcher, at=NOON + 3 * MINUTE)
    assert Case.objects.get(pk=open_one.pk).title == "〔房号〕漏水"


def test_the_texts_follow_the_secrecy(cast):
    case = wang_says(cast, content=FLAT, key="a")
    case.raise_secrecy(level="confidential", by=cast.dispatcher, at=NOON + MINUTE)
    assert Case.objects.get(pk=case.pk).content == "人民路12号3栋〔房号〕漏水，楼道积水"
    case.ask_lower_secrecy(
        level="normal", reason="本人同意", by=cast.dispatcher, at=NOON + 2 * MINUTE
    )
    case.decide_secrecy(granted=True, note="已核实录音", by=cast.supervisor, at=NOON + 3 * MINUTE)
    assert Case.objects.get(pk=case.pk).content == FLAT


def test_a_matter_that_becomes_a_report_hides_the_flat_and_keeps_the_new_title(cast):
    case = wang_says(cast, title="我叫王桂芬反映漏水", content=FLAT, key="a")
    facts = {"category": cast.leaks, "demand_type": "report", "title": "3栋2单元501室漏水没人管"}
    case.accept(**facts, by=cast.dispatcher, at=NOON + MINUTE)
    case = Case.objects.get(pk=case.pk)
    assert case.content == "人民路12号3栋〔房号〕漏水，楼道积水"
    assert case.title == "3栋〔房号〕漏水没人管"
    assert case.original("title") == "3栋2单元501室漏水没人管"


def with_unit(cast, content, **said):
    """Confidential, signed by housing."""
    case = wang_says(cast, content=content, secrecy="confidential", **said)
    case.accept(category=cast.street_lights, by=cast.dispatcher, at=NOON + MINUTE)
    case.dispatch(lead=cast.housing, by=cast.dispatcher, at=NOON + 2 * MINUTE)
    task = Assignment.objects.get(case=case)
    task.sign(by=cast.clerk, at=NOON + 3 * MINUTE)
    return Case.objects.get(pk=case.pk), Assignment.objects.get(pk=task.pk)


GUESSES = "是不是李国强、王桂芬、刘红霞？尾号6217还是1111？"


def test_a_guess_is_told_nothing_though_somebody_else_knows_the_citizen(cast):
    """The leader was named and no longer is: the clerk's guesses stay as they are, in every text."""
    case, task = with_unit(cast, TOLD)
    case.name_contact(user=cast.leader, reason="上门", by=cast.dispatcher, at=NOON + 4 * MINUTE)
    task.ask_relay(question=GUESSES, by=cast.clerk, at=NOON + 5 * MINUTE)
    case = Case.objects.get(pk=case.pk)
    case.end_contact(user=cast.leader, by=cast.dispatcher, at=NOON + 6 * MINUTE)
    case.correct_handling(hide="路灯", by=cast.dispatcher, at=NOON + 7 * MINUTE)
    assert Assignment.objects.get(pk=task.pk).relays.get().question == GUESSES
    assert case.events.get(kind="relay_asked").payload["text"] == GUESSES
    asked = {"reason": cast.wrong_unit, "basis": GUESSES}
    task = Assignment.objects.get(pk=task.pk)
    task.ask_return(**asked, by=cast.clerk, at=NOON + 8 * MINUTE)
    assert task.requests.get().basis == GUESSES


def test_who_was_named_writes_the_name_and_nobody_else_reads_it(cast):
    case, task = with_unit(cast, TOLD)
    case.name_contact(user=cast.clerk, reason="上门", by=cast.dispatcher, at=NOON + 4 * MINUTE)
    said = {"internal_note": "已见面。", "solved": "solved", "fact_true": "true"}
    task = Assignment.objects.get(pk=task.pk)
    task.record_first_contact(
        method="visit", note="王桂芬在家", by=cast.clerk, at=NOON + 5 * MINUTE
    )
    reply = "王桂芬女士：您好，路灯已修好，请放心使用，谢谢您的来电。"
    task = Assignment.objects.get(pk=task.pk)
    task.submit_reply(public_reply=reply, **said, by=cast.clerk, at=NOON + 6 * MINUTE)
    task = Assignment.objects.get(pk=task.pk)
    assert task.public_reply.startswith("〔姓名〕女士")
    task.send_back(note="补充时间", by=cast.leader, at=NOON + 7 * MINUTE)
    task = Assignment.objects.get(pk=task.pk)
    edited = task.public_reply.replace("已修好", "昨天修好")
    task.submit_reply(public_reply=edited, **said, by=cast.leader, at=NOON + 8 * MINUTE)
    task = Assignment.objects.get(pk=task.pk)
    assert task.public_reply.startswith("〔姓名〕女士：您好，路灯昨天修好")
    assert task.original("public_reply").startswith("王桂芬女士：您好，路灯昨天修好")
    assert "王桂芬" not in task.first_contact_note


def test_who_was_named_and_no_longer_is_still_changes_the_words_around_the_name(cast):
    case, task = with_unit(cast, TOLD)
    case.name_contact(user=cast.clerk, reason="上门", by=cast.dispatcher, at=NOON + 4 * MINUTE)
    said = {"solved": "solved", "fact_true": "true", "by": cast.clerk}
    task = Assignment.objects.get(pk=task.pk)
    task.record_first_contact(method="visit", by=cast.clerk, at=NOON + 5 * MINUTE)
    reply = "王桂芬女士：您好，路灯已修好，请放心使用，谢谢您的来电。"
    Assignment.objects.get(pk=task.pk).submit_reply(
        public_reply=reply, **said, at=NOON + 6 * MINUTE
    )
    task = Assignment.objects.get(pk=task.pk)
    task.send_back(note="补充时间", by=cast.leader, at=NOON + 7 * MINUTE)
    case = Case.objects.get(pk=case.pk)
    case.end_contact(user=cast.clerk, by=cast.dispatcher, at=NOON + 8 * MINUTE)
    task = Assignment.objects.get(pk=task.pk)
    edited = task.public_reply.replace("已修好", "昨天修好")
    with pytest.raises(Refused, match="〔姓名〕"):  # two where one was: nobody knows which is which
        task.submit_reply(public_reply=edited + "〔姓名〕", **said, at=NOON + 9 * MINUTE)
    task.submit_reply(public_reply=edited, **said, at=NOON + 9 * MINUTE)
    task = Assignment.objects.get(pk=task.pk)
    assert task.public_reply.startswith("〔姓名〕女士：您好，路灯昨天修好")
    assert task.original("public_reply") == reply.replace("已修好", "昨天修好")


def test_the_leaders_note_is_no_guess_told(cast):
    _case, task = with_unit(cast, TOLD)
    task.ask_relay(question="几号杆？", by=cast.clerk, at=NOON + 4 * MINUTE)
    answer = {"result": "reached", "text": "十二号杆"}
    task = Assignment.objects.get(pk=task.pk)
    task.answer_relay(**answer, by=cast.agent, at=NOON + 5 * MINUTE)
    said = {"internal_note": "已查。", "solved": "solved", "fact_true": "true"}
    reply = "经核实，路灯线路老化，当天下午已全部更换，现已恢复照明。"
    task = Assignment.objects.get(pk=task.pk)
    task.submit_reply(public_reply=reply, **said, by=cast.clerk, at=NOON + 6 * MINUTE)
    task = Assignment.objects.get(pk=task.pk)
    task.send_back(note=GUESSES, by=cast.leader, at=NOON + 7 * MINUTE)
    assert Assignment.objects.get(pk=task.pk).review_note == GUESSES


def test_numbers_are_not_shown_again_where_the_citizen_stays_unknown(cast):
    paper = "430329197803124518"
    case = wang_says(
        cast, content=f"我身份证{paper}，微信xie_cg78，路灯不亮", key="n", secrecy="confidential"
    )
    for word in (paper, "xie_cg78", paper[:8]):
        with pytest.raises(Refused, match=f"“{word}”是个人的号码"):
            case.correct_handling(keep=word, by=cast.dispatcher, at=NOON + MINUTE)
    assert paper not in Case.objects.get(pk=case.pk).content


def test_the_plate_that_is_reported_can_be_shown_to_whoever_looks_into_it(cast):
    case = wang_says(cast, content="校长收礼，那台车牌湘C12345天天停在校门口。", secrecy="secret")
    assert "湘C12345" not in case.content
    case.correct_handling(keep="湘C12345", by=cast.dispatcher, at=NOON + MINUTE)
    assert "湘C12345" in Case.objects.get(pk=case.pk).content


def test_the_citizens_own_plate_stays_left_out(cast):
    case = wang_says(cast, content="我的车牌湘C12345被城管扣了。", secrecy="secret")
    with pytest.raises(Refused):
        case.correct_handling(keep="湘C12345", by=cast.dispatcher, at=NOON + MINUTE)


def test_a_plate_is_shown_unless_it_is_the_citizens_own_too(cast):
    told = "校长那台车牌湘C12345天天停在校门口。我的车牌湘C12345被人冒用。"
    case = wang_says(cast, content=told, secrecy="secret")
    with pytest.raises(Refused, match="湘C12345”是个人的号码"):
        case.correct_handling(keep="湘C12345", by=cast.dispatcher, at=NOON + MINUTE)


@pytest.mark.parametrize("word", ["王桂芬", "李小梅"])
def test_both_the_field_and_the_text_tell_who_stays_unknown(cast, word):
    case = wang_says(cast, content=TOLD, key="n", secrecy="confidential")
    with pytest.raises(Refused, match=f"“{word}”能看出诉求人"):
        case.correct_handling(keep=word, by=cast.dispatcher, at=NOON + MINUTE)


def test_a_word_beside_a_number_is_shown(cast):
    told = "老孙头家门口路灯不亮，有人打过139 0731 8990"
    case = wang_says(cast, content=told, key="n", secrecy="confidential")
    case.correct_handling(hide="老孙头", by=cast.dispatcher, at=NOON + MINUTE)
    assert Case.objects.get(pk=case.pk).content == "〔姓名〕家门口路灯不亮，有人打过〔号码〕"
    case.correct_handling(keep="老孙头", by=cast.dispatcher, at=NOON + 2 * MINUTE)
    assert Case.objects.get(pk=case.pk).content == "老孙头家门口路灯不亮，有人打过〔号码〕"
