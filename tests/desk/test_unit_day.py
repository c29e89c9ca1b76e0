"""A clerk's and a leader's day through the pages, from the list to the signed reply."""

from datetime import timedelta

from django.urls import reverse

from cases.models import Case
from hotline.models import TaskDraft
from tests.cast import NOON
from tests.desk.stages import LATER, REPLY, contacted, dispatched, drafted, kinds, signed


def task_url(name, case):
    return reverse(f"desk:{name}", args=[case.lead().pk])


def test_a_clerk_signs_contacts_and_replies(cast, browser):
    case = dispatched(cast)
    clerk = browser(cast.clerk)
    home = clerk.get("/desk/", follow=True)
    assert home.redirect_chain[-1][0] == "/desk/tasks/"
    assert "人民路路灯整排不亮" in home.content.decode()

    answer = clerk.post(task_url("task_signature", case))
    assert (answer.status_code, answer.url) == (303, f"/desk/cases/{case.number}/")
    answer = clerk.post(
        task_url("task_first_contact", case), {"method": "phone", "note": "电话接通"}
    )
    assert answer.status_code == 303
    answer = clerk.post(task_url("task_reply", case), REPLY)
    assert answer.status_code == 303
    task = Case.objects.get(pk=case.pk).lead()
    assert (task.state, task.public_reply) == ("awaiting_sign_off", REPLY["public_reply"])
    assert kinds(case)[-3:] == ["signed", "contacted", "reply_drafted"]


def test_a_reply_before_the_first_contact_is_refused_and_kept(cast, browser):
    case = signed(cast)
    answer = browser(cast.clerk).post(task_url("task_reply", case), REPLY)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert REPLY["public_reply"] in page
    assert "请先联系诉求人并记录，再答复。" in page
    assert case.lead().state == "signed"
    assert kinds(case)[-1] == "signed"


def test_an_unfinished_reply_is_refused_and_kept(cast, browser):
    case = contacted(cast)
    facts = REPLY | {"solved": "", "internal_note": "尚缺一项"}
    answer = browser(cast.clerk).post(task_url("task_reply", case), facts)
    assert answer.status_code == 422
    assert "尚缺一项" in answer.content.decode()
    assert case.lead().state == "in_progress"


def test_a_contact_before_the_dispatch_is_refused_and_kept(cast, browser):
    case = signed(cast)
    facts = {"method": "phone", "note": "早就打过", "contacted_at": "2026-11-20T08:00"}
    answer = browser(cast.clerk).post(task_url("task_first_contact", case), facts)
    assert answer.status_code == 422
    assert "早就打过" in answer.content.decode()
    assert case.lead().first_contact_at is None


def test_a_draft_is_kept_for_its_writer_and_forgotten_when_handed_in(cast, browser):
    case = contacted(cast)
    clerk = browser(cast.clerk)
    saved = clerk.post(
        task_url("task_draft", case), {"public_reply": "写到一半"}, HTTP_HX_REQUEST="true"
    )
    assert saved.status_code == 200
    assert "14:00:00" in saved.content.decode()
    page_url = reverse("desk:case", args=[case.number])
    assert "写到一半" in clerk.get(page_url).content.decode()
    assert "写到一半" not in browser(cast.leader).get(page_url).content.decode()
    clerk.post(task_url("task_reply", case), REPLY)
    assert not TaskDraft.objects.exists()


def test_an_opinion_is_given_and_quoted_into_the_reply(cast, browser):
    case = contacted(cast)
    assist = case.assignments.get(role="assist")
    helper = browser(cast.other_clerk)
    assert helper.post(reverse("desk:task_signature", args=[assist.pk])).status_code == 303
    given = helper.post(reverse("desk:task_opinion", args=[assist.pk]), {"text": "水管无异常。"})
    assert given.status_code == 303
    assert case.assignments.get(role="assist").state == "replied"
    answer = browser(cast.clerk).post(
        task_url("task_draft", case), {"public_reply": "已修好。", "quote": assist.pk}
    )
    assert answer.status_code == 303
    text = TaskDraft.objects.get().fields["public_reply"]
    assert text.startswith("已修好。\n")
    assert "水管无异常。" in text


def test_the_leader_signs_off_from_the_list(cast, browser):
    case = drafted(cast)
    leader = browser(cast.leader)
    page = leader.get("/desk/signoff/").content.decode()
    assert REPLY["public_reply"] in page
    answer = leader.post(task_url("task_sign_off", case), {"then": "signoff"})
    assert (answer.status_code, answer.url) == (303, "/desk/signoff/")
    case = Case.objects.get(pk=case.pk)
    assert (case.state, case.lead().state) == ("under_review", "replied")
    assert kinds(case)[-1] == "signed_off"


def test_the_leader_sends_back_with_a_note_and_the_clerk_sees_it(cast, browser):
    case = drafted(cast)
    leader = browser(cast.leader)
    empty = leader.post(task_url("task_send_back", case), {"note": " "})
    assert empty.status_code == 422
    assert case.lead().state == "awaiting_sign_off"
    assert leader.post(task_url("task_send_back", case), {"note": "请写明时间"}).status_code == 303
    assert case.lead().state == "in_progress"
    page = browser(cast.clerk).get(reverse("desk:case", args=[case.number])).content.decode()
    assert "请写明时间" in page
    assert kinds(case)[-1] == "sent_back"


