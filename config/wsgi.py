"""WSGI entry point."""

import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from config.statics import drop_odd

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
try:
    drop_odd(Path(settings.STATIC_ROOT))  # before the web server lists it
    django = get_wsgi_application()
except (
    SystemExit
) as refused:  # the server would begin this again and again; a fault at boot stops it
    raise RuntimeError(str(refused)) from None

from config.keys import Guarded

application = Guarded(django)
