"""A process of the family as it was declared: its name, its command line, and when it counts as hung."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings

from config.schedule import LONG, QUICK

FIRST_SIGN = 180.0  # seconds to start in, on an old machine under load
SILENT = 30.0  # seconds without a sign of life: it hangs
QUICK_AT_MOST = 120.0  # seconds of one piece of quick work
LONG_AT_MOST = 3600.0  # of one piece of long work: an export, a portion of an index
WEBS, WORK, LONGER, CLOCK = ("web", "web 2"), "work", "longer", "clock"


@dataclass(frozen=True)
class Member:
    """One process. ``busy_at_most``: seconds for one piece of work; 0 gives no signs."""

    name: str
    words: list[str]
    busy_at_most: float = 0.0
    is_errand: bool = False  # does one thing and ends; its failure is told and harms nobody
    web_workers: int = 0  # so many processes answer visitors

    @property
    def is_web(self) -> bool:
        """Whether it answers visitors: it gets the socket that the supervisor holds."""
        return self.web_workers > 0


def members(*, finish_demo: bool) -> list[Member]:
    """Everybody, in the order in which they are started."""
    manage = [sys.executable, "manage.py"]
    found = list(webs(settings.WEB_WORKERS))
    if settings.BROKER_IS_INSIDE:
        found += [
            Member(WORK, [*manage, "work", "quick"], QUICK_AT_MOST),
            Member(LONGER, [*manage, "work", "long"], LONG_AT_MOST),
        ]
    else:
        found += [
            Member(WORK, celery(QUICK), QUICK_AT_MOST),
            Member(LONGER, celery(LONG), LONG_AT_MOST),
            Member(CLOCK, [*manage, "work", "send"], QUICK_AT_MOST),
        ]
    if finish_demo:
        found.append(Member("demo", [*manage, "run", "--finish-demo"], is_errand=True))
    return found


def webs(workers: int) -> Iterator[Member]:
    """Two web servers on one socket, so that visitors are answered while either of them is gone."""
    words = [sys.executable, "-m", "gunicorn", "-c", "config/gunicorn.py", "config.wsgi"]
    first = (workers + 1) // 2
    for name, share in zip(WEBS, (first, workers - first), strict=True):
        if share:
            yield Member(name, words, QUICK_AT_MOST, web_workers=share)


def celery(queue: str) -> list[str]:
    """The background worker of one queue of the schedule, where a broker is set."""
    words = "-m celery --quiet -A config.celery worker -P solo --without-gossip --without-mingle"
    return [
        *(sys.executable, *words.split(), "--loglevel", "WARNING"),
        *("-Q", queue, "-n", f"{queue}@%h"),
    ]
