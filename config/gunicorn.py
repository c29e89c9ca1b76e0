"""Web server: two processes of four threads, enough for one office on two cores.

``WEB_WORKERS`` and ``WEB_THREADS`` change that on larger machines.
"""

import gc
import os
from typing import Protocol

_socket = os.environ.get("HOTLINE_SOCKET")  # held by the supervisor, so that nobody is ever refused
bind = (
    f"fd://{_socket}"
    if _socket
    else f"{os.environ.get('HOST') or '127.0.0.1'}:{os.environ.get('PORT') or '8000'}"
)
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
worker_class = "gthread"
timeout = 60
graceful_timeout = 4  # whoever stops the office waits ten seconds at most
keepalive = 5
preload_app = True  # a process that dies is replaced at once, and memory is shared
accesslog = None  # addresses may carry what a citizen typed
loglevel = "warning"
proc_name = "hotline-web"
umask = 0o077  # as the settings have it: what is written is the office's alone

if os.environ.get("HOTLINE_PARENT"):  # before the application is loaded, which takes seconds
    from config.family.bond import Signs

    Signs().begin()


class Forked(Protocol):
    """A worker of gunicorn, which says nothing of its types."""

    ppid: int


def when_ready(_server: object) -> None:
    """Before the first worker: what is loaded by now is never garbage, and is not searched for it again."""
    gc.collect()
    gc.freeze()


def post_fork(_server: object, worker: Forked) -> None:
    """End with the master: a process left behind would answer beside the next one."""
    from config.family.bond import end_with  # noqa: PLC0415

    end_with(worker.ppid)
