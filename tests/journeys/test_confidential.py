"""A confidential matter through the real screens: the unit handles it and never learns who asked."""

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from cases.events.outbox import drain
from cases.models import Case, ViewLog
from cases.words import ContactMethod
from tests.cast import NOON
from tests.journeys.office import REPLY, Office

NAME, PHONE = "司徒雀", "13907318990"
TELLS = ("司徒", "徒雀", "＊雀", "8990", "1390731", "139＊")


@pytest.fixture
def office(cast, settings, tmp_path):
    """Monday noon; a citizen filed confidentially, housing signed."""
    settings.MEDIA_ROOT = tmp_path
    cache.clear()
    call_command("make_site", verbosity=0)
    with time_machine.travel(NOON, tick=False) as clock:
        made = Office(cast, clock)
        made.file(name=NAME, phone=PHONE, is_confidential="on")
        made.send_to("housing")
        made.act(cast.clerk, made.task("task_signature"))
        yield made


def seen_by(office, person):
    number = office.case.number
    drain(office.now)
    pages = [reverse("desk:case", args=[number]), reverse("desk:case_sheet", args=[number])]
    pages += [reverse("desk:worklist"), reverse("desk:notices"), f"{reverse('desk:search')}?q=路灯"]
    return "".join(office.page(person, page) for page in pages)


def test_the_unit_sees_neither_name_nor_mask(office):
    for person in (office.cast.clerk, office.cast.leader):
        told = seen_by(office, person)
        assert "由热线办保密" in told
        assert [word for word in TELLS if word in told] == []
        client = Client()
        client.force_login(person, backend="cases.people.signed_in.StaffBackend")
        url = reverse("desk:petitioner", args=[office.case.number])
        assert client.post(url, {"reason": "想联系"}).status_code == 404
    assert not ViewLog.objects.exists()


def test_contact_goes_through_the_office(office):
    cast = office.cast
    office.act(cast.clerk, office.task("task_relay"), {"question": "路灯杆编号是多少？"})
    assert "路灯杆编号是多少？" in office.page(cast.agent, reverse("satisfaction:relays"))
    relay = office.case.lead().relays.get()
    client = Client()
    client.force_login(cast.agent, backend="cases.people.signed_in.StaffBackend")
    shown = client.post(reverse("satisfaction:relay_phone", args=[relay.pk])).content.decode()
    assert PHONE in shown
    assert ViewLog.objects.get().user == cast.agent
    said = {"result": "reached", "answer": "十二号杆"}
    office.act(cast.agent, reverse("satisfaction:relay_answer", args=[relay.pk]), said)
    told = seen_by(office, cast.clerk)
    assert "十二号杆" in told
    assert [word for word in TELLS if word in told] == []
    assert office.case.lead().first_contact_method == "office"
    assert "热线办代单位联系过您" in office.follow()


def test_every_way_of_contact_is_told_to_the_citizen(office):
    for method in ContactMethod.values:
        office.case.assignments.update(first_contact_at=office.now, first_contact_method=method)
        assert office.follow()


def test_whoever_stays_unknown_is_not_told_that_the_unit_calls(office):
    assert "单位不知道您是谁" in office.follow()
    page = office.citizen.get(f"/receipts/{office.case.number}/").content.decode()
    assert "承办单位先联系您" not in page


def test_the_supervisor_hears_of_a_request_to_lower_it(office):
    asked = {"lower-level": "normal", "lower-note": "诉求人来电同意"}
    url = reverse("desk:case_secrecy_lowering", args=[office.case.number])
    office.act(office.cast.dispatcher, url, asked)
    drain(office.now)
    assert "诉求人来电同意" in office.page(office.cast.supervisor, reverse("desk:notices"))


def test_a_named_person_sees_it_with_a_reason_and_a_trace(office):
    cast, number = office.cast, office.case.number
    named = {"contact-person": cast.clerk.pk, "contact-reason": "须上门核实"}
    office.act(cast.dispatcher, reverse("desk:case_contacts", args=[number]), named)
    client = Client()
    client.force_login(cast.clerk, backend="cases.people.signed_in.StaffBackend")
    answer = client.post(reverse("desk:petitioner", args=[number]), {"reason": "上门核实"})
    assert NAME in answer.content.decode()
    assert ViewLog.objects.get().user == cast.clerk
    assert [word for word in TELLS if word in seen_by(office, cast.leader)] == []
    grant = office.case.contact_grants.get()
    office.act(cast.supervisor, reverse("desk:case_contact_end", args=[number, grant.pk]))
    assert [word for word in TELLS if word in seen_by(office, cast.clerk)] == []


