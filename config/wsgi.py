"""WSGI entry point."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
try:
    django = get_wsgi_application()
except (
    SystemExit
) as refused:  # the server would begin this again and again; a fault at boot stops it
    raise RuntimeError(str(refused)) from None

from config.keys import Guarded

application = Guarded(django)
