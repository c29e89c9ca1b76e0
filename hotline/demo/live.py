"""Today's live work: every desk has something in every state, some of it late, some due soon.

Counted back from the moment of loading, so that clocks look as on a working day.
"""

from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from cases.clocks.in_force import calendar
from cases.lifecycle.registering import IntakeData
from cases.lifecycle.sweeping import fire
from cases.models import Alarm, Assignment, Case, Region, Unit, User
from cases.people.person import CITIZEN
from cases.words import AssignmentState as A
from cases.words import CaseState as C
from hotline import intake
from hotline.demo import kept
from hotline.demo.play import Stage
from hotline.demo.staff import crew
from hotline.demo.texts import DemoMatter, MatterTold, citizen, matters_of, with_name
from hotline.demo.timeline import at_a_desk
from routing.dispatching.dispatch import dispatch_case

# how far each goes, how many days ago it came in, by which channel, how many of them
LIVE = (
    (C.SUBMITTED, 0.05, "web", 4),
    (C.SUBMITTED, 0.2, "mayor", 2),
    (C.SUBMITTED, 0.3, "magistrate", 2),
    (C.ACCEPTED, 0.04, "phone", 7),
    (C.ACCEPTED, 0.3, "phone", 2),
    (C.DISPATCHED, 0.3, "phone", 8),
    (C.DISPATCHED, 2.5, "phone", 3),
    (A.SIGNED, 1.5, "web", 5),
    (A.IN_PROGRESS, 3, "phone", 10),
    (A.IN_PROGRESS, 8, "phone", 6),
    (A.IN_PROGRESS, 17, "phone", 4),
    (A.IN_PROGRESS, 4, "magistrate", 3),
    ("return_asked", 1, "phone", 3),
    ("extension_asked", 3, "phone", 3),
    (A.AWAITING_SIGN_OFF, 4, "phone", 6),
    (C.UNDER_REVIEW, 5, "phone", 5),
    (A.FORMAT_RETURN, 6, "web", 2),
    (C.CALLBACK, 7, "phone", 9),
    (C.DISSATISFIED, 9, "phone", 3),
    (C.REWORK, 12, "phone", 3),
    (C.ANSWERED, 0.1, "phone", 9),
)
HOME = "zhujian"  # the unit whose accounts are shown first: the first of each row is its own
HAS_ONE = frozenset({C.DISPATCHED, A.SIGNED, A.IN_PROGRESS, A.AWAITING_SIGN_OFF})
AT_HOME = 0.5  # of what waits for a leader
CALLERS = 60  # fewer than cases: some call again


def play_live(now: datetime) -> int:
    """Create the live work that is not there yet; returns how many cases."""
    stage, made = Stage(crew()), 0
    for row, (goal, days, channel, count) in enumerate(LIVE):
        for place in range(count):
            with transaction.atomic():
                seed = f"live-{now:%y%m%d}-{row}-{place}"
                is_home = goal in HAS_ONE and not place
                made += _one(stage, goal, days, channel, seed, now, is_home=is_home)
    return made


def _one(
    stage: Stage, goal: str, days: float, channel: str, seed: str, now: datetime, *, is_home: bool
) -> int:
    if Case.objects.filter(intakekey__key=f"demo:{seed}").exists():
        return 0
    random = Random(seed)  # noqa: S311 - a story, not a secret
    at = now - timedelta(days=days, minutes=random.randint(3, 50))
    matters = matters_of(channel)
    if goal == C.ANSWERED:
        matters = [matter for matter in matters if matter.get("direct_answer")]
    if is_home or (goal == A.AWAITING_SIGN_OFF and random.random() < AT_HOME):
        matters = [matter for matter in matters if matter["unit"] == HOME] or matters
    matter = random.choice(matters)
    place = stage.place_for(matter, random)
    told = MatterTold(seed, matter, channel, place, at)
    life = _Life(stage, matter, place, told, random, at, now)
    life.begin(seed, channel, goal)
    life.go_to(goal)
    life.arrive()
    return 1


