"""Index every case and every published text anew."""

import time
from collections import Counter
from contextlib import suppress

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from tqdm import tqdm

from cases.files.reading import read_waiting, waiting
from cases.models import SystemAct
from cases.system.acts import AWAY
from cases.templatetags.timewords import stamp
from search.engines.chosen import engines
from search.engines.port import Engine, EngineAway
from search.indexing import rebuilding
from search.public.drift import rebuild_public

PUBLIC = "public"
FILES = "files"


class Command(BaseCommand):
    help = (
        "Read the attached files that were never read (--engine files: this alone), index every case "
        "anew, oldest first, in each search index of this office, then every published text in the "
        "public one (--engine public: these alone). Searching goes on "
        "meanwhile. It may be stopped with Ctrl-C; started again, a search server goes on where it was, "
        "the index inside the database goes on behind the case that --after names."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        names = [*(one.name for one in engines()), PUBLIC, FILES]
        parser.add_argument("--engine", choices=names, help="only this one (default: every one)")
        parser.add_argument(
            "--after", type=int, default=0, metavar="ID", help="go on behind this case id"
        )
        parser.add_argument(
            "--if-missing", action="store_true", help="only where there is no index yet"
        )
        parser.add_argument("--anew", action="store_true", help="forget a rebuild that was stopped")

    def handle(
        self,
        *_args: object,
        engine: str | None,
        after: int,
        anew: bool,
        if_missing: bool,
        **_: object,
    ) -> None:
        if engine in {None, FILES} and not if_missing:  # the worker reads them all the same
            self._read_files()
        chosen = [
            one
            for one in engines()
            if engine in {None, one.name} and not (if_missing and self._is_there(one))
        ]
        is_public_too = engine in {None, PUBLIC} and not if_missing  # it fills itself when missing
        names = [one.name for one in chosen] + ([PUBLIC] if is_public_too else [])
        if not names:
            return
        try:
            with rebuilding.held(names, at=timezone.now()) as held:
                faults = [
                    said for one in chosen if (said := self._rebuild(one, held, after, anew=anew))
                ]
                if is_public_too:
                    self._rebuild_public(held)
        except rebuilding.RebuildBusy as busy:
            raise CommandError(_is_busy(busy.act)) from None
        except KeyboardInterrupt:
            raise SystemExit(130) from None
        if faults:
            raise CommandError(" ".join(faults))

    def _is_there(self, engine: Engine) -> bool:
        try:
            there = engine.exists()
        except EngineAway as away:
            self.stderr.write(f"{engine.name}: {away} Run rebuild_index when it is there.")
            there = True
        return there

    def _read_files(self) -> None:
        started, total = time.monotonic(), waiting()
        states: Counter[str] = Counter()
        try:
            with tqdm(total=total, unit="file", desc=FILES, disable=None) as bar:
                for one in read_waiting(timezone.now(), most=total):
                    states[one.text_state] += 1
                    bar.update()
        except KeyboardInterrupt:
            self.stdout.write(f"\nStopped after {states.total()} files. Start it again to go on.")
            raise SystemExit(130) from None
        took = time.monotonic() - started
        told = ", ".join(f"{state} {n}" for state, n in sorted(states.items())) or "none waited"
        self.stdout.write(f"{FILES}: {states.total()} files looked into in {took:.1f} s: {told}.")

    def _rebuild_public(self, held: rebuilding.RebuildHeld) -> None:
        started, done = time.monotonic(), 0
        with tqdm(unit="text", desc=PUBLIC, disable=None) as bar:
            for indexed in rebuild_public():
                done += indexed
                bar.update(indexed)
                held.note(PUBLIC, done=done)
        held.note(PUBLIC, done=done, whole=done, goes_on=False)
        took = time.monotonic() - started
        self.stdout.write(f"{PUBLIC}: {done} published texts indexed in {took:.1f} s.")

    def _rebuild(
        self, engine: Engine, held: rebuilding.RebuildHeld, after: int, *, anew: bool
    ) -> str:
        """Make one index anew; returns why it could not be."""
        started, here, done = time.monotonic(), after, 0
        steps = rebuilding.fill(engine, after=after, anew=anew)
        try:
            begins = next(steps).after
            told = rebuilding.progress(begins)
            left = told["whole"] - told["done"]
            with tqdm(total=left, unit="case", desc=engine.name, disable=None) as bar:
                for step in steps:
                    here, done = step.after, done + step.done
                    held.note(engine.name, after=here, **(told | {"done": told["done"] + done}))
                    bar.update(step.done)
            held.note(engine.name, **rebuilding.progress(None), goes_on=False)
        except KeyboardInterrupt:
            with suppress(EngineAway):
                steps.close()
            self.stdout.write(
                f"\nStopped. To go on: manage.py rebuild_index --engine {engine.name} "
                f"--after {here}"
            )
            raise
        except EngineAway as away:
            held.note(engine.name, problem=AWAY, goes_on=False)
            return f"{engine.name}: {away} Start rebuild_index again to go on."
        took = time.monotonic() - started
        self.stdout.write(f"{engine.name}: {done} cases indexed in {took:.1f} s.")
        return ""


def _is_busy(act: SystemAct) -> str:
    return (
        f"A rebuild is under way since {stamp(act.at)}, asked for by "
        f"{act.actor_name}; the page “System status” shows how far it is. If its process was killed, "
        "the background work goes on with it within a minute."
    )
