"""The cases everybody is shown, each brought to its stage through the real forms."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cases.events.outbox import drain
from cases.models import Case, Unit
from hotline.models import Filing
from tests.cast import Cast, person
from tests.journeys.office import MATTER, Office
from tests.papers import docx
from tests.permissions.people import BACKEND
from tests.sight.promise import CONFIDENTIAL, NORMAL, REPORT, SECRECIES

SAID_BY = {
    NORMAL: ("司徒雀", "13907318990"),
    CONFIDENTIAL: ("欧阳鹂", "13974526183"),
    REPORT: ("上官鸢", "13787214596"),
}
OTHERWISE = {
    NORMAL: ("司 徒 雀", "１３９-０７３１-８９９０", "司徒·雀"),
    CONFIDENTIAL: ("欧 阳 鹂", "１３９-７４５２-６１８３", "歐陽鹂"),
    REPORT: ("上 官 鸢", "１３７-８７２１-４５９６", "上官·鸢"),
}
STAGES = ("waiting", "held", "replied", "callback", "dissatisfied", "late")
ACCUSED = "县自来水公司"


@dataclass(frozen=True)
class Planted:
    """A case and what gives it away."""

    secrecy: str
    stage: str
    number: str
    pk: int
    words: str
    file: str
    inside: str

    @property
    def name(self) -> str:
        """The citizen's name as given in the field for it."""
        return SAID_BY[self.secrecy][0]

    @property
    def phone(self) -> str:
        """The citizen's number as given in the field for it."""
        return SAID_BY[self.secrecy][1]


def marks(secrecy: str, stage: str) -> tuple[str, str, str]:
    """Words, a file's name and what stands in it, which no other case has."""
    which = "甲乙丙"[SECRECIES.index(secrecy)] + "子丑寅卯辰巳"[STAGES.index(stage)]
    return f"画眉弄{which}", f"鹧鸪坡{which}", f"斑鸠亭{which}"


class Tree:
    """A bureau with three units: one complained about (with a section), one that handles, its own desk."""

    def __init__(self, cast: Cast) -> None:
        self.bureau = Unit.objects.create(
            code="bureau", name="青溪县水利局", short_name="县水利局", kind="county"
        )
        cast.water.parent = self.bureau
        cast.water.save()
        self.section = self._below(cast.water, "meters", "县自来水公司抄表所", "section")
        self.drains = self._below(self.bureau, "drains", "县排水管理处", "utility")

    def _below(self, unit: Unit, code: str, name: str, kind: str) -> Unit:
        return Unit.objects.create(code=code, name=name, short_name=name, kind=kind, parent=unit)


def people(cast: Cast, tree: Tree) -> dict[str, Any]:
    """Everybody of the table by their relation to the cases; ``None`` is a visitor."""
    return {
        "handling clerk": person("drains", "杜平", tree.drains, "clerk"),
        "handling leader": person("drains_head", "田芳", tree.drains, "leader"),
        "another unit's clerk": person("town", "钱多", cast.town, "clerk", "leader"),
        "accused unit's clerk": cast.other_clerk,
        "superior's clerk": person("bureau", "严正", tree.bureau, "clerk", "leader"),
        "section's clerk": person("meters", "尤进", tree.section, "clerk"),
        "operator": cast.operator,
        "dispatcher": cast.dispatcher,
        "call-back agent": cast.agent,
        "reviewer": cast.reviewer,
        "supervisor": cast.supervisor,
        "security administrator": person("guard", "罗琴", None, "security_admin"),
        "auditor": cast.auditor,
        "system administrator": cast.sysadmin,
        "anonymous": None,
    }


