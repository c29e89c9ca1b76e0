"""Index every case and every published text anew."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from cases.models import Case
from search.documents import documents
from search.drift import BATCH
from search.engine import engines
from search.port import Engine, EngineAway
from search.public.drift import rebuild_public

PUBLIC = "public"


class Command(BaseCommand):
    help = (
        "Index every case anew, oldest first, in each search index of this office, then every published "
        "text in the public one (--engine public: these alone). Searching goes on "
        "meanwhile. It may be stopped with Ctrl-C; started again, a search server goes on where it was, "
        "the index inside the database goes on behind the case that --after names."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        names = [*(one.name for one in engines()), PUBLIC]
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
        *_args: Any,
        engine: str | None,
        after: int,
        anew: bool,
        if_missing: bool,
        **_: Any,
    ) -> None:
        for one in engines():
            if engine in {None, one.name} and not (if_missing and self._is_there(one)):
                self._rebuild(one, after=after, anew=anew)
        if engine in {None, PUBLIC} and not if_missing:  # that index fills itself when missing
            self._rebuild_public()

    def _is_there(self, engine: Engine) -> bool:
        try:
            there = engine.exists()
        except EngineAway as away:
            self.stderr.write(f"{engine.name}: {away} Run rebuild_index when it is there.")
            there = True
        return there

    def _rebuild_public(self) -> None:
        started, done = time.monotonic(), 0
        with tqdm(unit="text", desc=PUBLIC, disable=None) as bar:
            for indexed in rebuild_public():
                done += indexed
                bar.update(indexed)
        took = time.monotonic() - started
        self.stdout.write(f"{PUBLIC}: {done} published texts indexed in {took:.1f} s.")

    def _rebuild(self, engine: Engine, *, after: int, anew: bool) -> None:
        started, done = time.monotonic(), 0
        cases = Case.objects.order_by("pk").values_list("pk", flat=True)
        try:
            work = engine.rebuild(after=after, anew=anew)
            left = cases.filter(pk__gt=work.after).count()
            with tqdm(total=left, unit="case", desc=engine.name, disable=None) as bar:
                while ids := list(cases.filter(pk__gt=work.after)[:BATCH]):
                    found = documents(ids)
                    work.add(found, ids[-1])
                    done += len(found)
                    bar.update(len(ids))
            work.finish()
        except KeyboardInterrupt:
            self.stdout.write(
                f"\nStopped. To go on: manage.py rebuild_index --engine {engine.name} "
                f"--after {work.after}"
            )
            raise SystemExit(130) from None
        except EngineAway as away:
            raise CommandError(
                f"{engine.name}: {away} Start rebuild_index again to go on."
            ) from away
        took = time.monotonic() - started
        self.stdout.write(f"{engine.name}: {done} cases indexed in {took:.1f} s.")
