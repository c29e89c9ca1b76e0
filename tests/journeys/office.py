"""The whole office at work: everybody acts on their own page, and time goes on between the acts."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from cases.models import Case
from hotline.models import Filing
from tests.acts import acts
from tests.cast import NOON

REPLY = {
    "public_reply": "经核实，电缆被盗导致整排路灯不亮，当天下午已更换电缆并加装防盗井盖，现已恢复照明。",
    "internal_note": "已报案。",
    "solved": "solved",
    "fact_true": "true",
}
MATTER = {
    "content": "人民路东段路灯从上周起整排不亮，夜里看不见路，请尽快派人修理。",
    "request": "尽快修好",
    "region": "430329101",
    "address": "人民路东段",
    "act": "next",
}


class Office:
    """Browsers of the cast, one case, a clock that the acts move."""

    def __init__(self, cast: Any, clock: Any) -> None:
        self.cast, self.clock, self.now = cast, clock, NOON
        self.citizen = Client()
        self.pk = 0

    @property
    def case(self) -> Case:
        """The case as it is now."""
        return Case.objects.get(pk=self.pk) if self.pk else Case.objects.get()

    def later(self, **span: float) -> None:
        """Let time pass; a quarter of an hour when nothing is said."""
        self.now += timedelta(**(span or {"minutes": 15}))
        self.clock.move_to(self.now)

    def act(self, person: Any, url: str, said: dict[str, Any] | None = None, **span: float) -> Any:
        """Post as somebody; the answer must be a redirect, as after every successful act."""
        self.later(**span)
        client = Client()
        client.force_login(person, backend="cases.people.signed_in.StaffBackend")
        answer = client.post(url, said or {})
        assert answer.status_code == 303, answer.content.decode()
        return client, answer

    def page(self, person: Any, url: str) -> str:
        """What somebody sees at an address."""
        client = Client()
        client.force_login(person, backend="cases.people.signed_in.StaffBackend")
        answer = client.get(url)
        assert answer.status_code == 200
        return answer.content.decode()

    def call(self, act: str, **said: Any) -> None:
        """The operator finishes a caller's matter by one key."""
        fields = {
            "token": f"{act:-<32}",
            "phone": "13807316217",
            "name": "王桂芬",
            "demand_type": "help",
            "content": "人民路东段路灯整排不亮，夜里看不见路。",
            "region": "青溪县 › 石桥镇",
            "category": "ld",
            "urgency": "normal",
            "publish_consent": "on",
        }
        self.act(self.cast.operator, reverse("desk:operator"), fields | {"act": act} | said)

    def file(self, matter: dict[str, Any] | None = None, **contact: str) -> None:
        """The citizen fills in the three steps of the web form."""
        answer = self.citizen.post("/file/", {"danger": "no", "demand_type": "help"})
        answer = self.citizen.post(answer["Location"], MATTER | (matter or {}))
        Filing.objects.update(created_at=self.now - timedelta(minutes=1))
        contact = contact or {"name": "王桂芬", "phone": "13807316217", "publish_consent": "on"}
        self.later()
        answer = self.citizen.post(answer["Location"], contact | {"act": "send"})
        assert answer.status_code == 303, answer.content.decode()

    def send_to(self, unit: str) -> None:
        """The dispatcher classifies and sends."""
        said = {
            "category": "城市管理 › 路灯",
            "region": "青溪县 › 石桥镇",
            "demand_type": "help",
            "urgency": "normal",
            "unit": unit,
            "other": "",
            "assisting": "",
            "note": "",
        }
        self.act(self.cast.dispatcher, reverse("routing:assignment", args=[self.case.number]), said)

    def task(self, name: str) -> str:
        """Address of an act on the lead task."""
        return reverse(f"desk:{name}", args=[self.case.lead().pk])

    def reply(self, clerk: Any, leader: Any) -> None:
        """The unit signs, contacts, replies; its leader signs off."""
        if self.case.lead().state == "dispatched":
            self.act(clerk, self.task("task_signature"))
        self.act(clerk, self.task("task_first_contact"), {"method": "phone", "note": "已联系"})
        self.act(clerk, self.task("task_reply"), REPLY, hours=3)
        self.act(leader, self.task("task_sign_off"))

    def approve(self) -> None:
        """The reviewer accepts the reply."""
        url = reverse("desk:reply_review_approval", args=[self.case.number])
        self.act(self.cast.reviewer, url, {"public_reply": REPLY["public_reply"], "note": ""})

    def call_back(self, score: int, **said: Any) -> None:
        """The call-back agent reaches the citizen."""
        url = reverse("satisfaction:callback_attempts", args=[self.case.number])
        answers = {"result": "reached", "contacted": "yes", "solved": "yes", "satisfaction": score}
        self.act(self.cast.agent, url, answers | said, hours=20)

    def follow(self) -> str:
        """The citizen's own progress page, by number and code."""
        case = self.case
        self.citizen.post("/progress/", {"number": case.number, "code": case.query_code})
        answer = self.citizen.get(f"/progress/{case.number}/")
        assert answer.status_code == 200
        return answer.content.decode()

    def kinds(self) -> list[str]:
        """The acts recorded so far."""
        return list(acts(self.case).values_list("kind", flat=True))
