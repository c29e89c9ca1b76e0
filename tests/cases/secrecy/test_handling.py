"""Handling texts of whole cases: made when a row is written, corrected, made for cases of before."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from cases.errors import Refused
from cases.events.outbox import drain
from cases.lifecycle import identity, remaking
from cases.models import Assignment, Case, Contact, Notice, Original, Petitioner
from cases.people.kept import forget
from cases.people.person import CITIZEN
from cases.secrecy import handling
from hotline.desk.sentences.events import made_for, tell_event, tell_notice
from search.engines.documents import documents
from tests.cast import NOON, wang_says

MINUTE = timedelta(minutes=1)

TOLD = "我叫李小梅，电话139 0731 8990，人民路东段路灯整排不亮，老孙头也知道。"
MADE = "我叫〔姓名〕，电话〔号码〕，人民路东段路灯整排不亮，老孙头也知道。"


@pytest.fixture
def case(cast):
    return Case.objects.get(pk=wang_says(cast, content=TOLD, key="told").pk)


@pytest.fixture(autouse=True)
def _fresh_worker(monkeypatch):
    monkeypatch.setattr(remaking, "_failed", {})


def as_before(case):
    """As cases were before there were handling texts: original words in the columns, nothing made."""
    for original in Original.objects.filter(case=case):
        _source, pk, name = original.key.split(":")
        assert int(pk) == case.pk
        Case.objects.filter(pk=pk).update(**{name: original.text})
    Original.objects.all().delete()
    Case.objects.filter(pk=case.pk).update(identity_sealed="", handled_at=None)
    return Case.objects.get(pk=case.pk)


def test_no_column_of_any_table_holds_who_it_is(case):
    case.supplement(text="我是李小梅，王桂芬13807316217", by=CITIZEN, at=NOON + MINUTE)
    told = ("李小梅", "王桂芬", "13807316217", "139 0731")
    for model in apps.get_models():
        for row in model._base_manager.values():
            assert [one for one in told if one in str(row)] == [], (model, row)


def test_the_original_is_kept_whole(case):
    assert case.content == MADE
    assert case.original("content") == TOLD
    assert case.as_written()["content"] == TOLD
    assert case.request == case.original("request")


def test_a_name_introduced_in_the_letter_is_known_in_what_units_write(case, cast):
    case.urge(note="李小梅又打来", by=cast.operator, at=NOON + MINUTE)
    assert Contact.objects.get(kind="urge").note == "〔姓名〕又打来"
    assert case.events.get(kind="urged").payload["note"] == "〔姓名〕又打来"


def test_a_person_leaves_out_more_and_every_text_is_made_anew(case, cast):
    case.urge(note="老孙头又打来", by=cast.operator, at=NOON + MINUTE)
    case.correct_handling(hide="老孙头", by=cast.dispatcher, at=NOON + 2 * MINUTE)
    case = Case.objects.get(pk=case.pk)
    assert "老孙头" not in case.content
    assert Contact.objects.get(kind="urge").note == "〔姓名〕又打来"
    event = case.events.get(kind="handling_corrected")
    counts = {"hidden": 1, "kept": 0, "texts": 2, "left_out": 1, "shown": 0}
    assert event.payload == counts  # the words themselves are told nobody
    case.correct_handling(keep="老孙头", by=cast.dispatcher, at=NOON + 3 * MINUTE)
    case = Case.objects.get(pk=case.pk)
    assert case.content == MADE
    assert case.identity.hide == ()


def test_what_the_rule_left_out_by_mistake_is_shown_again(case, cast):
    case.correct_handling(keep="李小梅", by=cast.dispatcher, at=NOON + MINUTE)
    assert Case.objects.get(pk=case.pk).content.startswith("我叫李小梅，电话〔号码〕")
    assert Case.objects.get(pk=case.pk).original("content") == TOLD


@pytest.mark.parametrize(
    "word", ["王桂芬", "桂芬", "我是王桂芬", "王女士", "138 0731 6217", "6217"]
)
def test_whoever_brought_it_is_not_shown_again(case, cast, word):
    case.urge(note="王桂芬13807316217又打来", by=cast.operator, at=NOON + MINUTE)
    with pytest.raises(Refused, match=f"“{word}”能看出诉求人"):
        case.correct_handling(keep=word, by=cast.dispatcher, at=NOON + MINUTE)
    assert Contact.objects.get(kind="urge").note == "〔姓名〕〔号码〕又打来"


def test_a_title_that_is_changed_keeps_who_brought_it(cast):
    case = wang_says(cast, title="我是王桂芬反映漏水", key="title")
    facts = {"category": cast.leaks, "title": case.title + "，很急"}
    case.accept(**facts, by=cast.dispatcher, at=NOON + MINUTE)
    case = Case.objects.get(pk=case.pk)
    assert case.title == "我是〔姓名〕反映漏水，很急"
    assert case.original("title") == "我是王桂芬反映漏水，很急"


@pytest.mark.parametrize("word", ["孙", "，，，", "孙" * 61])
def test_what_is_no_word_is_refused(case, cast, word):
    with pytest.raises(Refused, match="2 至 60 个字"):
        case.correct_handling(hide=word, by=cast.dispatcher, at=NOON + MINUTE)


def test_a_word_of_the_greatest_length_is_one(case, cast):
    case.correct_handling(hide="孙" * handling.LENGTH, by=cast.dispatcher, at=NOON + MINUTE)
    assert case.identity.hide == ("孙" * handling.LENGTH,)


def test_as_many_words_as_a_person_can_oversee_each_way(case, cast):
    hide, keep = ("、".join(f"{way}某{n:02d}" for n in range(handling.MOST)) for way in "甲乙")
    case.correct_handling(hide=hide, keep=keep, by=cast.dispatcher, at=NOON + MINUTE)
    counts = {"hidden": 30, "kept": 30, "texts": 0, "left_out": 30, "shown": 30}
    assert case.events.get(kind="handling_corrected").payload == counts
    assert Case.objects.get(pk=case.pk).handled_at == NOON + MINUTE
    with pytest.raises(Refused, match="最多添加 30"):
        case.correct_handling(keep="另一个", by=cast.dispatcher, at=NOON + MINUTE)


def test_names_that_the_rule_learnt_to_find_since_are_known_once_texts_are_made_anew(
    cast, monkeypatch
):
    with monkeypatch.context() as before:
        before.setattr(identity, "names_in", lambda _text: frozenset())
        case = wang_says(cast, content=TOLD, key="before")
    case.correct_handling(by=cast.dispatcher, at=NOON + MINUTE)
    case.urge(note="李小梅又打来", by=cast.operator, at=NOON + 2 * MINUTE)
    assert Contact.objects.get(kind="urge").note == "〔姓名〕又打来"


def test_no_more_words_than_a_person_can_oversee(case, cast):
    for n in range(handling.MOST):
        case.correct_handling(hide=f"某某{n:02d}", by=cast.dispatcher, at=NOON + MINUTE)
    with pytest.raises(Refused, match="最多添加 30"):
        case.correct_handling(hide="另一个", by=cast.dispatcher, at=NOON + MINUTE)


def test_units_see_a_case_of_before_only_once_its_texts_are_made(case, cast):
    case.accept(category=cast.street_lights, by=cast.dispatcher, at=NOON + MINUTE)
    case.dispatch(lead=cast.housing, by=cast.dispatcher, at=NOON + 2 * MINUTE)
    case = as_before(case)
    assert not Case.objects.visible_to(cast.clerk).exists()
    assert not Assignment.objects.visible_to(cast.clerk).exists()
    (document,) = documents([case.pk])
    assert "李小梅" not in f"{document}"
    assert list(remaking.make_unmade(NOON)) == [True]
    assert Case.objects.visible_to(cast.clerk).get().content == MADE
    assert Assignment.objects.visible_to(cast.clerk).exists()
    drain(NOON)
    assert "路灯整排不亮" in documents([case.pk])[0].body


def test_a_unit_is_told_while_texts_of_before_are_being_made(case, cast, client):
    as_before(case)
    client.force_login(cast.clerk)
    told = "办理文本正在生成"
    assert told in client.get("/desk/tasks/").text
    assert list(remaking.make_unmade(NOON)) == [True]
    forget()
    assert told not in client.get("/desk/tasks/").text


def test_the_command_goes_on_where_it_was_stopped(cast, capsys):
    cases = [as_before(wang_says(cast, content=TOLD, key=str(n))) for n in range(3)]
    made = remaking.make_unmade(NOON)
    next(made)
    made.close()
    assert remaking.unmade().count() == 2
    call_command("make_handling_texts")
    assert "2" in capsys.readouterr().out
    assert {one.content for one in Case.objects.filter(pk__in=[c.pk for c in cases])} == {MADE}
    assert not remaking.unmade().exists()


def test_the_command_stopped_by_hand_says_what_is_kept(cast, monkeypatch):
    for n in range(2):
        as_before(wang_says(cast, content=TOLD, key=str(n)))
    make_all = remaking.make_unmade

    def stopped(at):
        yield next(make_all(at))
        raise KeyboardInterrupt

    monkeypatch.setattr(remaking, "make_unmade", stopped)
    with pytest.raises(CommandError, match="1"):
        call_command("make_handling_texts")
    assert remaking.unmade().count() == 1


def test_open_cases_come_first(cast):
    ids = [as_before(wang_says(cast, content=TOLD, key=str(n))).pk for n in range(2)]
    Case.objects.filter(pk=ids[1]).update(state="archived")
    assert list(remaking.unmade().values_list("pk", flat=True)) == ids


def test_a_case_that_cannot_be_made_stays_hidden_and_keeps_nobody_waiting(cast):
    bad, good = (as_before(wang_says(cast, content=TOLD, key=str(n))) for n in range(2))
    Petitioner.objects.filter(pk=bad.petitioner_id).update(name_sealed="broken")
    with pytest.raises(CommandError, match="1"):
        call_command("make_handling_texts")
    assert list(remaking.unmade()) == [bad]
    assert Case.objects.get(pk=good.pk).content == MADE


def test_the_worker_tries_it_again_after_an_hour(cast):
    bad = as_before(wang_says(cast, content=TOLD, key="bad"))
    Petitioner.objects.filter(pk=bad.petitioner_id).update(name_sealed="broken")
    assert list(remaking.make_unmade(NOON, is_patient=True)) == [False]
    assert list(remaking.make_unmade(NOON + 59 * MINUTE, is_patient=True)) == []
    assert list(remaking.make_unmade(NOON + 60 * MINUTE, is_patient=True)) == [False]


def test_what_units_wrote_before_when_they_knew_the_citizen_is_made_too(cast):
    """Of a confidential case as well: nothing in it is a guess."""
    case = wang_says(cast, content=TOLD, key="kept", secrecy="confidential")
    case.accept(category=cast.street_lights, by=cast.dispatcher, at=NOON + MINUTE)
    case.dispatch(lead=cast.housing, by=cast.dispatcher, at=NOON + 2 * MINUTE)
    as_before(case)
    told = "王桂芬女士：您好，路灯已修好。"
    Assignment.objects.update(public_reply=told)
    assert list(remaking.make_unmade(NOON + 3 * MINUTE)) == [True]
    assert Assignment.objects.get().public_reply == "〔姓名〕女士：您好，路灯已修好。"


def test_what_was_recorded_before_is_told_without_names(case, cast):
    case.urge(note="又打来", by=cast.operator, at=NOON + MINUTE)
    event = case.events.get(kind="urged")
    event.payload["note"] = "李小梅又打来，139 0731 8990"  # as it was recorded before
    as_before(case)
    assert list(remaking.make_unmade(NOON + 2 * MINUTE)) == [True]
    case = Case.objects.get(pk=case.pk)
    assert tell_event(event, made_for(case, event)).quote == "〔姓名〕又打来，〔号码〕"
    notice = Notice(event=event, case=case, kind="urged", at=event.at)
    assert tell_notice(notice, cast.dispatcher).quote == ""


def test_a_text_of_no_case_is_made_too(cast):
    one = Contact.objects.create(channel="phone", at=NOON, note="我叫李小梅，不用办")
    assert (one.note, one.original("note")) == ("我叫〔姓名〕，不用办", "我叫李小梅，不用办")


def test_several_words_are_set_apart(case, cast):
    case.correct_handling(hide="老孙头、 路灯，整排", by=cast.dispatcher, at=NOON + MINUTE)
    case = Case.objects.get(pk=case.pk)
    assert case.identity.hide == ("老孙头", "路灯", "整排")
    case.correct_handling(keep="路灯;整排", by=cast.dispatcher, at=NOON + 2 * MINUTE)
    case = Case.objects.get(pk=case.pk)
    assert case.identity.hide == ("老孙头",)
    assert case.identity.keep == ("路灯", "整排")