class Forms(Office):
    """The forms of the office, filled in for one case after the other."""

    def __init__(self, cast: Cast, clock: Any, who: dict[str, Any]) -> None:
        super().__init__(cast, clock)
        self.who = who
        self.clerk, self.leader = who["handling clerk"], who["handling leader"]

    def write(self, secrecy: str, stage: str) -> Planted:
        """The citizen's web form; name and number stand in the text once more, spelled otherwise."""
        words, file, inside = marks(secrecy, stage)
        name, phone = SAID_BY[secrecy]
        spaced, grouped, _dotted = OTHERWISE[secrecy]
        kind = "report" if secrecy == REPORT else "help"
        step = self.citizen.post("/file/", {"danger": "no", "demand_type": kind})
        matter = MATTER | {
            "content": f"{words}的水表乱收钱，我叫{spaced}，电话{grouped}，请派人来查一查。",
            "files": [SimpleUploadedFile(f"{name}{file}.docx", docx(f"{inside}的收据"))],
        }
        if secrecy == REPORT:
            matter["respondent"] = "一位收钱的师傅" if stage == "late" else ACCUSED
        step = self.citizen.post(step["Location"], matter)
        assert step.status_code == 303, step.content.decode()
        Filing.objects.update(created_at=self.now - timedelta(minutes=1))
        self.later()
        contact = {"name": name, "phone": phone, "act": "send"}
        contact |= {NORMAL: {"publish_consent": "on"}}.get(secrecy, {"is_confidential": "on"})
        before = set(Case.objects.values_list("pk", flat=True))
        answer = self.citizen.post(step["Location"], contact)
        assert answer.status_code == 303, answer.content.decode()
        self.pk = Case.objects.exclude(pk__in=before).get().pk
        return Planted(secrecy, stage, self.case.number, self.pk, words, file, inside)

    def send(self, assisting: str = "", **answer: Any) -> None:
        """The dispatcher's form; ``answer``: to the question whether it is about the unit."""
        said = answer | {
            "category": "城市管理 › 停水",
            "region": "青溪县 › 石桥镇",
            "demand_type": self.case.demand_type,
            "urgency": "normal",
            "unit": "drains",
            "assisting": assisting,
        }
        self.act(self.cast.dispatcher, reverse("routing:assignment", args=[self.case.number]), said)

    def settle(self, **said: str) -> None:
        """The dispatcher says whom a report is about."""
        url = reverse("desk:case_respondent", args=[self.case.number])
        self.act(self.cast.dispatcher, url, {"respondent": "", "respondent_unit": ""} | said)

    def add(self, planted: Planted) -> None:
        """The citizen's supplement, the third spelling in it."""
        dotted = OTHERWISE[planted.secrecy][2]
        said = {"text": f"补充：{planted.words}还有一户，我是{dotted}，电话{planted.phone}。"}
        self.citizen.post("/progress/", {"number": planted.number, "code": self.case.query_code})
        answer = self.citizen.post(reverse("site:supplement", args=[planted.number]), said)
        assert answer.status_code == 303, answer.content.decode()

    def work(self, secrecy: str) -> None:
        """Signature, contact (through the office where the unit knows nobody), reply, the leader's word."""
        if secrecy == NORMAL:
            self.reply(self.clerk, self.leader)
            return
        self.act(self.clerk, self.task("task_signature"))
        self.ask_office()
        relay = self.case.lead().relays.get()
        said = {"result": "reached", "answer": "第三户"}
        self.act(self.cast.agent, reverse("satisfaction:relay_answer", args=[relay.pk]), said)
        self.act(self.clerk, self.task("task_reply"), self._reply(), hours=1)
        self.act(self.leader, self.task("task_sign_off"))

    def _reply(self) -> dict[str, str]:
        text = "经核实，收费人员未开具票据，已责令退还并公开道歉，今后一律凭票收费。"
        return {"public_reply": text, "internal_note": "已约谈。", "solved": "solved"} | {
            "fact_true": "true"
        }

    def ask_office(self) -> None:
        """A question to the citizen, by the office's mouth."""
        self.act(self.clerk, self.task("task_relay"), {"question": "是第几户？"})

    def signed_in(self, user: Any) -> Client:
        """A browser of a member of staff."""
        client = Client()
        client.force_login(user, backend=BACKEND)
        return client

    def tell(self) -> None:
        """Write the notices and the index that are owed by now."""
        drain(self.now)
