"""Change the keys of personal data, of look-up and of the event chains, while the office works."""

import time
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from tqdm import tqdm

from cases.integrity import rotation
from cases.integrity.fitting import Misfit, require_fit
from cases.people.person import Actor
from cases.privacy import keys
from cases.privacy.keyring import CHAIN, NAMES, PURPOSES, BadKeys
from cases.privacy.secrets_file import BadSecrets
from cases.shapes import Payload
from cases.system import acts
from cases.system.models.system_act import SystemAct

COMMAND = Actor("system", "manage.py rotate_keys")
PASSES = 5  # over rows that others hold at each of them; what is left is told
PAUSE = 1.0  # seconds between two passes
REFUSED = (Misfit, rotation.Hindered, BadKeys, BadSecrets, keys.KeysDoubtful)


class Command(BaseCommand):
    help = (
        "Make new keys and seal, look up and chain with them; everything made with the old ones is gone "
        "through while the office works. May be stopped at any time and run again: it goes on. The old keys "
        "are let go by a run that begins after --grace."
    )
    requires_system_checks: list[str] = []  # whether the keys fit is asked here, in the right order

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "purposes", nargs="*", metavar="personal|lookup|chain", help="which keys (default: all)"
        )
        parser.add_argument("--status", action="store_true", help="tell how things are, no more")
        parser.add_argument("--wait", action="store_true", help="wait for --grace and finish")
        parser.add_argument(
            "--grace",
            type=float,
            default=rotation.GRACE.total_seconds() / 60,
            metavar="MINUTES",
            help="how long the old key stays after the new one came first (default: %(default)g)",
        )
        parser.add_argument(
            "--prepare",
            action="store_true",
            help="only put new keys last in secrets.json, to be copied to every machine first",
        )
        parser.add_argument("--recall", metavar="ID", help="use a retired key again")

    def handle(
        self,
        *,
        purposes: list[str],
        recall: str | None,
        status: bool,
        prepare: bool,
        wait: bool,
        grace: float,
        **_options: object,
    ) -> None:
        if unknown := set(purposes) - set(PURPOSES):
            raise CommandError(f"{', '.join(sorted(unknown))}: personal, lookup or chain.")
        chosen = [one for one in PURPOSES if one in purposes or not purposes]
        try:
            if recall:
                purpose = rotation.recall(recall)
                self.stdout.write(_("%s has it again. Run rotate_keys.") % NAMES[purpose])
                return
            require_fit(timezone.now())
            if status:
                self.tell_status()
                return
            with rotation.alone():
                if prepare:
                    self.prepare(chosen)
                else:
                    self.rotate(chosen, timedelta(minutes=grace), wait=wait)
        except REFUSED as refused:
            raise CommandError(str(refused)) from refused
        except KeyboardInterrupt:
            self.stdout.write(
                "\n" + _("Stopped. Run it again to go on; the office works meanwhile.")
            )
            raise SystemExit(130) from None

    def tell_status(self) -> None:
        """Which keys are in force, and what is left under older ones."""
        for purpose in PURPOSES:
            ids = ", ".join(key.id for key in keys.ring(purpose))
            is_under_way = rotation.is_under_way(purpose)
            state = _("a change is under way") if is_under_way else _("nothing to do")
            self.stdout.write(f"{purpose}: {NAMES[purpose]} {ids}: {state}")
        for name in keys.retired():
            self.stdout.write(_("%s is retired") % name)

    def prepare(self, purposes: Iterable[str]) -> None:
        for purpose in purposes:
            self.stdout.write(f"{purpose}: {rotation.prepare(purpose).id}")
        self.stdout.write(_("Copy secrets.json to every machine, then run rotate_keys."))

    def rotate(self, purposes: list[str], grace: timedelta, *, wait: bool) -> None:
        act = self._act(purposes)
        for purpose in act.found:
            self._begin(act, purpose)
        waiting = [purpose for purpose, told in act.found.items() if not told.get("finished")]
        faults = self._work(act, waiting, grace)
        while wait and not _is_hindered(act) and (waiting := self._unfinished(act)):
            ready = _ready(act, waiting, grace)
            self.stdout.write(_("Waiting until %s.") % _clock(ready))
            while (seconds := (ready - timezone.now()).total_seconds()) > 0:
                time.sleep(min(PAUSE, seconds))
            faults = self._work(act, waiting, grace)
        left = self._unfinished(act)
        if not left:
            acts.finish(act, act.found, at=timezone.now())
        if faults:
            raise CommandError(_("%d values or chains above need a person.") % len(faults))
        if left:
            ready = _ready(act, left, grace)
            said = _("The old keys stay in force. Run rotate_keys again after %s: it lets them go.")
            self.stdout.write(said % _clock(ready))

    def _act(self, purposes: list[str]) -> SystemAct:
        """The change that is under way, whatever it was asked for, or a new one."""
        found: Payload = {purpose: {} for purpose in purposes}
        act, is_new = acts.begin(SystemAct.ROTATE, by=COMMAND, at=timezone.now(), found=found)
        if not is_new:
            names = ", ".join(act.found)
            begun = {"at": _clock(act.at), "names": names}
            self.stdout.write(_("Going on with the change begun at %(at)s: %(names)s.") % begun)
        return act

    def _begin(self, act: SystemAct, purpose: str) -> None:
        told = act.found[purpose]
        if told.get("finished"):
            return
        if "key" in told and not rotation.is_under_way(purpose):  # stopped before it was noted
            _note(act, purpose, finished=True)
            return
        is_new = rotation.begin(purpose, timezone.now())
        key = keys.newest(purpose).id
        _note(act, purpose, key=key)
        said = _("new key %s is in force") if is_new else _("going on with key %s")
        self.stdout.write(f"{purpose}: " + said % key)

    def _unfinished(self, act: SystemAct) -> list[str]:
        return [purpose for purpose, told in act.found.items() if not told.get("finished")]

    def _work(self, act: SystemAct, purposes: list[str], grace: timedelta) -> list[str]:
        """Pass over everything; let go of the old key where that may be. Returns what was found faulty."""
        found: list[str] = []
        for purpose in purposes:
            began, started = timezone.now(), time.monotonic()
            written, is_clean, faults = self._passes(purpose)
            found += faults
            told = act.found[purpose]
            told |= {"done": told.get("done", 0) + written, "faults": len(faults)}
            if not is_clean or (faults and purpose != CHAIN):
                _note(act, purpose, quiet=None)
            elif written or not told.get("quiet"):
                _note(act, purpose, quiet=timezone.now().isoformat())
            elif began >= datetime.fromisoformat(told["quiet"]) + grace:
                rotation.finish(purpose, timezone.now())
                _note(act, purpose, finished=True)
            else:
                _note(act, purpose)
            took = {"n": written, "s": f"{time.monotonic() - started:.1f}"}
            self.stdout.write(
                f"{purpose}: " + _("%(n)d brought under the new key in %(s)s s") % took
            )
            if act.found[purpose].get("finished"):
                self.stdout.write(f"{purpose}: " + _("finished"))
        return found

    def _passes(self, purpose: str) -> tuple[int, bool, list[str]]:
        """Pass until nothing is left to do: how many were written, whether it is clean, what is faulty."""
        written = 0
        for number in range(PASSES):
            if number:
                time.sleep(PAUSE)
            wanted, faults = 0, []
            with tqdm(desc=purpose, unit="row", disable=None) as bar:
                for swept in rotation.sweep(purpose):
                    wanted, written = wanted + swept.wanted, written + swept.written
                    faults += swept.faults
                    bar.update(swept.seen)
            if not wanted:
                break
        for fault in faults:
            self.stderr.write(fault)
        return written, not wanted and rotation.nothing_is_left(purpose), faults


def _is_hindered(act: SystemAct) -> bool:
    """Whether something must be looked at first; a broken chain stays broken and hinders nothing."""
    return any(told.get("faults") for purpose, told in act.found.items() if purpose != CHAIN)


def _ready(act: SystemAct, purposes: Iterable[str], grace: timedelta) -> datetime:
    """When a pass may be the last one of all these."""
    quiet = [act.found[purpose].get("quiet") for purpose in purposes]
    return max(
        datetime.fromisoformat(since) + grace if since else timezone.now() + grace
        for since in quiet
    )


def _note(act: SystemAct, purpose: str, **told: object) -> None:
    act.found = act.found | {purpose: act.found[purpose] | told}
    act.save(update_fields=["found"])


def _clock(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M:%S}"
