"""Follow up by number and code: honest steps, nothing inner, and a wrong try tells nothing."""

import re
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from cases.models import Case
from hotline.channels.forms.permission import KEPT
from hotline.channels.web import progress
from satisfaction.models import Evaluation
from tests.cast import NOON, wang_says

LATER = timedelta(minutes=10)
CANARY = "内部意见金丝雀"


def look(client, case, code=None):
    return client.post("/progress/", {"number": case.number, "code": code or case.query_code})


def text(client, case):
    answer = client.get(f"/progress/{case.number}/")
    assert answer.status_code == 200
    return answer.content.decode()


def dispatched(cast, **said):
    case = wang_says(cast, **said)
    case.accept(category=cast.street_lights, by=cast.dispatcher, at=NOON + LATER)
    case.dispatch(lead=cast.housing, note=CANARY, by=cast.dispatcher, at=NOON + LATER)
    return case


def replied(cast, **said):
    case = dispatched(cast, **said)
    task = case.lead()
    task.sign(by=cast.clerk, at=NOON + 2 * LATER)
    if case.secrecy == "normal":
        task.record_first_contact(method="phone", note=CANARY, by=cast.clerk, at=NOON + 3 * LATER)
    else:
        task.ask_relay(question=CANARY, by=cast.clerk, at=NOON + 3 * LATER)
        task.answer_relay(result="reached", text=CANARY, by=cast.agent, at=NOON + 3 * LATER)
    task.submit_reply(
        public_reply="路灯线路已修复。",
        internal_note=CANARY,
        solved="solved",
        fact_true="true",
        by=cast.clerk,
        at=NOON + 4 * LATER,
    )
    task.sign_off(by=cast.leader, at=NOON + 5 * LATER)
    return Case.objects.get(pk=case.pk)


def approved(cast, **said):
    case = replied(cast, **said)
    case.approve_reply(note=CANARY, by=cast.reviewer, at=NOON + 6 * LATER)
    return case


def test_each_stage_is_told_as_it_is(pages, client, clock):
    case = wang_says(pages)
    assert look(client, case)["Location"] == f"/progress/{case.number}/"
    assert "等待受理" in text(client, case)
    case.accept(category=pages.street_lights, by=pages.dispatcher, at=NOON)
    assert "正在派给负责的单位" in text(client, case)
    case.dispatch(lead=pages.housing, by=pages.dispatcher, at=NOON)
    page = text(client, case)
    assert "已受理，派给县住建局" in page
    assert "等待单位签收" in page
    assert "县住建局承诺" in page
    task = case.lead()
    task.sign(by=pages.clerk, at=NOON)
    assert "单位会先联系您" in text(client, case)
    task.record_first_contact(method="phone_missed", by=pages.clerk, at=NOON)
    assert "打电话没有找到您" in text(client, case)


def test_reply_is_shown_only_when_it_is_approved(pages, client, clock):
    case = replied(pages)
    look(client, case)
    assert "路灯线路已修复" not in text(client, case)
    case.approve_reply(by=pages.reviewer, at=NOON + 6 * LATER)
    clock.now = NOON + 7 * LATER
    look(client, case)
    page = text(client, case)
    assert "路灯线路已修复" in page
    assert "县住建局的答复" in page


def test_no_inner_word_no_staff_no_petitioner(pages, client, clock):
    case = approved(pages)
    case.record_dissatisfied(note=CANARY, by=pages.agent, at=NOON + 7 * LATER)
    case.order_rework(note=CANARY, by=pages.supervisor, at=NOON + 8 * LATER)
    look(client, case)
    page = text(client, case)
    assert "正在重新办理" in page
    staff = [pages.clerk, pages.leader, pages.reviewer, pages.dispatcher, pages.supervisor]
    for secret in [CANARY, "王桂芬", "13807316217", *[person.name for person in staff]]:
        assert secret not in page
    assert case.query_code not in page


def test_a_direct_answer_waits_for_no_unit(pages, client, clock):
    case = wang_says(pages)
    case.accept(category=pages.street_lights, by=pages.dispatcher, at=NOON)
    case.answer(text="路灯由县住建局管护，电话 0731-55551234。", by=pages.dispatcher, at=NOON)
    look(client, case)
    page = text(client, case)
    assert "正在派给负责的单位" not in page
    assert page.index("已受理") < page.index("已答复")
    assert "路灯由县住建局管护" in page


def test_citizens_read_their_own_words(pages, client, clock):
    """With what they added, in the order they said it, and with what units do not read."""
    case = dispatched(pages, content="人民路东段路灯不亮，请打我儿子的电话13907311234。")
    look(client, case)
    for number, said in enumerate(["昨晚又灭了", "今天来人看过，问我儿子13907311234。"]):
        clock.now = NOON + (number + 1) * LATER
        client.post(f"/progress/{case.number}/supplements/", {"text": said})
    page = text(client, case)
    first, second = page.index("昨晚又灭了"), page.index("今天来人看过，问我儿子13907311234")
    assert page.index("请打我儿子的电话13907311234") < first < second


def test_rejection_tells_reason_and_legal_route(pages, client, clock):
    case = wang_says(pages)
    case.reject(reason=pages.not_ours, by=pages.dispatcher, at=NOON)
    look(client, case)
    page = text(client, case)
    assert "未受理：应通过诉讼解决" in page
    assert "请向人民法院提起诉讼" in page


