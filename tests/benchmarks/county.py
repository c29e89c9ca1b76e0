"""A large county made by rule: the same rows every time, valid chains, indexed, nothing random.

``fill(100_000)`` writes straight into the tables (bulk), as no verb could in an hour, but every row is
what verbs would have left: events that chain, clocks, replies, ratings.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from tqdm import tqdm

from cases.events.recording import record
from cases.models import Alarm, Assignment, Case, Category, Contact, Event, Petitioner, Region, Unit
from cases.numbers.number import case_number
from cases.people.person import CITIZEN, SYSTEM
from cases.words import CHANNEL_DIGITS
from satisfaction.models import Evaluation
from search.indexing.upkeep import refresh
from tests.cast import SHANGHAI

BEGIN = datetime(2024, 11, 1, 8, 0, tzinfo=SHANGHAI)
DAYS = 750  # until 20 November 2026
BATCH = 2000
CHANNELS = ["phone"] * 8 + ["web", "mayor", "magistrate"]
COMMON = ["路灯", "停水", "噪音", "垃圾", "停车", "积水", "油烟", "井盖", "公交", "物业"]
PLACES = ["人民路", "东风巷", "河西新村", "石桥街", "文庙前街", "青云小区", "南门口", "站前广场"]
TROUBLES = ["整夜不停", "已经三天", "没有人管", "影响老人出行", "孩子上学要绕路", "反映过一次"]
RARE = "铱星"  # one case in two thousand speaks of it
STATES = ["archived"] * 17 + ["closed", "callback", "dispatched"]  # one in twenty each


def _text(i: int) -> tuple[str, str]:
    thing, place = COMMON[i % 10], PLACES[i // 10 % 8]
    extra = f"有人说与{RARE}电话的基站有关。" if i % 2000 == 7 else ""
    title = f"{place}{i % 97 + 1}号{thing}问题"
    body = (
        f"{place}{i % 97 + 1}号附近的{thing}{TROUBLES[i % 6]}，"
        f"{TROUBLES[i // 6 % 6]}，希望有关部门{i % 9 + 1}天内处理。{extra}"
    )
    return title, body


def fill(count: int) -> None:
    """Add cases until there are ``count``; shows progress; may be stopped and run again."""
    have = Case.objects.count()
    lists = list(Unit.objects.exclude(kind="office")), list(Category.objects.all())
    regions = list(Region.objects.all())
    for start in tqdm(range(have, count, BATCH), unit="batch"):
        _batch(range(start, min(start + BATCH, count)), *lists, regions)
    with connection.cursor() as cursor:
        for model in (Case, Assignment, Petitioner) if connection.vendor == "postgresql" else ():
            table = model._meta.db_table
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), "  # noqa: S608
                f"(SELECT max(id) FROM {table}))"
            )
        cursor.execute("ANALYZE")


def _batch(numbers: range, units: list, categories: list, regions: list) -> None:
    made = [_one(i, units, categories, regions) for i in numbers]
    Petitioner.objects.bulk_create(one["petitioner"] for one in made)
    Case.objects.bulk_create(one["case"] for one in made)
    Assignment.objects.bulk_create(one["task"] for one in made)
    Event.objects.bulk_create(event for one in made for event in one["events"])
    Contact.objects.bulk_create(one["contact"] for one in made)
    open_tasks = [one["task"] for one in made if one["task"].signed_at is None]
    Alarm.objects.bulk_create(alarm for task in open_tasks for alarm in _alarms(task))
    Evaluation.objects.bulk_create(one["rating"] for one in made if one["rating"])
    refresh([one["case"].pk for one in made])


def _alarms(task: Assignment) -> Iterator[Alarm]:
    yield Alarm(assignment=task, clock="sign", stage="overdue", at=task.sign_due_at)
    yield Alarm(assignment=task, clock="contact", stage="overdue", at=task.contact_due_at)
    for days, stage in enumerate(["warn", "red", "overdue", "escalate1", "escalate3"]):
        yield Alarm(
            assignment=task, clock="unit", stage=stage, at=task.due_at + timedelta(days=days - 2)
        )


def _task(i: int, case: Case, unit: Any, at: datetime) -> Assignment:
    return Assignment(
        pk=i + 1,
        case=case,
        unit=unit,
        unit_name=unit.name,
        channel=case.channel,
        role="lead",
        dispatched_at=case.dispatched_at,
        sign_due_at=at + timedelta(hours=3),
        contact_due_at=at + timedelta(days=1),
        original_due_at=at + timedelta(days=7),
        due_at=at + timedelta(days=7),
        term="5wd",
        basis="目录",
    )


def _rating(i: int, case: Case) -> Evaluation:
    return Evaluation(
        case=case,
        round=1,
        unit=case.lead_unit,
        score=i % 5 + 1,
        channel="call",
        at=case.closed_at,
    )


def _one(i: int, units: list, categories: list, regions: list) -> dict[str, Any]:
    at = BEGIN + timedelta(days=i * 7 % DAYS, minutes=i % 540)
    channel, state, unit = CHANNELS[i % 11], STATES[i // 3 % 20], units[i % len(units)]
    title, body = _text(i)
    petitioner = Petitioner.of(name="王桂芬", phone=f"138{i % 50_000:08d}", pk=i + 1)
    case = Case(
        pk=i + 1,
        number=case_number(
            settings.OFFICE_REGION, at.date(), CHANNEL_DIGITS[channel], i // DAYS + 1
        ),
        channel=channel,
        demand_type=["help", "complaint", "consult"][i % 3],
        category=categories[i % len(categories)],
        region=regions[i % len(regions)],
        title=title,
        content=body,
        petitioner=petitioner,
        handled_at=at,  # its texts name nobody
        state="submitted",
        contact_at=at,
        registered_at=at,
        accepted_at=at + timedelta(minutes=10),
        dispatched_at=at + timedelta(minutes=30),
        lead_unit=unit,
        dispatch_due_at=at + timedelta(hours=4),
        promise_due_at=at + timedelta(days=7),
    )
    case.seal_in("query_code_sealed", "0123456789")
    task = _task(i, case, unit, at)
    events = list(_life(case, task, state, at, late=i % 13 == 0))
    contact = Contact(channel=channel, kind="first", at=at, case=case, petitioner=petitioner)
    return {
        "petitioner": petitioner,
        "case": case,
        "task": task,
        "events": events,
        "contact": contact,
        "rating": _rating(i, case) if state in {"closed", "archived"} and i % 2 else None,
    }


def _life(case: Any, task: Any, end: str, at: datetime, *, late: bool) -> Iterator[Event]:
    """Walk to the wanted end; every event as ``record`` chains it."""
    hour, by = timedelta(hours=1), SYSTEM

    def happened(kind: str, state: str, when: datetime, about: Any, to: str = "") -> Event:
        before, was = case.state, about.state if about else ""
        case.__dict__["state"] = state
        if about and to:
            about.__dict__["state"] = to
        who = CITIZEN if kind == "registered" else by
        return record(
            case, kind, by=who, at=when, before=before, task=about, task_before=was,
            payload={"unit": task.unit_name},
        )  # fmt: skip

    yield happened("registered", "submitted", at, None)
    yield happened("accepted", "accepted", case.accepted_at, None)
    yield happened("dispatched", "dispatched", case.dispatched_at, None)
    if end == "dispatched":
        return
    task.signed_at = task.first_contact_at = case.dispatched_at + hour
    yield happened("signed", "in_progress", task.signed_at, task, "signed")
    task.public_reply = case.answer_text = f"您好，您反映的{case.title}已派人到现场处理，现已恢复。"
    task.solved, task.fact_true = "solved", "true"
    task.replied_at = task.due_at + hour if late else task.due_at - 50 * hour
    yield happened("signed_off", "under_review", task.replied_at, task, "replied")
    case.answered_at, case.answered_in_workdays = task.replied_at + hour, 4
    task.reviewed_at = task.closed_at = case.answered_at
    yield happened("reply_approved", "callback", case.answered_at, task, "done")
    case.callback_due_at = case.answered_at + 24 * hour
    if end == "callback":
        return
    case.closed_at, case.outcome = case.answered_at + 20 * hour, "solved"
    yield happened("closed", "closed", case.closed_at, None)
    if end == "archived":
        case.archived_at = case.closed_at + 240 * hour
        yield happened("archived", "archived", case.archived_at, None)
