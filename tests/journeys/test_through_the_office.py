"""What the office passes on between a unit and a citizen whom it must not know."""

from django.test import Client
from django.urls import reverse

from tests.journeys.test_confidential import NAME, PHONE, office, seen_by

__all__ = ["office"]  # a fixture


def test_the_office_may_say_where_to_go_and_never_who_it_is(office):
    cast = office.cast
    office.act(cast.clerk, office.task("task_relay"), {"question": "要到哪一户看？"})
    relay = office.case.lead().relays.get()
    client = Client()
    client.force_login(cast.agent, backend="cases.people.signed_in.StaffBackend")
    url = reverse("satisfaction:relay_answer", args=[relay.pk])
    for who in (
        f"找{NAME}",
        f"电话{PHONE}",
        "电话13873100104",
        "找她姐姐王桂芬",
        "司徒的同事",
        "找小谭",
    ):
        said = {"result": "reached", "answer": f"东塔小区3栋501，{who}"}
        refused = client.post(url, said)
        assert refused.status_code == 422
        assert said["answer"] in refused.content.decode()
    office.later()
    where = "物业的人说他叫王五。东塔小区3栋2单元501，我家住3栋2单元501室"
    office.act(cast.agent, url, {"result": "reached", "answer": where})
    assert where in seen_by(office, cast.clerk)
    url = reverse("desk:case_handling", args=[office.case.number])
    office.act(cast.dispatcher, url, {"handling-hide": "东塔小区"})
    assert "东塔小区" not in seen_by(office, cast.clerk)
    assert "3栋2单元501" in seen_by(office, cast.clerk)
