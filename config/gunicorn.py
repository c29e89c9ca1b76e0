"""Web server: two processes of four threads, enough for one office on two cores.

``WEB_WORKERS`` and ``WEB_THREADS`` change that on larger machines.
"""

import os

bind = f"{os.environ.get('HOST') or '127.0.0.1'}:{os.environ.get('PORT') or '8000'}"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
worker_class = "gthread"
timeout = 60
graceful_timeout = 10
keepalive = 5
accesslog = None  # addresses may carry what a citizen typed
loglevel = "warning"
proc_name = "hotline-web"
umask = 0o077  # as the settings have it: what is written is the office's alone
