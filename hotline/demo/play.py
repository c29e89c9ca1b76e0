"""Play stories through the verbs, each person acting at their time, in small transactions."""

import time
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from random import Random

from django.db import transaction
from django.utils import timezone

from cases.lifecycle.registering import IntakeData
from cases.models import Assignment, Case, Category, Duty, Reason, Region, Unit, User
from cases.people.person import CITIZEN
from cases.words import CaseState
from hotline import intake
from hotline.demo import kept
from hotline.demo.plan import Handling, Rework, Story
from hotline.demo.staff import Crew
from hotline.demo.texts import DemoMatter, MatterTold, citizen, fits, town_of, with_name
from hotline.demo.timeline import after
from routing.dispatching.dispatch import dispatch_case
from satisfaction.calling.recording import record_attempt
from satisfaction.dissatisfied.deciding import decide_dissatisfied
from search.indexing.upkeep import refresh

# stories of one transaction: other writers of a small database wait half a second at most
BATCH = 12
CONTACTED = ("已电话了解情况。", "电话联系诉求人，约定现场查看时间。", "已电话说明办理安排。")


class Stage:
    """Reference data and people, read once, and the acts of one story."""

    def __init__(self, crew: Crew, *, rest: float = 0.0) -> None:
        self.rest = rest  # seconds between batches, so that others may write to a small database
        self.crew = crew
        self.units = {unit.code: unit for unit in Unit.objects.all()}
        self.categories = {category.code: category for category in Category.objects.all()}
        self.villages = list(
            Region.objects.filter(level="village").select_related("parent").order_by("code")
        )
        self.towns = {unit.short_name: unit for unit in self.units.values() if unit.kind == "town"}
        self.reasons = {(row.kind, row.code): row for row in Reason.objects.all()}

    def play_all(self, stories: Sequence[Story]) -> Iterator[int]:
        """Play in batches; yields how many were played. What is there already is left as it is."""
        for start in range(0, len(stories), BATCH):
            batch = stories[start : start + BATCH]
            with transaction.atomic():
                played = [self.play(story) for story in batch]
                settle([case.pk for case in played if case])
            yield len(batch)
            time.sleep(self.rest)

    def play(self, story: Story) -> Case | None:
        """One story from intake to its end."""
        key = f"demo:{story.seed}"
        if Case.objects.filter(intakekey__key=key).exists():
            return None
        random = Random(story.seed)  # noqa: S311 - a story, not a secret
        place = self.place_for(story.matter, random)
        told = MatterTold(story.seed, story.matter, story.channel, place, story.at)
        operator = random.choice(self.crew.operators)
        case = self._take_in(story, key, place, told, operator, random)
        if story.ending == CaseState.ANSWERED:
            text = told.answer()
            case.answer(text=text, by=operator, at=story.at + timedelta(minutes=4))
        elif story.ending == CaseState.REJECTED:
            reason = self._reason("reject", random)
            case.reject(reason=reason, by=operator, at=story.at + timedelta(minutes=3))
        elif story.handling:
            self._handle(case, story, story.handling, told, place, random)
        ended = Case.objects.get(pk=case.pk)
        if ended.closed_at and (at := after(ended.closed_at, 24 * 21, random)) <= timezone.now():
            ended.archive(by=self.crew.supervisor, at=at)
        return case

    def _take_in(
        self,
        story: Story,
        key: str,
        place: Region,
        told: MatterTold,
        operator: User,
        random: Random,
    ) -> Case:
        matter = story.matter
        name, gender, phone = citizen(random)
        data = IntakeData(
            channel=story.channel,
            content=with_name(told.body, story.channel, name, phone, story.seed),
            title=told.title,
            request=told.request,
            demand_type=matter["demand_type"],
            category=self.categories[matter["category_code"]],
            region=place,
            address=told.address(),
            contact_at=story.at,
            publish_consent=random.random() < 0.5,  # noqa: PLR2004 - every second one
            name=name,
            phone=phone,
            gender=gender,
            secrecy=kept.secrecy_of(story.seed),
            **kept.respondent_of(matter, self.units),
        )
        by = operator if story.channel == "phone" else CITIZEN
        case = intake.take_in(data, key=key, by=by, at=story.at)
        if story.ending != CaseState.REJECTED:
            clerk = operator if story.channel == "phone" else self.crew.dispatcher
            case.accept(category=data.category, by=clerk, at=story.at + timedelta(minutes=2))
            kept.settle(case, by=self.crew.dispatcher, at=story.at + timedelta(minutes=3))
        return case

    def place_for(self, matter: DemoMatter, random: Random) -> Region:
        """A village or community where the matter can happen."""
        return random.choice([one for one in self.villages if fits(matter, town_of(one))])

    def unit_for(self, matter: DemoMatter, place: Region) -> Unit:
        """The unit of a matter; ``@town`` is the township of the place."""
        if matter["unit"] == "@town":
            return self.towns[town_of(place)]
        return self.units[matter["unit"]]

    def _reason(self, kind: str, random: Random) -> Reason:
        fitting = [
            row
            for (of, code), row in self.reasons.items()
            if of == kind and code != "emergency" and not row.makes_void
        ]
        return random.choice(sorted(fitting, key=lambda row: row.code))

    def _handle(
        self,
        case: Case,
        story: Story,
        handling: Handling,
        told: MatterTold,
        place: Region,
        random: Random,
    ) -> None:
        sent = handling.sent
        unit = self.unit_for(story.matter, place)
        told.given_to(unit)
        if sent.is_returned:
            self._wrong_unit_first(case, story, sent.at, unit, random)
        dispatch_case(
            case,
            lead=unit,
            suggestions=(),
            not_about=None,  # in the demo units are only responsible for what names them
            by=self.crew.dispatcher,
            at=sent.at,
        )
        extension = sent.extension
        self.work(kept.lead_of(case), story, told, random, handling.replied_at, extension=extension)
        for at in handling.urges:
            Case.objects.get(pk=case.pk).urge(
                note="诉求人再次来电催问。", by=self.crew.dispatcher, at=at
            )
        self._review(case, handling.approved_at)
        self._call_back(case, story, handling.rated_at, random)
        if handling.rework:
            self._rework(case, story, handling.rework, told, random)

    def _wrong_unit_first(
        self, case: Case, story: Story, sent_at: datetime, unit: Unit, random: Random
    ) -> None:
        others = sorted(code for code in self.crew.leaders if code not in {unit.code, "rexian"})
        wrong = self.units[random.choice(others)]
        start = story.at + timedelta(minutes=9)
        dispatch_case(
            case, lead=wrong, suggestions=(), not_about=None, by=self.crew.dispatcher, at=start
        )
        task = kept.lead_of(case)
        task.ask_return(
            reason=self._reason("return", random),
            basis=f"{wrong.short_name}“三定”规定中没有此项职责，建议转{unit.short_name}。",
            suggested_unit=unit,
            by=self.crew.leaders[wrong.code],
            at=start + timedelta(minutes=70),
        )
        granted = sent_at - timedelta(minutes=4)
        task.requests.get().grant_return(note="同意改派", by=self.crew.dispatcher, at=granted)
        case.refresh_from_db(fields=["return_count"])
        case.__dict__.update(Case.objects.get(pk=case.pk).__dict__)

    def work(
        self,
        task: Assignment,
        story: Story,
        told: MatterTold,
        random: Random,
        replied: datetime,
        *,
        extension: int = 0,
        rework: bool = False,
    ) -> None:
        """Sign, contact, perhaps extend, reply and sign off, at the planned times."""
        clerk, leader = self._people(task.unit)
        start = task.dispatched_at
        step = (replied - start) / 12
        slow = random.random() < 0.04  # noqa: PLR2004 - a few sign and call late, as everywhere
        signed = timedelta(hours=random.uniform(30, 60) if slow else random.uniform(0.2, 5))
        task.sign(by=clerk, at=start + min(step * 4 if slow else step, signed))
        note = random.choice(CONTACTED)
        called = step * 5 if slow else min(step * 3, timedelta(hours=random.uniform(5.5, 20)))
        kept.contact(task, note, clerk=clerk, agent=self.crew.agent, at=start + called)
        if extension:
            asked = min(start + step * 6, task.due_at - timedelta(hours=3))
            self._extend(task, story, extension, clerk, asked)
        task.submit_reply(
            public_reply=told.reply(),
            internal_note=told.note(),
            solved="partly" if story.score == 1 and not rework else "solved",
            fact_true="true",
            unsolved_reason="部分问题需后续推进。" if story.score == 1 and not rework else "",
            by=clerk,
            at=replied - step,
        )
        task.sign_off(by=leader, at=replied)

    def _people(self, unit: Unit) -> tuple[User, User]:
        return self.crew.clerks[unit.code], self.crew.leaders[unit.code]

    def _extend(self, task: Assignment, story: Story, days: int, clerk: User, at: datetime) -> None:
        task.ask_extension(
            reason=self._reason("extension", Random(story.seed)),  # noqa: S311
            text="配件需从市里调运，已电话告知诉求人。",
            days=days,
            by=clerk,
            at=at,
        )
        request = task.requests.get(kind="extension")
        request.grant_extension(note="同意", by=self.crew.supervisor, at=at + timedelta(minutes=45))
        task.__dict__.update(type(task).objects.get(pk=task.pk).__dict__)

    def _review(self, case: Case, at: datetime) -> None:
        Case.objects.get(pk=case.pk).approve_reply(by=self.crew.reviewer, at=at)

    def _call_back(self, case: Case, story: Story, rated_at: datetime, random: Random) -> None:
        fresh = Case.objects.get(pk=case.pk)
        if story.score is None:
            at = rated_at
            for _attempt in range(3):
                record_attempt(fresh, result="no_answer", by=self.crew.agent, at=at)
                fresh, at = Case.objects.get(pk=case.pk), after(at, 25, random)
                if fresh.state != CaseState.CALLBACK:
                    return
            return
        self.rate(fresh, story.matter, story.score, rated_at)
        if story.is_explained:
            decide_dissatisfied(
                Case.objects.get(pk=case.pk),
                decision="explained",
                reason="现行政策不支持该诉求，已向诉求人说明依据并取得理解。",
                by=self.crew.supervisor,
                at=after(rated_at, 20, random),
            )

    def rate(self, case: Case, matter: DemoMatter, score: int, at: datetime) -> None:
        """The citizen is reached and says how it was."""
        low = score <= 2  # noqa: PLR2004 - the two dissatisfied levels
        record_attempt(
            case,
            result="reached",
            contacted=True,
            solved=not low,
            satisfaction=score,
            reason="not_solved" if low else "",
            note=matter["dissatisfied"] if low else "",
            by=self.crew.agent,
            at=at,
        )

    def _rework(
        self, case: Case, story: Story, rework: Rework, told: MatterTold, random: Random
    ) -> None:
        decide_dissatisfied(
            Case.objects.get(pk=case.pk),
            decision="rework",
            reason="诉求合理，问题没有真正解决，请重新办理并现场复核。",
            by=self.crew.supervisor,
            at=rework.ordered_at,
        )
        task = kept.lead_of(Case.objects.get(pk=case.pk))
        self.work(task, story, told, random, rework.replied_at, rework=True)
        approved = after(rework.replied_at, 5, random)
        self._review(case, approved)
        self.rate(Case.objects.get(pk=case.pk), story.matter, 4, after(approved, 20, random))


def settle(case_ids: list[int]) -> None:
    """Index the cases and drop what their past owes: nobody is told today of what happened then."""
    refresh(case_ids)
    Duty.objects.filter(case_id__in=case_ids).delete()
