"""Who may see and do what on the desks; first what could leak is created, then looked for."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from cases.models import Attachment, ViewLog
from tests.cast import NOON, accuse, person
from tests.desk.stages import REPLY, contacted, dispatched, drafted, replied

PHONE, NAME = "13807316217", "王桂芬"


def page_of(case):
    return reverse("desk:case", args=[case.number])


@pytest.fixture
def attachment(cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    case = contacted(cast)
    return Attachment.objects.create(
        case=case,
        kind="citizen",
        name="<b>楼道</b>.html",
        media_type="text/html",
        size=20,
        sha256="0" * 64,
        file=ContentFile(b"<script>1</script>", name="a.html"),
        at=NOON,
    )


def test_name_and_phone_are_masked_until_a_reason_is_recorded(cast, browser):
    case = contacted(cast)
    clerk = browser(cast.clerk)
    for url in (
        page_of(case),
        reverse("desk:case_sheet", args=[case.number]),
        "/desk/tasks/",
        "/desk/notices/",
    ):
        page = clerk.get(url).content.decode()
        assert PHONE not in page, url
        assert NAME not in page, url
    reveal = reverse("desk:petitioner", args=[case.number])
    without = clerk.post(reveal, {"reason": " "})
    assert without.status_code == 422
    assert PHONE not in without.content.decode()
    assert not ViewLog.objects.exists()

    shown = clerk.post(reveal, {"reason": "电话联系诉求人核实地点"})
    page = shown.content.decode()
    assert PHONE in page
    assert NAME in page
    assert "no-store" in shown.headers["Cache-Control"]
    log = ViewLog.objects.get()
    assert (log.case, log.user, log.reason) == (case, cast.clerk, "电话联系诉求人核实地点")
    assert PHONE not in clerk.get(page_of(case)).content.decode()


def test_a_reviewer_has_no_reason_to_see_the_number(cast, browser):
    case = replied(cast)
    reviewer = browser(cast.reviewer)
    assert reviewer.get(page_of(case)).status_code == 200
    answer = reviewer.post(
        reverse("desk:petitioner", args=[case.number]), {"reason": "我想知道是谁"}
    )
    assert answer.status_code == 404
    assert not ViewLog.objects.exists()


def acts_on(case, attachment=None):
    task = case.lead()
    names = ["signature", "first_contact", "reply", "opinion", "sign_off", "send_back"]
    names += ["return", "extension", "draft"]
    urls = [reverse(f"desk:task_{name}", args=[task.pk]) for name in names]
    return [*urls, reverse("desk:petitioner", args=[case.number])]


def test_another_units_people_meet_nothing(cast, browser, attachment):
    case = attachment.case
    stranger = person("stranger", "钱多", cast.town, "clerk", "leader")
    client = browser(stranger)
    unknown = client.get(reverse("desk:case", args=["43032926112302999999"]))
    hidden = client.get(page_of(case))
    assert (hidden.status_code, unknown.status_code) == (404, 404)
    assert client.get(reverse("desk:case_sheet", args=[case.number])).status_code == 404
    assert client.get(reverse("desk:attachment", args=[attachment.pk])).status_code == 404
    before = case.events.count()
    for url in acts_on(case):
        assert client.post(url, REPLY | {"reason": "我要看看", "text": "x"}).status_code == 404, url
    assert case.events.count() == before
    assert "人民路路灯" not in client.get("/desk/tasks/").content.decode()
    assert not ViewLog.objects.exists()


def test_the_unit_complained_about_meets_nothing(cast, browser):
    case = dispatched(cast)
    accuse([case], cast.housing)
    clerk = browser(cast.clerk)
    assert clerk.get(page_of(case)).status_code == 404
    for url in acts_on(case):
        assert clerk.post(url, REPLY | {"reason": "我要看看"}).status_code == 404, url
    assert "人民路路灯" not in clerk.get("/desk/tasks/").content.decode()
    assert "人民路路灯" not in clerk.get("/desk/notices/").content.decode()


@pytest.mark.parametrize("who", ["sysadmin", "auditor"])
def test_administrators_see_no_case(cast, browser, who):
    case = dispatched(cast)
    client = browser(getattr(cast, who))
    for url in (page_of(case), "/desk/tasks/", "/desk/signoff/", "/desk/review/"):
        assert client.get(url).status_code == 404, url
    assert client.get("/desk/notices/").status_code == 200


def test_a_visitor_is_asked_to_log_in(cast, client):
    case = dispatched(cast)
    for url in (page_of(case), "/desk/", "/desk/tasks/", "/desk/notices/"):
        answer = client.get(url)
        assert (answer.status_code, answer.url.split("?")[0]) == (302, "/login/"), url


def test_an_attachment_is_a_download_and_nothing_else(cast, browser, attachment):
    answer = browser(cast.clerk).get(reverse("desk:attachment", args=[attachment.pk]))
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert b"".join(answer.streaming_content) == b"<script>1</script>"


def test_an_assisting_units_opinion_is_hidden_from_the_other_assisting_unit(cast, browser):
    case = contacted(cast, assisting=True)
    assist = case.assignments.get(role="assist")
    assist.sign(by=cast.other_clerk, at=NOON)
    assist.contribute(text="只给主办单位看的意见", by=cast.other_clerk, at=NOON)
    third = person("third", "丁一", cast.town, "clerk")
    case.assignments.create(
        unit=cast.town,
        unit_name=cast.town.name,
        channel=case.channel,
        role="assist",
        round=1,
        dispatched_at=NOON,
        sign_due_at=NOON,
        original_due_at=NOON,
        due_at=NOON,
        term="1wd",
    )
    assert "只给主办单位看的意见" in browser(cast.clerk).get(page_of(case)).content.decode()
    assert "只给主办单位看的意见" not in browser(third).get(page_of(case)).content.decode()


def test_the_internal_text_stays_with_unit_and_office(cast, browser):
    case = drafted(cast)
    internal = REPLY["internal_note"]
    assert internal in browser(cast.leader).get(page_of(case)).content.decode()
    assert internal in browser(cast.supervisor).get(page_of(case)).content.decode()
    helper = browser(cast.other_clerk).get(page_of(case)).content.decode()
    assert case.title in helper
    assert internal not in helper


PAYLOAD = "<script>alert('xss')</script><img src=x onerror=alert(1)>"


def test_what_people_write_is_never_markup(cast, browser):
    case = contacted(cast, title=PAYLOAD, content=PAYLOAD, address=PAYLOAD, request=PAYLOAD)
    task = case.lead()
    case.urge(note=PAYLOAD, by=cast.operator, at=NOON)
    facts = dict.fromkeys(("public_reply", "internal_note", "unsolved_reason"), PAYLOAD)
    clerk = browser(cast.clerk)
    assert (
        clerk.post(reverse("desk:task_reply", args=[task.pk]), facts | {"solved": "x"}).status_code
        == 422
    )
    clerk.post(reverse("desk:task_draft", args=[task.pk]), facts)
    pages = [clerk.get(page_of(case)), clerk.get(reverse("desk:case_sheet", args=[case.number]))]
    task.submit_reply(**facts, solved="partly", fact_true="true", by=cast.clerk, at=NOON)
    leader = browser(cast.leader)
    pages += [leader.get("/desk/signoff/"), leader.get(page_of(case)), leader.get("/desk/tasks/")]
    task.sign_off(by=cast.leader, at=NOON)
    pages += [browser(cast.reviewer).get("/desk/review/")]
    for answer in pages:
        page = answer.content.decode()
        assert answer.status_code == 200
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "&lt;script&gt;alert" in page


def test_the_page_leads_each_of_the_office_to_their_own_desk(cast, browser):
    case = replied(cast)
    ways = {
        cast.reviewer: f"/desk/review/?case={case.number}",
        cast.dispatcher: "",
        cast.supervisor: "",
        cast.leader: "",
    }
    for user, way in ways.items():
        context = browser(user).get(page_of(case)).context
        assert (context["decision"].url if context["decision"] else "") == way, user.username


def test_only_who_decides_a_return_is_led_to_it(cast, browser):
    case = dispatched(cast)
    task = case.lead()
    task.ask_return(reason=cast.wrong_unit, basis="三定方案", by=cast.leader, at=NOON)
    asked = task.requests.get()
    link = f"?request={asked.pk}"
    assert link in browser(cast.dispatcher).get(page_of(case)).content.decode()
    for user in (cast.supervisor, cast.clerk, cast.reviewer):
        assert link not in browser(user).get(page_of(case)).content.decode(), user.username
