"""Two handlers in one process: the product with everything on, and floors with no middleware at all."""

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

django.setup()
product = WSGIHandler()
usual = settings.MIDDLEWARE
settings.MIDDLEWARE = []
floor = WSGIHandler()
settings.MIDDLEWARE = usual


def application(environ, start_response):
    handler = floor if environ["PATH_INFO"].startswith("/floor/") else product
    return handler(environ, start_response)
