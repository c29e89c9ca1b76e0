"""Everything the office writes to its log, at the most talkative level a person can set."""

import io
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings

from config.logs import logging_settings
from tests.structure.tree import APPS


@contextmanager
def logged() -> Iterator[Callable[[], str]]:
    """Gives what was written so far, shaped as the office writes it at LOG_LEVEL=DEBUG."""
    made = settings.LOGGING["formatters"]["shaped"]
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    handler.setFormatter(made["()"](**{k: v for k, v in made.items() if k != "()"}))
    # Django at DEBUG prints whole pages' contexts: it is held at INFO whatever the level (``config.logs``)
    assert logging_settings("plain", "DEBUG")["loggers"]["django"]["level"] == "INFO"
    loggers = {one: one.level for one in map(logging.getLogger, APPS)}
    for one in loggers:
        one.setLevel(logging.DEBUG)
    logging.getLogger().addHandler(handler)
    try:
        yield text.getvalue
    finally:
        logging.getLogger().removeHandler(handler)
        for one, level in loggers.items():
            one.setLevel(level)
