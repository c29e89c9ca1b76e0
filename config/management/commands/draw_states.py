"""Draw the state graphs of the documentation from the code."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand

from config.env import ROOT
from config.machines import MACHINES, arrows, drawing
from config.rooms import map_with_drawing


class Command(BaseCommand):
    help = (
        "Draw every state machine and room, from the code, into docs/lifecycle.md and docs/map.md."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--to",
            type=Path,
            default=ROOT / "docs" / "lifecycle.md",
            help="file to write instead of docs/lifecycle.md",
        )

    def handle(self, *, to: Path, **_options: object) -> None:
        to.write_text(drawing(), encoding="utf-8")
        count = sum(len(arrows(model)) for model in MACHINES)
        plan = ROOT / "docs" / "map.md"
        plan.write_text(map_with_drawing(plan.read_text("utf-8")), encoding="utf-8")
        self.stdout.write(f"{to}: {len(MACHINES)} machines, {count} arrows")