def test_a_clerk_may_not_sign_off(cast, browser):
    case = drafted(cast)
    assert browser(cast.clerk).post(task_url("task_sign_off", case)).status_code == 404
    assert browser(cast.clerk).get("/desk/signoff/").status_code == 404
    assert case.lead().state == "awaiting_sign_off"


def test_a_return_waits_for_the_leader(cast, browser):
    case = dispatched(cast)
    facts = {
        "return-reason": cast.wrong_unit.pk,
        "return-basis": "三定方案第五条",
        "return-suggested_unit": cast.town.pk,
        "return-text": "",
    }
    assert browser(cast.clerk).post(task_url("task_return", case), facts).status_code == 303
    asked = case.lead().requests.get()
    assert (asked.state, asked.suggested_unit) == ("asked", cast.town)
    leader = browser(cast.leader)
    assert "三定方案第五条" in leader.get("/desk/signoff/").content.decode()
    url = reverse("desk:request_signature", args=[asked.pk])
    assert browser(cast.clerk).post(url).status_code == 404
    assert leader.post(url).status_code == 303
    asked = case.lead().requests.get()
    assert asked.state == "signed"
    assert kinds(case)[-2:] == ["return_asked", "return_signed"]


def test_a_return_without_basis_is_kept_with_what_was_typed(cast, browser):
    case = dispatched(cast)
    facts = {"return-reason": cast.wrong_unit.pk, "return-basis": " ", "return-text": "不归我局"}
    answer = browser(cast.clerk).post(task_url("task_return", case), facts)
    assert answer.status_code == 422
    assert "不归我局" in answer.content.decode()
    assert not case.lead().requests.exists()


def test_an_extension_is_asked_for_once(cast, browser):
    case = contacted(cast)
    facts = {
        "extension-days": 2,
        "extension-reason": cast.needs_works.pk,
        "extension-text": "需更换电缆，已告知诉求人。",
    }
    clerk = browser(cast.clerk)
    assert clerk.post(task_url("task_extension", case), facts).status_code == 303
    again = clerk.post(task_url("task_extension", case), facts)
    assert again.status_code == 422
    assert "需更换电缆，已告知诉求人。" in again.content.decode()
    assert case.lead().requests.count() == 1
    assert kinds(case)[-1] == "extension_asked"


def test_who_is_second_gets_409_and_nothing_happens_twice(cast, browser):
    case = drafted(cast)
    leader = browser(cast.leader)
    url = task_url("task_sign_off", case)
    assert leader.post(url).status_code == 303
    second = leader.post(url)
    assert second.status_code == 409
    assert kinds(case).count("signed_off") == 1
    late = browser(cast.clerk).post(task_url("task_reply", case), REPLY)
    assert late.status_code == 409


def test_ticked_tasks_are_signed_and_those_already_signed_are_named(cast, browser):
    first = dispatched(cast)
    second = dispatched(cast, key="form-2", content="另一件", title="小区充电桩收费依据")
    second.lead().sign(by=cast.leader, at=second.dispatched_at + timedelta(minutes=5))
    clerk = browser(cast.clerk)
    tasks = [first.lead().pk, second.lead().pk, "x"]
    answer = clerk.post(reverse("desk:task_signatures"), {"task": tasks}, follow=True)
    page = answer.content.decode()
    assert second.number in page
    assert first.lead().state == "signed"
    assert kinds(second).count("signed") == 1


def test_a_draft_is_saved_from_outside_the_form(cast, browser):
    """A form that is not complete yet is never sent by htmx: the saving must not hang on the form."""
    case = contacted(cast)
    page = browser(cast.clerk).get(reverse("desk:case", args=[case.number])).content.decode()
    form = page[page.index('id="reply-form"') :]
    assert "hx-post" not in form[: form.index(">")]
    assert 'hx-include="#reply-form"' in page
    assert "input from:#reply-form" in page


def test_whoever_hands_in_second_has_their_words_on_the_page_and_a_draft(cast, browser):
    """Clerk and leader write on one task; the leader is first."""
    case = contacted(cast)
    clerk, leader = browser(cast.clerk), browser(cast.leader)
    url, page = task_url("task_reply", case), reverse("desk:case", args=[case.number])
    own = REPLY | {"public_reply": "经查，电缆老化，已换新缆。", "internal_note": "费用待批。"}
    assert leader.post(url, REPLY).status_code == 303
    late = clerk.post(url, own)
    assert late.status_code == 409
    answer = late.content.decode()
    assert "经查，电缆老化，已换新缆。" in answer
    assert "费用待批。" in answer
    shown = clerk.get(page).content.decode()
    assert "经查，电缆老化，已换新缆。" in shown
    assert "费用待批。" in shown
    assert "经查，电缆老化，已换新缆。" not in leader.get(page).content.decode()
    assert clerk.post(task_url("task_draft", case), {"discard": "1"}).status_code == 303
    assert "经查，电缆老化，已换新缆。" not in clerk.get(page).content.decode()


def test_a_draft_that_was_left_goes_on_when_the_reply_comes_back(cast, browser):
    case = contacted(cast)
    clerk, leader = browser(cast.clerk), browser(cast.leader)
    url, page = task_url("task_reply", case), reverse("desk:case", args=[case.number])
    leader.post(url, REPLY)
    clerk.post(url, REPLY | {"public_reply": "经查，电缆老化，已换新缆。"})
    case.lead().send_back(note="写清原因", by=cast.leader, at=NOON + 11 * LATER)
    shown = clerk.get(page).content.decode()
    assert shown.count("经查，电缆老化，已换新缆。") == 1  # in the form, not beside it
    assert 'id="reply-form"' in shown
