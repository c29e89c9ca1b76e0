"""`manage.py work` as a process: it stops in the middle of a long piece, and that is undone."""

import os
import signal
import sqlite3
import subprocess
import sys
import time

import pytest
from django.core.management import CommandError, call_command

from tests.structure.tree import ROOT

LONG = """
import sqlite3, sys, time
import django
django.setup()
from django.db import connection, transaction
from config import ticking
from config.management.commands import work

def piece():
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE half (n)")
        print("in the middle", flush=True)
        while True:
            time.sleep(0.1)

work.begin = lambda lane, stop: None
work.turns = lambda act, queue=None: [ticking.Turn("piece", 1, piece)]
work.Command().handle(lane="long")
"""


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_long_piece_is_broken_off_and_undone(tmp_path, how):
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {
        "DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DEMO": "0",
    }
    running = subprocess.Popen(  # noqa: S603 - our own lines
        [sys.executable, "-c", LONG], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )
    try:
        assert running.stdout.readline() == "in the middle\n"
        begun = time.monotonic()
        running.send_signal(how)
        assert running.wait(30) == 0
        assert time.monotonic() - begun <= 9  # two seconds until it is broken off
    finally:
        running.kill()
        running.wait()
        running.stdout.close()
    line = sqlite3.connect(tmp_path / "hotline.sqlite3")
    assert line.execute("SELECT count(*) FROM sqlite_master WHERE name = 'half'").fetchone() == (0,)
    line.close()


@pytest.mark.parametrize(("is_inside", "lane"), [(True, "send"), (False, "quick"), (False, "long")])
def test_the_wrong_work_for_this_office_is_refused_with_the_right_one(settings, is_inside, lane):
    settings.BROKER_IS_INSIDE = is_inside
    with pytest.raises(CommandError, match="BROKER_URL"):
        call_command("work", lane)
