"""Compare the search indexes with the cases and the published texts."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.engines.chosen import engines
from search.engines.port import Drift, Engine, EngineAway
from search.indexing.drift import repair as put_right
from search.public.drift import PublicDrift, public_drift, repair_public


class Command(BaseCommand):
    help = (
        "Compare each search index with the cases (the public one with what is published) "
        "and say which are missing, stale or left over. "
        "With --repair they are put right. Ends with an error when something is wrong and stays so."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--repair", action="store_true", help="index again what is wrong")

    def handle(self, *_args: object, repair: bool, **_options: object) -> None:
        wrong = [said for one in engines() if (said := self._check(one, repair=repair))]
        wrong += filter(None, [self._check_public(repair=repair)])
        if wrong:
            raise CommandError(" ".join(wrong))

    def _check(self, engine: Engine, *, repair: bool) -> str:
        """Return what stays wrong with the index of one engine."""
        try:
            found = engine.drift()
            if not found:
                self.stdout.write(f"{engine.name}: index and cases agree: {_said(found)}.")
                return ""
            if not repair:
                return f"{engine.name}: the index has drifted: {_said(found)}. Run check_index --repair."
            for _ in put_right(engine, found):
                pass
            if engine.drift():
                return (
                    f"{engine.name}: repaired ({_said(found)}), yet some entries are wrong again."
                )
        except EngineAway as away:
            return f"{engine.name}: {away}"
        self.stdout.write(f"{engine.name}: the index was repaired: {_said(found)}.")
        return ""

    def _check_public(self, *, repair: bool) -> str:
        """Return what stays wrong with the index of published texts."""
        found = public_drift()
        if found and not repair:
            return f"public: the index has drifted: {_said(found)}. Run check_index --repair."
        if not found:
            self.stdout.write(f"public: index and published texts agree: {_said(found)}.")
            return ""
        for _ in repair_public(found):
            pass
        if public_drift():
            return f"public: repaired ({_said(found)}), yet some entries are wrong again."
        self.stdout.write(f"public: the index was repaired: {_said(found)}.")
        return ""


def _said(found: Drift | PublicDrift) -> str:
    return f"missing {len(found.missing)}, stale {len(found.stale)}, left over {len(found.ghosts)}"
