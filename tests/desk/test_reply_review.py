"""The reviewer's desk: what stands out, the three decisions, the next reply at once."""

import pytest
from django.urls import reverse
from django.utils.translation import gettext

from cases.models import Case
from hotline.desk.replyreview.checks import Finding, ReplyFacts, findings
from tests.desk.stages import REPLY, kinds, replied


def url(name, case):
    return reverse(f"desk:reply_review_{name}", args=[case.number])


def test_an_edited_reply_is_accepted_and_the_next_one_comes(cast, browser):
    first = replied(cast, key="a")
    second = replied(cast, key="b", content="b", title="第二件的标题")
    reviewer = browser(cast.reviewer)
    page = reviewer.get("/desk/review/").content.decode()
    assert REPLY["public_reply"] in page
    text = REPLY["public_reply"] + "如有疑问请拨打12345。"
    answer = reviewer.post(url("approval", first), {"public_reply": text}, follow=True)
    assert answer.redirect_chain == [("/desk/review/", 303)]
    assert f'href="/desk/cases/{second.number}/"' in answer.content.decode()
    first = Case.objects.get(pk=first.pk)
    assert (first.state, first.answer_text) == ("callback", text)
    assert kinds(first)[-1] == "reply_approved"


def test_sending_back_needs_a_note_and_keeps_what_was_typed(cast, browser):
    case = replied(cast)
    reviewer = browser(cast.reviewer)
    typed = {"public_reply": "改了一半的答复", "note": " "}
    for name in ("format_return", "rework"):
        answer = reviewer.post(url(name, case), typed)
        assert answer.status_code == 422
        assert "改了一半的答复" in answer.content.decode()
    assert Case.objects.get(pk=case.pk).state == "under_review"


@pytest.mark.parametrize(
    ("name", "state", "event"),
    [("format_return", "in_progress", "format_returned"), ("rework", "rework", "reworked")],
)
def test_the_unit_reads_why(cast, browser, name, state, event):
    case = replied(cast)
    answer = browser(cast.reviewer).post(url(name, case), {"note": "请写明更换电缆的时间"})
    assert answer.status_code == 303
    assert Case.objects.get(pk=case.pk).state == state
    assert kinds(case)[-1] == event
    page = browser(cast.clerk).get(reverse("desk:case", args=[case.number])).content.decode()
    assert "请写明更换电缆的时间" in page


def test_the_second_reviewer_is_told_and_changes_nothing(cast, browser):
    case = replied(cast)
    reviewer = browser(cast.reviewer)
    facts = {"public_reply": REPLY["public_reply"]}
    assert reviewer.post(url("approval", case), facts).status_code == 303
    assert reviewer.post(url("approval", case), facts).status_code == 409
    assert kinds(case).count("reply_approved") == 1
    page = reviewer.get(f"/desk/review/?case={case.number}").content.decode()
    assert gettext("This reply no longer waits for a review.") in page


def test_only_reviewers_review(cast, browser):
    case = replied(cast)
    for user in (cast.clerk, cast.leader, cast.operator, cast.dispatcher, cast.supervisor):
        client = browser(user)
        assert client.get("/desk/review/").status_code == 404
        assert client.post(url("approval", case), {"public_reply": "x"}).status_code == 404
    assert Case.objects.get(pk=case.pk).state == "under_review"


GOOD = {
    "reply": REPLY["public_reply"],
    "contact_required": True,
    "contact_method": "phone",
    "on_time": True,
    "solved": "solved",
}


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, set()),
        ({"contact_method": ""}, {Finding.NO_CONTACT}),
        ({"contact_method": "", "contact_required": False}, set()),
        ({"contact_method": "phone_missed"}, {Finding.NOT_REACHED}),
        ({"on_time": False}, {Finding.LATE}),
        ({"solved": "partly"}, {Finding.UNSOLVED}),
        ({"reply": "已于11月23日修好。"}, {Finding.SHORT}),
        ({"reply": GOOD["reply"] + "请耐心等待"}, {Finding.PHRASE}),
        (
            {
                "reply": "经核实线路故障，我局安排人员更换了全部灯具和电缆，恢复了照明并加强了巡查力度，"
                "欢迎继续监督。"
            },
            {Finding.NO_TIME},
        ),
        ({"reply": GOOD["reply"] + "联系人13807316217"}, {Finding.PERSONAL}),
    ],
)
def test_what_stands_out(change, found):
    assert {finding for finding, _words in findings(ReplyFacts(**(GOOD | change)))} == found
