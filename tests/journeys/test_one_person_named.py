"""One person only is let know a citizen; they are told so, and so is the citizen, as long as it is shown."""

from django.test import Client
from django.urls import reverse

from cases.events.outbox import drain
from cases.models import ContactGrant
from tests.journeys.office import REPLY
from tests.journeys.test_named_contact import NAME, clock, office

__all__ = ["clock", "office"]  # fixtures
LET_KNOW = "单位里只有热线办为此指定的人知道您是谁"


def name(office, person):
    url = reverse("desk:case_contacts", args=[office.case.number])
    client = Client()
    client.force_login(office.cast.dispatcher, backend="cases.people.signed_in.StaffBackend")
    office.later()
    return client.post(url, {"contact-person": person.pk, "contact-reason": "住七号楼，认识他"})


def test_a_second_one_is_refused_while_the_first_is_named(office):
    cast = office.cast
    assert name(office, cast.clerk).status_code == 303
    refused = name(office, cast.leader)
    assert refused.status_code == 422
    assert f"本件已指定{cast.clerk.name}" in refused.text
    assert ContactGrant.objects.filter(ended_at=None).count() == 1
    end = reverse("desk:case_contact_end", args=[office.case.number, ContactGrant.objects.get().pk])
    office.act(cast.dispatcher, end)
    drain(office.now)
    assert f"取消了{cast.clerk.name}" in office.page(cast.clerk, reverse("desk:notices"))
    assert name(office, cast.leader).status_code == 303


def test_whoever_is_named_gets_a_notice_without_the_offices_reason(office):
    cast = office.cast
    name(office, cast.clerk)
    drain(office.now)
    told = office.page(cast.clerk, reverse("desk:notices"))
    assert f"指定{cast.clerk.name}" in told
    assert "七号楼" not in told
    assert f"指定{cast.clerk.name}" not in office.page(cast.leader, reverse("desk:notices"))


def test_the_citizen_is_told_of_them_also_after_a_contact(office):
    cast = office.cast
    name(office, cast.clerk)
    contact = {"method": "visit", "note": "已联系"}
    office.act(cast.clerk, office.task("task_first_contact"), contact)
    told = office.follow()
    assert "工作人员已当面联系您<br>" in told.replace("\n", "")  # a line each
    assert LET_KNOW in told
    office.act(cast.clerk, office.task("task_reply"), REPLY, hours=3)
    office.act(cast.leader, office.task("task_sign_off"))
    told = office.follow()  # the unit is done: nobody of it contacts anybody
    assert "办理期间，承办单位有一人知道过您是谁" in told
    assert LET_KNOW not in told


def test_a_question_stays_with_the_office_when_the_reply_is_handed_in(office):
    cast = office.cast
    ask = {"question": "几点方便上门？"}
    office.act(cast.clerk, office.task("task_relay"), ask)
    relay = office.case.lead().relays.get()
    url = reverse("satisfaction:relay_answer", args=[relay.pk])
    office.act(cast.agent, url, {"result": "reached", "answer": "下午。"})
    office.act(cast.clerk, office.task("task_relay"), {"question": "修好以后要不要看？"})
    office.act(cast.clerk, office.task("task_reply"), REPLY, hours=3)
    waiting = office.page(cast.agent, reverse("satisfaction:relays"))
    assert "修好以后要不要看" in waiting
    relay = office.case.lead().relays.last()
    url = reverse("satisfaction:relay_answer", args=[relay.pk])
    office.act(cast.agent, url, {"result": "reached", "answer": "不用。"})
    assert office.case.lead().state == "awaiting_sign_off"
    assert "不用。" in office.page(cast.clerk, reverse("desk:case", args=[office.case.number]))


def test_a_question_nobody_can_answer_any_more_is_not_said_to_wait(office):
    cast = office.cast
    office.act(cast.clerk, office.task("task_relay"), {"question": "几点方便上门？"})
    relay = office.case.lead().relays.get()
    url = reverse("satisfaction:relay_answer", args=[relay.pk])
    office.act(cast.agent, url, {"result": "reached", "answer": "下午。"})
    office.act(cast.clerk, office.task("task_relay"), {"question": "修好以后要不要看？"})
    page = reverse("desk:case", args=[office.case.number])
    assert "热线办还没有联系上" in office.page(cast.clerk, page)
    office.act(cast.clerk, office.task("task_reply"), REPLY, hours=3)
    office.act(cast.leader, office.task("task_sign_off"))
    told = office.page(cast.clerk, page)
    assert "热线办还没有联系上" not in told
    assert "答复已经签发，不再询问" in told


def test_a_reply_that_would_read_as_left_out_is_not_handed_in(office):
    """The draft of whoever was named is told with stand-ins once that ended; nothing brings them back."""
    cast = office.cast
    name(office, cast.clerk)
    contact = {"method": "visit", "note": "已联系"}
    office.act(cast.clerk, office.task("task_first_contact"), contact)
    said = REPLY | {"public_reply": f"{NAME}女士：您好，路灯已修好。"}
    office.act(cast.clerk, office.task("task_draft"), said)
    end = reverse("desk:case_contact_end", args=[office.case.number, ContactGrant.objects.get().pk])
    office.act(cast.dispatcher, end)
    page = office.page(cast.clerk, reverse("desk:case", args=[office.case.number]))
    assert "〔姓名〕女士：您好" in page
    client = Client()
    client.force_login(cast.clerk, backend="cases.people.signed_in.StaffBackend")
    left = said | {"public_reply": "〔姓名〕女士：您好，路灯已修好。"}
    refused = client.post(office.task("task_reply"), left)
    assert refused.status_code == 422
    assert "诉求人会读到〔姓名〕" in refused.text
    office.act(cast.clerk, office.task("task_reply"), said | {"public_reply": "您好，路灯已修好。"})
    assert office.case.lead().state == "awaiting_sign_off"


def test_who_asked_for_less_secrecy_is_told_what_was_decided(office):
    cast, number = office.cast, office.case.number
    asked = {"lower-level": "normal", "lower-note": "诉求人说可以告诉单位"}
    office.act(cast.dispatcher, reverse("desk:case_secrecy_lowering", args=[number]), asked)
    decided = {"decide-act": "refuse", "decide-note": "他没有这样说"}
    office.act(cast.supervisor, reverse("desk:case_secrecy_decision", args=[number]), decided)
    drain(office.now)
    told = office.page(cast.dispatcher, reverse("desk:notices"))
    assert "他没有这样说" in told
    assert "他没有这样说" not in office.page(cast.clerk, reverse("desk:notices"))


def test_a_reason_of_before_goes_when_the_matter_is_solved(office):
    """The clerk sends it again, now solved: the page kept why it was not."""
    cast = office.cast
    name(office, cast.clerk)
    contact = {"method": "visit", "note": "已联系"}
    office.act(cast.clerk, office.task("task_first_contact"), contact)
    open_yet = REPLY | {"solved": "unsolved", "unsolved_reason": "还在调查"}
    office.act(cast.clerk, office.task("task_reply"), open_yet)
    back = reverse("desk:task_send_back", args=[office.case.lead().pk])
    office.act(cast.leader, back, {"send_back-note": "再查", "note": "再查"})
    office.act(cast.clerk, office.task("task_reply"), REPLY | {"unsolved_reason": "还在调查"})
    assert office.case.lead().unsolved_reason == ""
