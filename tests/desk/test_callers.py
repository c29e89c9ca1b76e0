"""Who calls, at the operator's desk: looked up beside the form, and the words of an urge."""

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from cases.models import Case
from hotline.models import Draft
from tests.cast import NOON, wang_says
from tests.desk.calling import IN_PLACE, SAID, finish


@pytest.fixture
def desk(client, cast):
    client.force_login(cast.operator)
    return client


def urge(desk, case, **changed):
    return desk.post(reverse("desk:urge", args=[case.number]), SAID | changed)


def test_the_callers_history_pops_up_and_an_urge_is_no_new_case(desk, cast):
    case = wang_says(cast)
    page = finish(desk, "look_up", name="").content.decode()
    assert case.title in page
    assert "王＊芬" in page
    assert "王桂芬" not in page
    assert SAID["content"] in page  # what was typed is still there
    page = urge(desk, case).content.decode()
    case = Case.objects.get()
    assert case.urge_count == 1
    assert case.events.last().kind == "urged"
    assert case.contacts.get(kind="urge").original("note") == SAID["content"]
    assert SAID["content"] in page  # the call goes on with it


def test_every_call_that_asks_again_is_counted_while_it_can_be(desk, cast):
    case = wang_says(cast)
    address = reverse("desk:urge", args=[case.number])
    for count in (1, 2):
        assert address in finish(desk, "look_up").content.decode()
        urge(desk, case, content=f"第{count}次来催")
        assert Case.objects.get().urge_count == count
    Case.objects.get().reject(reason=cast.not_ours, by=cast.dispatcher, at=timezone.now())
    assert address not in finish(desk, "look_up").content.decode()
    assert urge(desk, case).status_code == 409
    assert Case.objects.get().urge_count == 2


def test_the_name_of_last_time_is_taken_without_being_shown(desk, cast):
    wang_says(cast)
    page = finish(desk, "look_up", name="").content.decode()
    assert 'name="known_name"' in page
    finish(desk, "accept", name="", known_name="on", looked_up="13807316217")
    assert Case.objects.order_by("pk").last().petitioner.name == "王桂芬"


def test_a_new_name_outweighs_that_of_last_time(desk, cast):
    wang_says(cast)
    finish(desk, "accept", name="王小红", known_name="on")
    assert Case.objects.order_by("pk").last().petitioner.name == "王小红"


def test_the_name_shown_for_one_number_is_not_taken_for_another(desk, cast):
    wang_says(cast)
    finish(desk, "accept", name="", known_name="on", looked_up="13900000000")
    assert Case.objects.order_by("pk").last().petitioner.name == ""


def look_up(desk, **typed):
    """What a look-up in place answers."""
    data = SAID | {"act": "look_up"} | typed
    return desk.post(reverse("desk:operator"), data, headers=IN_PLACE).content.decode()


def test_a_number_is_looked_up_in_place(desk, cast):
    case = wang_says(cast)
    part = look_up(desk, name="")
    assert case.title in part
    assert "王＊芬" in part
    assert 'name="looked_up" value="13807316217"' in part
    assert "checked" in part  # the name of last time, as nobody wrote another
    assert "id_content" not in part.replace('data-then="#id_content"', "")
    assert not Draft.objects.exists()


def test_a_name_unticked_stays_so_when_the_number_is_looked_up_again(desk, cast):
    wang_says(cast)
    assert "checked" not in look_up(desk, name="", looked_up="13807316217")
    assert "checked" not in look_up(desk)  # a name is written


def test_the_caller_panel_never_contradicts_itself(desk, cast):
    first, again = gettext("First call from this number."), gettext("Call no. %(n)s") % {"n": 2}
    assert first in look_up(desk)
    finish(desk, "log", content="打错了", category="", name="")
    part = look_up(desk)
    assert again in part
    assert first not in part
    part = look_up(desk, phone="1380731")
    assert first not in part
    assert "1380731" in part
    finish(desk, "accept", token="b" * 32, name="")  # a matter without a name
    part = look_up(desk)
    assert gettext("no name given so far") in part
    assert first not in part
    wang_says(cast, key="by-web", phone="13900000002")
    part = look_up(desk, phone="13900000002")
    assert first not in part
    assert gettext("Wrote before, never called") in part


def test_all_matters_are_counted_though_the_newest_are_shown(desk, cast):
    for number in range(8):
        wang_says(cast, key=f"many-{number}")
    assert '<span class="count">8</span>' in look_up(desk)


def test_an_urge_without_words_says_so_and_records_nothing(desk, cast):
    case = wang_says(cast)
    part = urge(desk, case, content=" ").content.decode()
    said = gettext("Write in “Content” what the caller says, then press F4: the unit reads it.")
    assert said in part
    assert Case.objects.get().urge_count == 0


def test_the_words_of_an_urge_leave_no_draft_and_are_recorded_once(desk, cast):
    case = wang_says(cast)
    only_words = {"title": "", "name": "", "address": ""}
    finish(desk, "draft", **only_words)
    assert Draft.objects.exists()
    part = urge(desk, case, **only_words).content.decode()
    assert not Draft.objects.exists()
    assert f'name="told" value="{SAID["content"]}"' in part
    finish(desk, "draft", told=SAID["content"], **only_words)  # a save that was on its way
    assert not Draft.objects.exists()
    assert (
        gettext("These words are recorded as an urge already.") in urge(desk, case).content.decode()
    )
    assert Case.objects.get().urge_count == 1
    assert urge(desk, case, token="", content="再催").status_code == 200
    assert not Draft.objects.filter(token="").exists()


@pytest.mark.parametrize("earlier", [1, 3])
def test_queries_do_not_grow_with_the_history(desk, cast, earlier, django_assert_max_num_queries):
    for number in range(earlier):
        wang_says(cast, key=f"k{number}", at=NOON)
    with django_assert_max_num_queries(26):
        finish(desk, "look_up", title="", content="", address="")