def test_what_is_left_of_the_promise_is_said_in_the_words_of_the_desk(pages, client, clock):
    case = dispatched(pages)
    clock.now = NOON + 2 * LATER
    look(client, case)
    assert re.search(r"还剩 \d+ 个工作日", text(client, case))


def test_a_broken_promise_is_admitted(pages, client, clock):
    case = dispatched(pages)
    clock.now = NOON + timedelta(days=60)
    look(client, case)
    assert "已经过了" in text(client, case)


def test_wrong_code_and_wrong_number_get_the_same_answer(pages, clock):
    case = wang_says(pages)
    tries = [
        {"number": case.number, "code": "0123456789"},
        {"number": "1" * 20, "code": "0123456789"},
        {"number": "1" * 20, "code": case.query_code},
        {"number": "x", "code": "y"},
    ]
    answers = [Client().post("/progress/", said) for said in tries]
    pages_said = {re.sub(r' (value|nonce)="[^"]*"', "", one.content.decode()) for one in answers}
    assert {one.status_code for one in answers} == {422}
    assert len(pages_said) == 1
    assert "编号和查询码对不上" in pages_said.pop()


def test_wrong_number_does_the_same_work(pages, clock, django_assert_num_queries):
    case = wang_says(pages)
    with django_assert_num_queries(1):
        assert progress.found(case.number, "0000000000") is None
    with django_assert_num_queries(1):
        assert progress.found("1" * 20, "0" * 11) is None  # not even with nobody's code


def test_groups_full_width_digits_and_spaces_are_understood(pages, client, clock):
    case = wang_says(pages)
    number = f"{case.number[:6]} {case.number[6:12]}-{case.number[12:]}"
    code = "".join(chr(ord(digit) + 0xFEE0) for digit in case.query_code)
    answer = client.post("/progress/", {"number": number, "code": code})
    assert answer["Location"] == f"/progress/{case.number}/"


def test_guessing_is_stopped_by_number(pages, clock):
    case = wang_says(pages)
    answers = [
        look(Client(REMOTE_ADDR=f"10.0.0.{n}"), case, "0123456789").status_code for n in range(12)
    ]
    assert answers == [422] * 10 + [429] * 2
    clock.now = NOON + timedelta(minutes=16)
    assert look(Client(), case).status_code == 303


def test_guessing_is_stopped_by_address(pages, clock):
    codes = [
        Client()
        .post("/progress/", {"number": f"{n:020d}", "code": "0123456789"}, REMOTE_ADDR="10.1.1.1")
        .status_code
        for n in range(31)
    ]
    assert codes == [422] * 30 + [429]


def test_permission_is_for_this_case_this_browser_and_half_an_hour(pages, client, clock):
    case, other = wang_says(pages), wang_says(pages, key="form-2", content="另一件事情，路面塌陷。")
    look(client, case)
    assert client.get(f"/progress/{other.number}/")["Location"] == "/progress/"
    assert Client().get(f"/progress/{case.number}/")["Location"] == "/progress/"
    assert client.get("/progress/12345678901234567890/")["Location"] == "/progress/"
    clock.now = NOON + KEPT + timedelta(seconds=1)
    assert client.get(f"/progress/{case.number}/")["Location"] == "/progress/"


def test_acts_need_the_permission_too(pages, client, clock):
    case = approved(pages)
    for act in ("supplements", "urges", "rating"):
        answer = client.post(f"/progress/{case.number}/{act}/", {"text": "x", "score": 5})
        assert answer["Location"] == "/progress/"
    assert not Evaluation.objects.exists()


def test_a_satisfied_rating_closes_the_case(pages, client, clock):
    case = approved(pages)
    clock.now = NOON + 7 * LATER
    look(client, case)
    assert "请您评价" in text(client, case)
    answer = client.post(
        f"/progress/{case.number}/rating/", {"score": 5, "contacted": "yes", "solved": "yes"}
    )
    assert answer.status_code == 303
    said = Evaluation.objects.get()
    assert (said.score, said.contacted, said.solved, said.channel) == (5, True, True, "web")
    assert Case.objects.get().state == "closed"
    again = client.post(f"/progress/{case.number}/rating/", {"score": 1, "reasons": "slow"})
    assert again.status_code == 422
    assert Evaluation.objects.get().score == 5


def test_a_dissatisfied_rating_needs_a_reason_and_is_looked_at(pages, client, clock):
    case = approved(pages)
    clock.now = NOON + 7 * LATER
    look(client, case)
    address = f"/progress/{case.number}/rating/"
    without = client.post(address, {"score": 1, "comment": "还是不亮"})
    assert without.status_code == 422
    assert "还是不亮" in without.content.decode()
    assert client.post(address, {"score": 1, "reasons": ["not_solved"]}).status_code == 303
    assert Case.objects.get().state == "dissatisfied"
    assert "正由另一个人复核" in text(client, case)


def test_no_rating_before_the_reply(pages, client, clock):
    case = dispatched(pages)
    look(client, case)
    assert 'id="rating"' not in text(client, case)
    assert client.post(f"/progress/{case.number}/rating/", {"score": 5}).status_code == 422
    assert not Evaluation.objects.exists()


def test_progress_asks_little_of_the_database(pages, client, clock, django_assert_max_num_queries):
    case = approved(pages)
    look(client, case)
    with django_assert_max_num_queries(12):
        client.get(f"/progress/{case.number}/")


def test_timezone_now_is_ours(clock):
    assert timezone.now() == NOON
