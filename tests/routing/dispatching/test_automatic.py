"""Many at once: only what is beyond doubt, and the rest is named."""

from django.contrib.messages import get_messages
from django.urls import reverse

from cases.models import Case
from routing.models import Decision
from tests.acts import acts
from tests.cast import wang_says
from tests.routing.folk import MINUTE, accepted, entry, returned, rule

PAGE = "routing:assignments"


def states():
    return dict(Case.objects.values_list("number", "state"))


def test_ticked_cases_go_by_their_rule_and_the_rest_is_named(client, cast):
    rule(words="路灯", lead="housing", assisting="water")
    one, two = accepted(cast, 1), accepted(cast, 2)
    unsure = accepted(cast, 3, title="别的事", content="别的事情")
    new = wang_says(cast, key="new")
    against = accepted(cast, 4, respondents=(cast.town,))
    client.force_login(cast.dispatcher)
    page = client.get(reverse("routing:dispatch"))
    assert {row.case for row in page.context["plain"]} == {one, two}
    ticked = [case.number for case in (one, two, unsure, new, against)]
    answer = client.post(reverse(PAGE), {"case": [*ticked, "not-a-case"]})
    assert answer.status_code == 303
    sent, left = [str(message) for message in get_messages(answer.wsgi_request)]
    assert sent == "已派出 2 件，等着签收：县住建局，协办县自来水公司（2 件）。"
    for number in (unsure.number, new.number, against.number, "not-a-case"):
        assert number in left
    assert states() == {
        one.number: "dispatched",
        two.number: "dispatched",
        unsure.number: "accepted",
        new.number: "submitted",
        against.number: "accepted",
    }
    assert set(Decision.objects.values_list("kind", flat=True)) == {"rule"}
    assert acts(one).last().kind == "dispatched"
    assert one.assignments.count() == 2


def test_a_case_that_came_back_is_looked_at_by_a_person(client, cast):
    rule(words="路灯", lead="water")
    case = accepted(cast)
    request = returned(cast, case)
    request.grant_return(by=cast.dispatcher, at=request.signed_at + MINUTE)
    client.force_login(cast.dispatcher)
    client.post(reverse(PAGE), {"case": [case.number]})
    assert states() == {case.number: "accepted"}


def test_nothing_ticked_is_said(client, cast):
    client.force_login(cast.dispatcher)
    answer = client.post(reverse(PAGE))
    assert [str(one) for one in get_messages(answer.wsgi_request)] == ["没有勾选，一件也没有派。"]


def test_a_clerk_sends_nothing(client, cast):
    rule(words="路灯", lead="housing")
    case = accepted(cast)
    client.force_login(cast.clerk)
    assert client.post(reverse(PAGE), {"case": [case.number]}).status_code == 404
    assert states() == {case.number: "accepted"}


def test_of_two_units_as_likely_none_is_sent_by_itself(client, cast):
    """Two entries beyond doubt: which of them comes first is a matter of their numbers."""
    said = {"keywords": "路灯 不亮 人民路"}
    entry(cast, **said)
    case = accepted(cast, title="路灯不亮", content="人民路路灯不亮")
    client.force_login(cast.dispatcher)
    page = reverse("routing:dispatch")
    assert [row.case for row in client.get(page).context["plain"]] == [case]
    entry(cast, number="0702", lead="water", **said)
    assert client.get(page).context["plain"] == []
    client.post(reverse(PAGE), {"case": [case.number]})
    assert states() == {case.number: "accepted"}


def test_a_danger_that_nobody_called_urgent_is_looked_at(client, cast):
    rule(words="路灯", lead="housing")
    said = {"title": "路灯杆漏电", "content": "路灯杆漏电，有人被电到"}
    danger, urgent = accepted(cast, 1, **said), accepted(cast, 2, urgency="urgent", **said)
    client.force_login(cast.dispatcher)
    client.post(reverse(PAGE), {"case": [danger.number, urgent.number]})
    assert states() == {danger.number: "accepted", urgent.number: "dispatched"}
