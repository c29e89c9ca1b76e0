"""Returns and extensions: seen with their basis, granted, refused, decided once."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from cases.models import Case, Request
from tests.acts import acts
from tests.cast import NOON
from tests.routing.folk import MINUTE, accepted, returned


@pytest.fixture
def desk(client, cast):
    client.force_login(cast.dispatcher)
    return client


def extension(cast, case):
    case.dispatch(lead=cast.housing, by=cast.dispatcher, at=NOON + 2 * MINUTE)
    task = case.lead()
    task.sign(by=cast.clerk, at=NOON + 3 * MINUTE)
    task.ask_extension(
        reason=cast.needs_works, text="需换电缆", days=2, by=cast.clerk, at=NOON + 4 * MINUTE
    )
    return task.requests.get()


def decide(client, request, act, note=""):
    return client.post(reverse("routing:decision", args=[request.pk]), {"act": act, "note": note})


def test_a_return_shows_basis_named_unit_and_history(desk, cast):
    returned(cast, accepted(cast), suggested=cast.water)
    text = desk.get(reverse("routing:requests")).content.decode()
    for shown in ("三定方案第三条", "县自来水公司", "职责不符", "派单经过", "审签"):
        assert shown in text


def test_granted_the_case_is_back_at_the_desk_and_goes_elsewhere(desk, cast):
    case = accepted(cast)
    request = returned(cast, case, suggested=cast.water)
    answer = decide(desk, request, "grant", "同意")
    assert answer.status_code == 303
    (said,) = [str(one) for one in get_messages(answer.wsgi_request)]
    assert said == f"已同意县住建局退单：{case.number} 回到派单台，等待重新派出。"
    case = Case.objects.get(pk=case.pk)
    assert (case.state, case.return_count) == ("accepted", 1)
    assert acts(case).last().kind == "return_granted"
    page = desk.get(reverse("routing:dispatch"))
    assert page.context["case"] == case


def test_a_refusal_needs_a_reason_and_keeps_what_was_typed(desk, cast):
    request = returned(cast, accepted(cast))
    assert decide(desk, request, "refuse", " ").status_code == 422
    assert decide(desk, request, "nothing", "写好的理由").status_code == 422
    assert Request.objects.get().state == "signed"
    assert decide(desk, request, "refuse", "属你单位职责").status_code == 303
    request = Request.objects.get()
    assert (request.state, request.decision_note) == ("refused", "属你单位职责")
    assert acts(request.assignment.case).last().kind == "return_refused"


def test_a_granted_extension_moves_the_due_time(desk, cast):
    request = extension(cast, accepted(cast))
    before = request.assignment.due_at
    assert decide(desk, request, "grant").status_code == 303
    task = type(request.assignment).objects.get()
    assert task.due_at > before == task.original_due_at
    assert acts(task.case).last().kind == "extended"


def test_a_refused_extension_leaves_the_due_time(desk, cast):
    request = extension(cast, accepted(cast))
    assert decide(desk, request, "refuse", "可按期办结").status_code == 303
    task = type(request.assignment).objects.get()
    assert task.due_at == task.original_due_at


def test_the_second_decision_gets_409(desk, cast):
    request = returned(cast, accepted(cast))
    decide(desk, request, "grant")
    assert decide(desk, request, "refuse", "晚了").status_code == 409
    assert Request.objects.get().state == "granted"


def test_an_unsigned_return_is_not_there_yet(desk, cast):
    case = accepted(cast)
    case.dispatch(lead=cast.housing, by=cast.dispatcher, at=NOON + 2 * MINUTE)
    task = case.lead()
    task.ask_return(reason=cast.wrong_unit, basis="三定方案", by=cast.clerk, at=NOON + 3 * MINUTE)
    assert "没有等着审批的申请" in desk.get(reverse("routing:requests")).content.decode()
    assert decide(desk, task.requests.get(), "grant").status_code == 404


def test_a_supervisor_decides_extensions_but_no_returns(client, cast):
    back, longer = returned(cast, accepted(cast, 1)), extension(cast, accepted(cast, 2))
    client.force_login(cast.supervisor)
    page = client.get(reverse("routing:requests"), {"request": back.pk})
    assert "退单由派单员审批" in page.content.decode()
    assert decide(client, back, "grant").status_code == 404
    assert decide(client, longer, "grant").status_code == 303
    assert Request.objects.get(pk=back.pk).state == "signed"


@pytest.mark.parametrize(
    "name", ["operator", "clerk", "leader", "reviewer", "agent", "sysadmin", "auditor"]
)
def test_other_roles_find_nothing(client, cast, name):
    request = returned(cast, accepted(cast))
    client.force_login(getattr(cast, name))
    assert client.get(reverse("routing:requests")).status_code == 404
    assert decide(client, request, "grant").status_code == 404
    assert Request.objects.get().state == "signed"


def test_tabs_and_counts(desk, cast):
    returned(cast, accepted(cast, 1))
    extension(cast, accepted(cast, 2))
    page = desk.get(reverse("routing:requests"), {"kind": "extension"})
    assert [one.kind for one in page.context["rows"]] == ["extension"]
    counts = page.context["counts"]
    assert (counts.returns, counts.extensions) == (1, 1)


def test_the_list_costs_the_same_for_one_and_for_three(desk, cast, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    first = returned(cast, accepted(cast, 1))
    address = f"{reverse('routing:requests')}?request={first.pk}"
    desk.get(address)
    with CaptureQueriesContext(connection) as one:
        desk.get(address)
    returned(cast, accepted(cast, 2))
    returned(cast, accepted(cast, 3))
    with django_assert_num_queries(len(one)):
        desk.get(address)
