"""Every page of every role asks the database a bounded number of times, however many rows there are."""

from collections import Counter

from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.events.outbox import drain
from satisfaction.tasks import recount_months
from tests.permissions.conftest import NOW, forget_tries
from tests.permissions.county import housing
from tests.permissions.lines import STAFF
from tests.permissions.people import body_of, browser_of
from tests.permissions.stages import STAGES, bring, dissatisfied, return_asked
from tests.permissions.table import TABLE

MOST = 12  # of a page
# Pages that still ask more, and how much: a number here may only fall.
MORE: dict[str, int] = {
    "desk:case": 14,
    "desk:case_similar": 27,
    "desk:system": 17,
    "routing:dispatch": 29,
    "satisfaction:board": 18,
}
TRANSACTION = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")
# Those of staff: what everybody may read is kept whole for a while, and counted beside its own tests.
PAGES = [
    line
    for line in TABLE
    if line.method == "GET" and line.status == 200 and "anonymous" not in line.allowed
]
MANY = 30


def asked(county, column, line) -> int:
    """How many queries the page costs once what a process keeps is kept."""
    forget_tries()  # a page that is refused asks nothing
    client = browser_of(county.people[column])
    url = line.url(county)
    body_of(client.get(url))
    with CaptureQueriesContext(connection) as queries:
        body_of(client.get(url))
    return sum(not one["sql"].startswith(TRANSACTION) for one in queries.captured_queries)


def costs(county) -> Counter:
    """The most that anybody's page of this name costs once the background has done its work."""
    drain(at=NOW)
    recount_months()
    found: Counter = Counter()
    for line in PAGES:
        for column in sorted(line.allowed):
            found[line.name] = max(found[line.name], asked(county, column, line))
    return found


def more_rows(county) -> None:
    """Thirty cases more, at every stage, with requests and dissatisfied citizens among them."""
    hands, cast = housing(county.cast), county.cast
    for number in range(MANY):
        said = {"key": f"more-{number}", "content": f"解放路路灯不亮，已有{number}天。"}
        stage = STAGES[number % len(STAGES)]
        if number % 7 == 3:
            dissatisfied(cast, hands, **said)
        elif number % 7 == 5:
            return_asked(cast, hands, is_signed=True, **said)
        else:
            bring(cast, stage, hands, **said)


def test_no_page_asks_more_than_twelve_times_or_by_the_row(county):
    few = costs(county)
    more_rows(county)
    many = costs(county)
    assert {name: n for name, n in few.items() if n > MORE.get(name, MOST)} == {}
    assert {name: (few[name], n) for name, n in many.items() if n > few[name]} == {}
    if connection.vendor == "sqlite":  # the other engines ask less for what is alike
        assert {name: few[name] for name, n in MORE.items() if few[name] < n} == {}


def test_every_page_is_somebodys():
    assert {column for line in PAGES for column in line.allowed} == STAFF
