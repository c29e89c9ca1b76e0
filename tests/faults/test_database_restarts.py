"""PostgreSQL restarted under load: nobody sees a 500, nothing typed is lost, nothing is there twice."""

import itertools
import json
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone

from cases.events.outbox import drain
from hotline.channels.forms.guards import new_stamp
from tests.benchmarks.acts_to_measure import staff
from tests.desk.stages import dispatched
from tests.faults.browsing import TOKEN, Crowd, Seen, ask, reader, until, write
from tests.faults.own_postgres import own_postgres
from tests.faults.racing import sized
from tests.faults.test_duties import own_database
from tests.faults.test_kills import web
from tests.structure.tree import ROOT

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
RESTARTS = ("fast", "immediate")
BACK_AFTER = 15  # seconds; quality bar 5
BETWEEN = 25  # forms taken in between two restarts
TOLD = """
import json, django
django.setup()
from cases.models import Case, Duty, Event, IntakeKey
from cases.lifecycle.book import CASES
count = Case.objects.count()
print(json.dumps({
    "keys": dict(IntakeKey.objects.values_list("key", "case__number")),
    "cases": count,
    "registered": Event.objects.filter(kind="registered").count(),
    "owed": Duty.objects.filter(consumer="index").values("case").distinct().count(),
    "broken": sorted({str(fault) for _, fault in CASES.faults()}),
}))
"""


@pytest.fixture
def town(cast):
    """The public site, a dispatched case, and the cookies of those who read: what the copy holds."""
    cache.clear()
    call_command("make_site", verbosity=0)
    case = dispatched(cast, assisting=False)
    drain(timezone.now())
    dispatcher, clerk = (staff(one.username, one.unit, role) for one, role in
                         ((cast.dispatcher, "dispatcher"), (cast.clerk, "clerk")))  # fmt: skip
    return [
        ("/", ""),
        ("/mailbox/", ""),
        ("/file/", ""),
        ("/desk/search/?q=%E8%B7%AF%E7%81%AF", dispatcher),
        ("/desk/dispatch/", dispatcher),
        ("/desk/tasks/", clerk),
        (f"/desk/cases/{case.number}/", clerk),
    ]


def caller(port, seen):
    """Cases through the bare verb, by key."""
    count = itertools.count()

    def act():
        key = f"call-{next(count)}"
        form = {"key": key, "content": f"第{key}盏路灯不亮，请尽快派人修理"}
        write(port, "/act/create/", form, seen, lambda answer: answer.page, key=key, host=1)

    return act


def letter_writer(port, seen):
    """Letters through the public form, each from an address of its own."""
    count = itertools.count(2)

    def act():
        number = next(count)
        token = f"letter-{number}"
        form = {
            "csrfmiddlewaretoken": TOKEN,
            "stamp": new_stamp(token, timezone.now() - timedelta(minutes=1)),
            "title": "人民路的路灯不亮",
            "demand_type": "help",
            "content": f"人民路第{number}盏路灯从上周起不亮，\r\n夜里看不见路，请尽快派人修理。",
            "region": "",
            "name": "王桂芬",
            "phone": "13807316217",
        }
        path = "/mailbox/mayor/"
        write(port, path, form, seen, number_of, key=f"mayor-{token}", host=number)

    return act


def number_of(answer):
    assert answer.location.startswith("/receipts/"), answer
    return answer.location.strip("/").rsplit("/", 1)[-1]


def everything_answers(port, town):
    """Every page, as one person reads one after the other; a page that is not there is a mistake."""
    for path, cookie in town:
        status = ask(port, "GET", path, cookie=cookie).status
        assert status in {0, 200, 503}, (path, status)
        if status != 200:
            return False
    return True


def restart_often(server, port, town, seen, times):
    """Restart again and again; return how long each took until everything answered."""
    took = []
    for turn in range(times):
        enough = len(seen.acknowledged) + BETWEEN
        until(
            lambda n=enough: len(seen.acknowledged) >= n or seen.faults, 60, "nothing is taken in"
        )
        begun = time.monotonic()
        server.restart(RESTARTS[turn % len(RESTARTS)])
        until(lambda: everything_answers(port, town), 60, "does not come back")
        took.append(time.monotonic() - begun)
    return took


def test_a_restarted_database_costs_nobody_anything(town):
    seen = Seen()
    with (
        own_postgres() as server,
        web(own_database() | {"DATABASE_URL": server.url}) as (_master, port),
    ):
        until(lambda: everything_answers(port, town), 60, "does not start")
        people = [reader(port, town, seen) for _ in range(3)]
        with Crowd([*people, caller(port, seen), letter_writer(port, seen)]):
            took = restart_often(server, port, town, seen, sized(10))
        check(seen, kept_in(server.url))
    total = sum(seen.read.values())
    sys.stderr.write(
        f"\n{len(took)} restarts, back after {max(took):.1f} s at most; {total} pages read "
        f"{dict(seen.read)}, slowest {seen.slowest:.1f} s; {len(seen.acknowledged)} forms taken in "
        f"{dict(seen.wrote)}\n"
    )
    assert seen.faults == []
    assert max(took) <= BACK_AFTER
    assert seen.read[200] >= 0.95 * total


def kept_in(url):
    """What the database holds, told by a process of its own."""
    told = subprocess.run(  # noqa: S603 - our own command line
        [sys.executable, "-c", TOLD], cwd=ROOT, env=own_database() | {"DATABASE_URL": url},
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    return json.loads(told.stdout)


def check(seen, kept):
    """Acknowledged is stored, once, whole; what was not acknowledged is there at most once."""
    before = kept["keys"].pop("form-1")
    assert before
    assert {key: kept["keys"].get(key) for key in seen.acknowledged} == seen.acknowledged
    assert len(kept["keys"]) == len(set(kept["keys"].values())) == kept["cases"] - 1
    assert kept["registered"] == kept["owed"] + 1 == kept["cases"]
    assert kept["broken"] == ["None"]
