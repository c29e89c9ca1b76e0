"""For `manage.py restore` alone: a throw-away folder, so that nothing is made in the place to be filled.

The base settings make keys and folders in DATA_DIR when they are read; keys made anew would be the wrong
ones for what is restored. Where it goes is kept in ``RESTORE_INTO`` and ``RESTORE_DATABASE_URL``.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

ASKED = {name: os.environ.pop(name, "") for name in ("DATA_DIR", "DATABASE_URL")}
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="hotline-restore-")
atexit.register(shutil.rmtree, os.environ["DATA_DIR"], ignore_errors=True)

from config.settings.base import *  # noqa: E402, F403

RESTORE_INTO = Path(ASKED["DATA_DIR"]).resolve() if ASKED["DATA_DIR"] else None
RESTORE_DATABASE_URL = ASKED["DATABASE_URL"]
