"""The folder of style sheets and pictures, fit to be served whatever lies in it."""

import os
import stat
from pathlib import Path

import structlog

log = structlog.get_logger("config.statics")


def drop_odd(folder: Path) -> None:
    """Take away what the web server cannot list: links into nothing, pipes, sockets.

    One of them kept every web process from starting. Whatever cannot be taken away is told in the log.
    """
    for at, folders, files in os.walk(folder):
        for name in (*folders, *files):
            path = Path(at, name)
            try:
                kind = path.stat().st_mode
            except OSError:
                kind = 0
            if stat.S_ISREG(kind) or stat.S_ISDIR(kind):
                continue
            try:
                path.unlink()
            except OSError as error:
                why = error.strerror
                log.warning("odd entry stays in the static folder", path=str(path), why=why)
            else:
                log.warning("odd entry taken out of the static folder", path=str(path))
