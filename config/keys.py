"""Refuse to work with keys that are not this database's, whatever is started: run, web, worker, command.

A database that is away hinders no start: whoever could not ask asks again before the first work.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import structlog
from celery.signals import task_prerun, worker_init
from django.core.checks import CheckMessage, Error, register
from django.core.management.base import CommandError
from django.db import Error as DatabaseFault
from django.db import connection
from django.utils import timezone

from cases.integrity.fitting import Misfit, require_fit

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

log = structlog.get_logger("keys")


def require_fitting(*, is_prepared: bool = True) -> None:
    """Raise ``CommandError`` with a sentence unless the keys fit; notes a key that is new.

    Before the tables are those of this version (not ``is_prepared``) only the marks are asked.
    """
    try:
        require_fit(timezone.now(), is_prepared=is_prepared)
    except Misfit as misfit:
        raise CommandError(str(misfit)) from misfit


@register()
def keys_fit(**_kwargs: object) -> list[CheckMessage]:
    """Before every command that checks anything at all."""
    try:
        require_fit(timezone.now())
    except Misfit as misfit:
        return [Error(str(misfit), id="hotline.E001")]
    except DatabaseFault:  # away, or not migrated yet: the command itself meets it
        return []
    return []


class Guarded:
    """The web application behind the question whether the keys fit."""

    def __init__(self, application: "WSGIApplication") -> None:
        self.application = application
        self.fits = is_known_to_fit()
        connection.close()  # the threads that answer have their own

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer, or say that the keys do not fit when the database could be asked only now."""
        if not self.fits:
            try:
                self.fits = is_known_to_fit()
            except CommandError as misfit:
                log.error("keys do not fit", why=str(misfit))  # noqa: TRY400 - the sentence says it all
                start_response(
                    "503 Service Unavailable", [("Content-Type", "text/plain; charset=utf-8")]
                )
                return ["系统密钥与数据库不符，已停止服务，请联系系统管理员。\n".encode()]
        return self.application(environ, start_response)


def is_known_to_fit() -> bool:
    """Whether the keys fit; ``False`` while the database cannot be asked. Raises ``CommandError``."""
    try:
        require_fitting()
    except DatabaseFault:
        return False
    return True


@worker_init.connect
def worker_begins(**_kwargs: object) -> None:
    """Before a worker takes anything. Its children open connections of their own."""
    _refuse_a_misfit()
    connection.close()


@task_prerun.connect
def task_begins(**_kwargs: object) -> None:
    """Before each task, as long as the database was away when the worker asked."""
    if not _worker["fits"]:
        _refuse_a_misfit()


def _refuse_a_misfit() -> None:
    try:
        _worker["fits"] = is_known_to_fit()
    except CommandError as misfit:
        raise SystemExit(str(misfit)) from misfit  # an ordinary exception would only be logged


_worker = {"fits": True}  # a process that is no worker has asked on its own way
