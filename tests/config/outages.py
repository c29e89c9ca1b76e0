"""Pages that meet real outages: a server that refuses, a disk that is full, a fault that is neither."""

import os
import socket

import psycopg
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import connection
from django.db.utils import OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import handler500  # noqa: F401 - Django looks for it here
from config.urls import urlpatterns as product

FAILS: list[int] = [0]  # how many more times the database is away; each page counts down
ASKED: list[HttpRequest] = []


def refused() -> None:
    """Ask a PostgreSQL that is not there, and fail as Django does."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    try:
        psycopg.connect(f"host=127.0.0.1 port={port} dbname=none user=none")
    except psycopg.OperationalError as error:
        raise OperationalError(str(error)) from error


def write_to_a_full_disk() -> None:
    """Write to Linux's device that is always full."""
    full = os.open("/dev/full", os.O_WRONLY)
    try:
        os.write(full, b"x")
    finally:
        os.close(full)


def away(request: HttpRequest) -> HttpResponse:
    """Look, then meet the outage as often as told."""
    ASKED.append(request)
    request.session["half"] = "done"
    messages.success(request, "办好了")
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    if FAILS[0] > 0:
        FAILS[0] -= 1
        refused()
    said = {name: sent.read().decode() for name, sent in request.FILES.items()}
    return HttpResponse(f"{request.method} {dict(request.POST.lists())} {said}")


def dead(request: HttpRequest) -> HttpResponse:
    """Meet the outage at once, as often as told: nothing is answered before."""
    ASKED.append(request)
    if FAILS[0] > 0:
        FAILS[0] -= 1
        refused()
    return HttpResponse()


def written(request: HttpRequest) -> HttpResponse:
    """Change something, then meet the outage."""
    ASKED.append(request)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_unit SET phone = phone")
    refused()
    return HttpResponse()


def full(request: HttpRequest) -> HttpResponse:
    """Meet a full disk."""
    ASKED.append(request)
    write_to_a_full_disk()
    return HttpResponse()


def mistake(_request: HttpRequest) -> HttpResponse:
    """Ask for a table that is not there: a programmer's mistake, although an OperationalError."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM no_such_table")
    return HttpResponse()


@login_required
def staff(request: HttpRequest) -> HttpResponse:
    """Take a form of somebody who is logged in."""
    return HttpResponse(request.POST["content"])


urlpatterns = [
    path("staff/", staff),
    path("away/", away),
    path("dead/", dead),
    path("written/", written),
    path("full/", full),
    path("mistake/", mistake),
    *product,
]