def test_two_persons_lower_it(office):
    cast, number = office.cast, office.case.number
    asked = {"lower-level": "normal", "lower-note": "诉求人来电同意公开身份"}
    office.act(cast.dispatcher, reverse("desk:case_secrecy_lowering", args=[number]), asked)
    assert "由热线办保密" in seen_by(office, cast.clerk)
    page = office.page(cast.supervisor, reverse("desk:case", args=[number]))
    assert "诉求人来电同意公开身份" in page
    decided = {"decide-act": "grant", "decide-note": "已核实录音"}
    office.act(cast.supervisor, reverse("desk:case_secrecy_decision", args=[number]), decided)
    assert "司＊雀" in seen_by(office, cast.clerk)


def test_raising_it_hides_who_it_is_at_once(office):
    cast = office.cast
    office.case.ask_lower_secrecy(level="normal", reason="同意", by=cast.dispatcher, at=office.now)
    said = {"granted": True, "note": "已听录音核实"}
    office.case.decide_secrecy(**said, by=cast.supervisor, at=office.now)
    raised = {"raise-level": "secret", "raise-note": "发现线索"}
    office.act(cast.agent, reverse("desk:case_secrecy", args=[office.case.number]), raised)
    told = seen_by(office, cast.clerk)
    assert [word for word in TELLS if word in told] == []


def answered(office):
    """The unit asks through the office, replies, and the reviewer accepts."""
    cast = office.cast
    office.act(cast.clerk, office.task("task_relay"), {"question": "路灯杆编号是多少？"})
    relay = office.case.lead().relays.get()
    said = {"result": "reached", "answer": "十二号杆"}
    office.act(cast.agent, reverse("satisfaction:relay_answer", args=[relay.pk]), said)
    office.act(cast.clerk, office.task("task_reply"), REPLY, hours=3)
    office.act(cast.leader, office.task("task_sign_off"))
    office.approve()


ABOUT_THE_OFFICE = "热线办把承办单位要问、要告诉您的话转达给您了吗"


def test_the_call_back_asks_about_the_office_and_counts_nothing_against_the_unit(office):
    answered(office)
    page = office.page(office.cast.agent, reverse("satisfaction:callbacks"))
    assert ABOUT_THE_OFFICE in page
    assert "承办单位联系您了吗" not in page
    client = Client()
    client.force_login(office.cast.agent, backend="cases.people.signed_in.StaffBackend")
    url = reverse("satisfaction:callback_attempts", args=[office.case.number])
    said = {"result": "reached", "contacted": "yes", "solved": "yes", "satisfaction": 1}
    refused = client.post(url, said)
    assert refused.status_code == 422
    assert ABOUT_THE_OFFICE in refused.text
    assert "承办单位联系您了吗" not in refused.text
    office.call_back(4, contacted="no")
    rating = office.case.evaluations.get()
    assert (rating.contacted, rating.passed_on) == (None, False)
    assert office.case.callbacks.get().passed_on is False


def test_the_citizens_own_rating_asks_the_same(office):
    answered(office)
    assert ABOUT_THE_OFFICE in office.follow()
    said = {"score": 5, "contacted": "yes", "solved": "yes"}
    url = f"/progress/{office.case.number}/rating/"
    assert ABOUT_THE_OFFICE in office.citizen.post(url, said | {"score": 1}).text
    assert office.citizen.post(url, said).status_code == 303
    rating = office.case.evaluations.get()
    assert (rating.contacted, rating.passed_on) == (None, True)


def test_a_person_who_was_named_is_asked_about_as_always(office):
    cast, number = office.cast, office.case.number
    named = {"contact-person": cast.clerk.pk, "contact-reason": "须上门核实"}
    office.act(cast.dispatcher, reverse("desk:case_contacts", args=[number]), named)
    office.reply(cast.clerk, cast.leader)
    office.approve()
    page = office.page(cast.agent, reverse("satisfaction:callbacks"))
    assert ABOUT_THE_OFFICE not in page
    office.call_back(4, contacted="no")
    assert office.case.evaluations.get().contacted is False


def lowering(office, one, page, **said):
    client = Client()
    client.force_login(one, backend="cases.people.signed_in.StaffBackend")
    return client.post(reverse(f"desk:{page}", args=[office.case.number]), said, follow=True)


