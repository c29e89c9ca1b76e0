"""An office in processes of its own, whose keys are changed: fill it, work in it, compare with a list.

``python -m tests.faults.rotating_office fill|work|check FOLDER COUNT-OR-SEED``; the database is that of the
environment.
"""

import json
import random
import sys
import time
from datetime import date
from pathlib import Path

import django

django.setup()

from django.utils import timezone  # noqa: E402

from cases.lifecycle.registering import IntakeData, register  # noqa: E402
from cases.models import Case, Contact, Petitioner, User  # noqa: E402
from cases.people.person import CITIZEN  # noqa: E402
from cases.privacy.crypto import keyed_hash, keyed_hashes  # noqa: E402
from hotline.models import Draft  # noqa: E402

SURNAMES = "王李张刘陈杨赵黄周吴"
ERRORS_KEPT = 20


def person(number: int) -> tuple[str, str]:
    """The plain list: name and telephone number of the n-th citizen."""
    return f"{SURNAMES[number % 10]}{number}号", f"138{number:08d}"


def register_one(number: int, key: str) -> Case:
    name, phone = person(number)
    data = IntakeData(
        channel="phone",
        content=f"第{number}盏路灯不亮",
        contact_at=timezone.now(),
        name=name,
        phone=phone,
    )
    return register(data, key=key, by=CITIZEN, at=timezone.now())


def fill(folder: Path, count: int) -> None:
    """``count`` citizens with a contact each, some of them with a case; a cast to act."""
    from cases.reference.calendar_loading import load_calendar
    from cases.reference.policy_loading import load_policies
    from tests.cast import make_cast

    if not User.objects.exists():
        load_calendar()
        load_policies(on=date(2026, 1, 1))
        make_cast()
    (folder / "count").write_text(str(count))
    people = []
    for number in range(count):
        name, phone = person(number)
        people.append(Petitioner.of(name=name, phone=phone, pk=number + 1_000_000))
    Petitioner.objects.bulk_create(people, batch_size=1000)
    at = timezone.now()
    Contact.objects.bulk_create(
        [
            Contact(channel="phone", at=at, petitioner=one, phone_hash=one.phone_hash)
            for one in people
        ],
        batch_size=1000,
    )
    for number in range(count, count + 20):
        register_one(number, f"first-{number}")


class Worker:
    """Reads, looks up and writes until told to stop; keeps what was acknowledged and what failed."""

    def __init__(self, seed: int, count: int) -> None:
        self.seed, self.count, self.random = seed, count, random.Random(seed)  # noqa: S311 - a test
        self.done = {"reads": 0, "look-ups": 0, "written": [], "errors": [], "slowest": 0.0}
        self.user = User.objects.get(username="operator")

    def step(self, turn: int) -> None:
        """Read somebody, look them up, at every fifth turn write; raises when anything is amiss."""
        number = self.random.randrange(self.count)
        name, phone = person(number)
        found = Petitioner.objects.by_phone(phone).get(pk=number + 1_000_000)
        if (found.name, found.phone) != (name, phone):
            raise AssertionError(f"{number} reads otherwise")
        self.done["reads"] += 1
        calls = Contact.objects.filter(phone_hash__in=keyed_hashes(phone)).count()
        same = Contact.objects.filter(phone_hash__in=found.phone_hashes).count()
        if calls < 1 or same < 1:
            raise AssertionError(f"{number} has {calls} and {same} contacts")
        self.done["look-ups"] += 1
        if turn % 5 == 0:
            new = 10_000_000 * self.seed + turn
            register_one(new, f"work-{new}")
            self.done["written"].append(new)
            Draft.keep(self.user, f"draft-{self.seed}", {"name": person(new)[0]}, timezone.now())
            kept = Draft.objects.get(token=f"draft-{self.seed}").fields
            if kept != {"name": person(new)[0]}:
                raise AssertionError(f"the draft of {new} reads otherwise")

    def work(self, stop: Path) -> None:
        """Step until ``stop`` is there."""
        turn = 0
        while not stop.exists():
            turn += 1
            began = time.monotonic()
            try:
                self.step(turn)
            except Exception as error:  # noqa: BLE001 - whatever it is, it is a refused act
                self.done["errors"] = [*self.done["errors"], f"{error!r}"][:ERRORS_KEPT]
            self.done["slowest"] = max(self.done["slowest"], time.monotonic() - began)


def work(folder: Path, seed: int) -> None:
    """Work until the file ``stop`` is there; write down what was done."""
    count = int((folder / "count").read_text())  # not those the other worker registers meanwhile
    worker = Worker(seed, count)
    (folder / f"working-{seed}").touch()
    worker.work(folder / "stop")
    (folder / f"done-{seed}.json").write_text(json.dumps(worker.done, ensure_ascii=False))


def check(folder: Path, count: int) -> None:
    """Compare every name, number and look-up with the plain list; print what differs."""
    done = [json.loads(path.read_text()) for path in folder.glob("done-*.json")]
    expected = {person(number) for number in range(count + 20)}
    expected |= {person(number) for one in done for number in one["written"]}
    found = [(one.name, one.phone) for one in Petitioner.objects.all()]
    hashes = {keyed_hash(phone) for _name, phone in expected}
    stored = set(Petitioner.objects.values_list("phone_hash", flat=True))
    contacts = Contact.objects.exclude(phone_hash="")
    codes = [case.query_code for case in Case.objects.all()]
    said = {
        "lost": sorted(map(str, expected - set(found)))[:5],
        "foreign": sorted(map(str, set(found) - expected))[:5],
        "doubled": len(found) - len(set(found)),
        "hashes": stored == hashes,
        "contacts": contacts.count() == len(found)
        and set(contacts.values_list("phone_hash", flat=True)) == hashes,
        "codes": all(len(code) == 10 for code in codes),
        "people": len(found),
    }
    sys.stdout.write(json.dumps(said, ensure_ascii=False))


if __name__ == "__main__":
    what, where, number = sys.argv[1:]
    {"fill": fill, "work": work, "check": check}[what](Path(where), int(number))
