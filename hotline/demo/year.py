"""The year 2018 of the source article, and the months before today.

2018: 12,070 calls, of which 8,440 matters; units 93 % timely, 92 % of the rating citizens satisfied;
184 letters to the mayor, 99 % and 82 %; 678 letters to the magistrate, here measured too.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from cases.models import Case, Contact
from cases.words import CaseState
from hotline import intake
from hotline.demo.plan import Story, Wanted, make_plan
from hotline.demo.play import Stage
from hotline.demo.staff import crew
from hotline.demo.texts import citizen
from hotline.demo.timeline import spread

FIRST, LAST = date(2018, 1, 1), date(2018, 12, 31)
CALLS = 12_070
REST = 0.15  # seconds; the office works while its past is loaded
YEAR = (
    Wanted("phone", FIRST, LAST, 8_440, 4_360, 60, 2_100, 100, 0.93, 0.92),
    Wanted("mayor", FIRST, LAST, 184, 0, 4, 150, 15, 0.99, 0.82),
    Wanted("magistrate", FIRST, LAST, 678, 0, 18, 400, 30, 0.97, 0.88),
)
OTHER_CALLS = (
    "询问办理进度，已告知查询方法。",
    "询问办公时间，已答复。",
    "拨错号码。",
    "接通后无人说话。",
    "补充此前反映事项的地址。",
    "表示问题已解决，致谢。",
)


RECENT = (("phone", 0.7, 0.35), ("web", 0.15, 0.0), ("magistrate", 0.11, 0.0), ("mayor", 0.04, 0.0))


def play_year() -> Iterator[tuple[int, int]]:
    """Play what is missing of 2018; yields ``(done, total)``."""
    stage, plans = Stage(crew(), rest=REST), [make_plan(wanted) for wanted in YEAR]
    stories = sorted((story for plan in plans for story in plan), key=lambda story: story.at)
    done, total = 0, len(stories)
    for played in stage.play_all(stories):
        done += played
        yield done, total
    made = Contact.objects.filter(channel="phone", at__year=FIRST.year).count()
    _other_calls(max(CALLS - made, 0), stage)


def _other_calls(count: int, stage: Stage) -> None:
    """The calls of the year that made no case."""
    random = Random("calls-2018")  # noqa: S311 - a story, not a secret
    for at in spread(FIRST, LAST, count, random):
        name, _gender, phone = citizen(random)
        operator = random.choice(stage.crew.operators)
        intake.log_call(phone, name, random.choice(OTHER_CALLS), None, by=operator, at=at)


def play_recent(
    today: date, months: int, per_month: int, *, rest: float = 0.0
) -> Iterator[tuple[int, int]]:
    """Play finished work of the months before ``today``, so that trends have a past."""
    stage, stories = Stage(crew(), rest=rest), list[Story]()
    last = today - timedelta(days=20)
    for month in range(months):
        end = last - timedelta(days=30 * month)
        for channel, share, direct in RECENT:
            count = max(round(per_month * share), 2)
            first = end - timedelta(days=29)
            wanted = Wanted(channel, first, end, count, round(count * direct), 0, 0, 0, 0.94, 0.92)
            stories += make_plan(wanted)
    for place, story in enumerate(stories):
        if story.ending == CaseState.CLOSED and place % 3:
            story.score = 2 if place % 25 == 1 else 4 + place % 2
            story.is_explained = story.score == 2  # noqa: PLR2004
    done = 0
    for played in stage.play_all(stories):
        done += played
        yield done, len(stories)


def is_year_played() -> bool:
    """Whether 2018 is complete."""
    return Case.objects.filter(registered_at__year=FIRST.year).count() >= sum(
        wanted.matters for wanted in YEAR
    ) and (Contact.objects.filter(channel="phone", at__year=FIRST.year).count() >= CALLS)