class _Life:
    """One case on its way to the state it is to be seen in."""

    case: Case  # from ``begin`` on

    def __init__(
        self,
        stage: Stage,
        matter: DemoMatter,
        place: Region,
        told: MatterTold,
        random: Random,
        at: datetime,
        now: datetime,
    ) -> None:
        self.stage, self.matter, self.place, self.told = stage, matter, place, told
        self.random, self.at, self.now = random, at, now

    def soon(self) -> datetime:
        """The next moment of this case, on the way from its beginning to now."""
        return self._reach(self.at + (self.now - self.at) / 7)

    def at_work(self) -> datetime:
        """The same, at a time when a unit's people are at their desks, where there is one."""
        days = calendar().assuming_weekends()
        wanted = self.at + (self.now - self.at) / 7
        return self._reach(at_a_desk(wanted, self.at, self.now, days.is_working))

    def _reach(self, moment: datetime) -> datetime:
        """Go on to a moment; the alarms on the way fire at their own times."""
        self.at = moment
        of_case = Alarm.objects.filter(assignment__case=self.case, fired_at=None)
        due = of_case.filter(at__lte=moment).order_by("at", "pk")
        for alarm in due.select_related("assignment"):
            fire(alarm, alarm.at)
        return moment

    def begin(self, seed: str, channel: str, goal: str) -> None:
        """Intake as the channel does it."""
        caller = f"{self.now:%y%m%d}-caller-{self.random.randrange(CALLERS)}"
        name, gender, phone = citizen(Random(caller))  # noqa: S311 - a story, not a secret
        category = self.stage.categories[self.matter["category_code"]]
        urgent = goal == C.DISPATCHED and self.random.random() < 0.3  # noqa: PLR2004
        data = IntakeData(
            channel=channel,
            content=with_name(self.told.body, channel, name, phone, seed),
            title=self.told.title,
            request=self.told.request,
            demand_type=self.matter["demand_type"],
            category=category if channel == "phone" else None,
            region=self.place,
            address=self.told.address(),
            urgency="urgent" if urgent else "normal",
            contact_at=self.at,
            publish_consent=channel != "phone" or self.random.random() < 0.5,  # noqa: PLR2004
            name=name,
            phone=phone,
            gender=gender,
            secrecy=kept.secrecy_of(seed),
            **kept.respondent_of(self.matter, self.stage.units),
        )
        by = self.stage.crew.operators[0] if channel == "phone" else CITIZEN
        self.case = intake.take_in(data, key=f"demo:{seed}", by=by, at=self.at)
        if goal != C.SUBMITTED:
            self.case.accept(category=category, by=self.stage.crew.dispatcher, at=self.soon())
            if self.case.respondent_state:
                kept.settle(self.case, by=self.stage.crew.dispatcher, at=self.soon())

    def arrive(self) -> None:
        """Let the rest of the time pass until now."""
        self._reach(self.now)

    def go_to(self, goal: str) -> None:
        """Take the steps that lead to ``goal``."""
        if goal in {C.SUBMITTED, C.ACCEPTED}:
            return
        if goal == C.ANSWERED:
            text = self.told.answer()
            self.case.answer(text=text, by=self.stage.crew.operators[0], at=self.soon())
            return
        unit = self.stage.unit_for(self.matter, self.place)
        self.told.given_to(unit)
        dispatch_case(
            self.case, lead=unit, not_about=None, by=self.stage.crew.dispatcher, at=self.soon()
        )
        if goal == "return_asked":
            self._ask_return(unit)
        elif goal != C.DISPATCHED:
            self._at_the_unit(goal, unit)

    def _ask_return(self, unit: Unit) -> None:
        leader = self.stage.crew.leaders[unit.code]
        kept.lead_of(self.case).ask_return(
            reason=self.stage.reasons[
                "return", min(c for k, c in self.stage.reasons if k == "return")
            ],
            basis=f"按照县“三定”规定，此项不属于{unit.short_name}职责。",
            text="已电话联系诉求人核实地点。",
            by=leader,
            at=self.at_work(),
        )

    def _at_the_unit(self, goal: str, unit: Unit) -> None:
        clerk, leader = self.stage.crew.clerks[unit.code], self.stage.crew.leaders[unit.code]
        task = kept.lead_of(self.case)
        task.sign(by=clerk, at=self.at_work())
        if goal == A.SIGNED:
            return
        note = "已电话了解情况，约定现场查看。"
        agent = self.stage.crew.agent
        kept.contact(task, note, clerk=clerk, agent=agent, at=self.at_work())
        if goal == "extension_asked":
            self._ask_extension(task, clerk)
        elif goal != A.IN_PROGRESS:
            self._reply(task, clerk)
            if goal != A.AWAITING_SIGN_OFF:
                task.sign_off(by=leader, at=self.at_work())
                self._after_reply(goal, clerk, leader)

    def _ask_extension(self, task: Assignment, clerk: User) -> None:
        code = min(c for k, c in self.stage.reasons if k == "extension")
        if self.at_work() < task.due_at:
            task.ask_extension(
                reason=self.stage.reasons["extension", code],
                text="需等待配件到货，已电话告知诉求人。",
                days=2,
                by=clerk,
                at=self.at,
            )

    def _reply(self, task: Assignment, clerk: User) -> None:
        task.submit_reply(
            public_reply=self.told.reply(),
            internal_note=self.told.note(),
            solved="solved",
            fact_true="true",
            by=clerk,
            at=self.at_work(),
        )

    def _after_reply(self, goal: str, clerk: User, leader: User) -> None:
        crew_ = self.stage.crew
        case = Case.objects.get(pk=self.case.pk)
        if goal == A.FORMAT_RETURN:
            case.return_format(note="请补充依据和完成时间。", by=crew_.reviewer, at=self.soon())
        if goal in {C.UNDER_REVIEW, A.FORMAT_RETURN}:
            return
        case.approve_reply(by=crew_.reviewer, at=self.soon())
        if goal == C.CALLBACK:
            return
        self.stage.rate(Case.objects.get(pk=case.pk), self.matter, 2, self.soon())
        if goal == C.REWORK:
            Case.objects.get(pk=case.pk).order_rework(
                note="诉求合理，请重新办理并现场复核。", by=crew_.supervisor, at=self.soon()
            )