def test_who_asked_for_less_takes_it_back(office):
    cast = office.cast
    asked = {"lower-level": "normal", "lower-note": "诉求人来电同意"}
    lowering(office, cast.dispatcher, "case_secrecy_lowering", **asked)
    url = reverse("desk:case", args=[office.case.number])
    assert "撤回申请" not in office.page(cast.supervisor, url)
    assert "撤回申请" in office.page(cast.dispatcher, url)
    told = lowering(office, cast.supervisor, "case_secrecy_withdrawal").content.decode()
    assert "只有申请人本人可以撤回" in told
    assert office.case.secrecy_requests.filter(decided_at=None).exists()
    lowering(office, cast.dispatcher, "case_secrecy_withdrawal")
    assert office.case.secrecy == "confidential"
    assert office.case.secrecy_requests.get().granted is None
    page = office.page(cast.supervisor, url)
    assert "撤回了降低保密级别" in page
    assert "decide-act" not in page
    again = lowering(office, cast.dispatcher, "case_secrecy_lowering", **asked)
    assert office.case.secrecy_requests.count() == 2, again.content.decode()


def test_less_is_granted_for_a_written_reason_only(office):
    cast = office.cast
    asked = {"lower-level": "normal", "lower-note": "诉求人来电同意"}
    lowering(office, cast.dispatcher, "case_secrecy_lowering", **asked)
    for note in ("", "   ", "同意", "同意 。 "):
        said = {"decide-act": "grant", "decide-note": note}
        answer = lowering(office, cast.supervisor, "case_secrecy_decision", **said)
        assert answer.status_code == 422, note
        assert "不少于 5 个字" in answer.content.decode()
        assert office.case.secrecy == "confidential"
    said = {"decide-act": "grant", "decide-note": "已听录音核实"}
    assert lowering(office, cast.supervisor, "case_secrecy_decision", **said).status_code == 200
    assert office.case.secrecy == "normal"


def test_a_unit_does_not_learn_whether_its_guess_is_right(office):
    cast = office.cast
    guess = f"请问您是{NAME}还是欧阳雀？"
    office.act(cast.clerk, office.task("task_relay"), {"question": guess})
    office.act(cast.clerk, office.task("task_draft"), {"public_reply": guess})
    page = office.page(cast.clerk, reverse("desk:case", args=[office.case.number]))
    assert page.count("是司徒雀还是欧阳雀") >= 2
    assert "〔姓名〕" not in page
    url = reverse("desk:case_handling", args=[office.case.number])
    office.act(cast.dispatcher, url, {"handling-hide": "老孙头"})
    again = office.page(cast.clerk, reverse("desk:case", args=[office.case.number]))
    assert again.count("是司徒雀还是欧阳雀") >= 2


def test_the_unit_does_not_read_what_the_office_weighs(office):
    cast, number = office.cast, office.case.number
    said = {
        "case_secrecy_lowering": {"lower-level": "normal", "lower-note": "住七号楼的诉求人同意"},
        "case_handling": {"handling-hide": "东段"},
        "case_contacts": {"contact-person": cast.clerk.pk, "contact-reason": "他认识七号楼的人"},
    }
    for name, fields in said.items():
        office.act(cast.dispatcher, reverse(f"desk:{name}", args=[number]), fields)
    decided = {"decide-act": "refuse", "decide-note": "七号楼只有一户"}
    url = reverse("desk:case_secrecy_decision", args=[number])
    office.act(cast.supervisor, url, decided)
    office_page = office.page(cast.dispatcher, reverse("desk:case", args=[number]))
    assert office_page.count("七号楼") >= 3
    assert "隐去1个词" in office_page
    for person in (cast.clerk, cast.leader):
        told = seen_by(office, person)
        assert "七号楼" not in told
        assert "降低" not in told


def test_who_calls_back_names_the_matter_to_nobody_else(office):
    answered(office)
    office.later(hours=20)
    page = office.page(office.cast.agent, reverse("satisfaction:callbacks"))
    script = page.partition('class="script"')[2].partition("</div>")[0]
    assert "是您本人吗" in script
    assert "路灯" not in script
    assert "保密" in page.partition('class="panel answers"')[0]


def test_who_signs_is_told_that_the_office_contacts_the_citizen(office):
    cast = office.cast
    office.file(
        {"content": "人民路西段路灯也不亮，请派人修理。"},
        name=NAME,
        phone=PHONE,
        is_confidential="on",
    )
    office.pk = Case.objects.latest("pk").pk
    office.send_to("housing")
    client, answer = office.act(cast.clerk, office.task("task_signature"))
    page = client.get(answer["Location"]).content.decode()
    assert "通过热线办联系诉求人" in page
